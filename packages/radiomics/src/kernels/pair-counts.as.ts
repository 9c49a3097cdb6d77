import { CHUNK, countIndices, INDICES, storeIndices } from './counters.as';

/**
 * Pairs of ranks, one direction after the other along each run of voxels, so that the counters of a
 * direction stay in the cache. Row and column 0 of a table take the pairs that leave the region, so that
 * the loop has no branch.
 */
function countPairs<T>(
  ranks: usize,
  runs: usize,
  runsEnd: usize,
  steps: usize,
  directions: i32,
  width: u32,
  tables: usize,
): void {
  const tableSize = (<usize>width * width) << 2;
  for (let run = runs; run < runsEnd; run += 8) {
    const start = ranks + <usize>load<u32>(run) * sizeof<T>();
    const end = ranks + <usize>load<u32>(run, 4) * sizeof<T>();
    let table = tables;
    for (let d = 0; d < directions; d++) {
      const step = <isize>load<i32>(steps + ((<usize>d) << 2)) * <isize>sizeof<T>();
      for (let p = start; p < end; p += sizeof<T>()) {
        const cell = table + ((<usize>load<T>(p) * width + <usize>load<T>(p + step)) << 2);
        store<u32>(cell, load<u32>(cell) + 1);
      }
      table += tableSize;
    }
  }
}

/**
 * Ranks of 8 bits: a table then has at most 2¹⁶ cells.
 *
 * @param runs pairs of indices, first and next after the last
 * @param steps one i32 a direction
 */
export function countPairs8(
  ranks: usize,
  runs: usize,
  runsEnd: usize,
  steps: usize,
  directions: i32,
  width: u32,
  tables: usize,
): void {
  const tableSize = (<usize>width * width) << 2;
  const rowLength = i16x8.splat(<i16>width);
  for (let run = runs; run < runsEnd; run += 8) {
    const end = ranks + <usize>load<u32>(run, 4);
    for (let from = ranks + <usize>load<u32>(run); from < end; from += CHUNK) {
      const count = min<usize>(CHUNK, end - from);
      let table = tables;
      for (let d = 0; d < directions; d++) {
        const step = <isize>load<i32>(steps + ((<usize>d) << 2));
        for (let i: usize = 0; i < count; i += 16) {
          const at = from + i;
          storeIndices(INDICES + (i << 1), v128.load(at), v128.load(at + step), rowLength);
        }
        countIndices(count, table);
        table += tableSize;
      }
    }
  }
}

export function countPairs16(
  ranks: usize,
  runs: usize,
  runsEnd: usize,
  steps: usize,
  directions: i32,
  width: u32,
  tables: usize,
): void {
  countPairs<u16>(ranks, runs, runsEnd, steps, directions, width, tables);
}
