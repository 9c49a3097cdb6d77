/**
 * Dependences: for each voxel of a run, how many of the voxels one step away depend on it. Several voxels
 * are looked at together; what lies outside of the region has level 0.
 */

/** Comparisons that may be added up before a lane of 8 bits could overflow. */
const AT_ONCE: i32 = 127;

function dependent<T>(level: v128, other: v128, tolerance: v128): v128 {
  const difference = v128.sub<T>(v128.max<T>(level, other), v128.min<T>(level, other));
  return v128.and(v128.le<T>(difference, tolerance), v128.ne<T>(other, v128.splat<T>(<T>0)));
}

/** Add the lanes of a count to the 16-bit counts of as many voxels. */
function addCounts<T>(counts: usize, lanes: v128): void {
  if (sizeof<T>() == 1) {
    v128.store(counts, i16x8.add(v128.load(counts), i16x8.extend_low_i8x16_u(lanes)));
    v128.store(counts, i16x8.add(v128.load(counts, 16), i16x8.extend_high_i8x16_u(lanes)), 16);
  } else if (sizeof<T>() == 2) {
    v128.store(counts, i16x8.add(v128.load(counts), lanes));
  } else {
    const narrow = i16x8.narrow_i32x4_u(lanes, lanes);
    v128.store64_lane(counts, i16x8.add(v128.load64_zero(counts), narrow), 0);
  }
}

function countOfRun<T>(
  first: usize,
  length: i32,
  steps: usize,
  directions: i32,
  tolerance: u32,
  counts: usize,
): void {
  const lanes: i32 = 16 / sizeof<T>();
  const within = v128.splat<T>(<T>tolerance);
  memory.fill(counts, 0, (length + 16) << 1);
  for (let from = 0; from < directions; from += AT_ONCE) {
    const to = min(directions, from + AT_ONCE);
    for (let i = 0; i < length; i += lanes) {
      const at = first + <usize>i * sizeof<T>();
      const level = v128.load(at);
      let count = v128.splat<T>(<T>0);
      for (let d = from; d < to; d++) {
        const step = <isize>load<i32>(steps + ((<usize>d) << 2)) * <isize>sizeof<T>();
        const ahead = v128.load(at + step);
        const behind = v128.load(at - step);
        // A true comparison is −1.
        if (tolerance == 0) {
          count = v128.sub<T>(count, v128.eq<T>(level, ahead));
          count = v128.sub<T>(count, v128.eq<T>(level, behind));
        } else {
          count = v128.sub<T>(count, dependent<T>(level, ahead, within));
          count = v128.sub<T>(count, dependent<T>(level, behind, within));
        }
      }
      addCounts<T>(counts + ((<usize>i) << 1), count);
    }
  }
}

function tallyRun<T>(ranks: usize, length: i32, counts: usize, width: u32, table: usize): void {
  for (let i = 0; i < length; i++) {
    const rank = <usize>load<T>(ranks + <usize>i * sizeof<T>());
    const cell = table + (((rank - 1) * width + <usize>load<u16>(counts + ((<usize>i) << 1))) << 2);
    store<u32>(cell, load<u32>(cell) + 1);
  }
}

/**
 * Count voxels by rank and dependent neighbours.
 *
 * @param levels compared with each other; bytes of each 1, 2 or 4
 * @param ranks rows of the table; the levels themselves or as many other elements
 * @param runs pairs of indices, first and next after the last
 * @param steps one i32 a direction; the opposite step is taken too
 * @param counts scratch for 16 bits for each voxel of the longest run and 16 more
 * @param width cells of a row: one more than the neighbours
 * @param table 32 bits a cell, zero
 */
export function countDependences(
  levels: usize,
  levelBytes: i32,
  ranks: usize,
  rankBytes: i32,
  runs: usize,
  runsEnd: usize,
  steps: usize,
  directions: i32,
  tolerance: u32,
  counts: usize,
  width: u32,
  table: usize,
): void {
  for (let run = runs; run < runsEnd; run += 8) {
    const start = load<u32>(run);
    const length = <i32>(load<u32>(run, 4) - start);
    const first = levels + <usize>start * levelBytes;
    if (levelBytes == 1) countOfRun<u8>(first, length, steps, directions, tolerance, counts);
    else if (levelBytes == 2) countOfRun<u16>(first, length, steps, directions, tolerance, counts);
    else countOfRun<u32>(first, length, steps, directions, tolerance, counts);
    const rank = ranks + <usize>start * rankBytes;
    if (rankBytes == 1) tallyRun<u8>(rank, length, counts, width, table);
    else if (rankBytes == 2) tallyRun<u16>(rank, length, counts, width, table);
    else tallyRun<u32>(rank, length, counts, width, table);
  }
}
