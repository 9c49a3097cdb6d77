/**
 * Runs of equal rank. The voxel that is the l-th of its run adds one to the count of l: a count then is the
 * number of runs of at least that length, and the difference of two the number of exactly that length.
 */

import { CHUNK, countIndicesInTurn, INDICES, storeIndices } from './counters.as';

/** Ranks of a block of voxels in lanes as wide as a position. */
// prettier-ignore
function ranksAt<T, P>(at: usize): v128 {
  if (sizeof<T>() == sizeof<P>()) return v128.load(at);
  if (sizeof<P>() == 2) return v128.load_ext<u8>(at);
  if (sizeof<T>() == 2) return v128.load_ext<u16>(at);
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}

/** Position of each voxel of a stretch in its run, from 0, where the step behind is not one along x. */
function findPositions<T, P>(
  ranks: usize,
  count: usize,
  back: usize,
  before: usize,
  positions: usize,
): void {
  const lanes = 16 / sizeof<P>();
  const one = v128.splat<P>(<P>1);
  for (let i: usize = 0; i < count; i += lanes) {
    const at = ranks + i * sizeof<T>();
    const equal = v128.eq<P>(ranksAt<T, P>(at), ranksAt<T, P>(at - back));
    const next = v128.add<P>(v128.load(before + i * sizeof<P>()), one);
    v128.store(positions + i * sizeof<P>(), v128.and(next, equal));
  }
}

/** The same where it is. */
function findPositionsAlongX<T, P>(ranks: usize, count: usize, positions: usize): void {
  let last = load<T>(ranks - sizeof<T>());
  let position: u32 = 0;
  for (let i: usize = 0; i < count; i++) {
    const rank = load<T>(ranks + i * sizeof<T>());
    position = rank === last ? position + 1 : 0;
    last = rank;
    store<P>(positions + i * sizeof<P>(), <P>position);
  }
}

function addPositions<T, P>(
  ranks: usize,
  positions: usize,
  count: usize,
  n: usize,
  counts: usize,
  others: usize,
): void {
  // Two tables in turn: neighbours often share a count, and would have to wait for each other.
  let i: usize = 0;
  for (; i + 1 < count; i += 2) {
    const a = <usize>load<T>(ranks + i * sizeof<T>());
    const b = <usize>load<T>(ranks + (i + 1) * sizeof<T>());
    const first = counts + ((<usize>load<P>(positions + i * sizeof<P>()) * n + a) << 2);
    const second = others + ((<usize>load<P>(positions + (i + 1) * sizeof<P>()) * n + b) << 2);
    store<u32>(first, load<u32>(first) + 1);
    store<u32>(second, load<u32>(second) + 1);
  }
  if (i === count) return;
  const rank = <usize>load<T>(ranks + i * sizeof<T>());
  const cell = counts + ((<usize>load<P>(positions + i * sizeof<P>()) * n + rank) << 2);
  store<u32>(cell, load<u32>(cell) + 1);
}

/** The same of ranks and positions of 8 bits, whose cells have indices of 16. */
function addPositions8(
  ranks: usize,
  positions: usize,
  count: usize,
  n: usize,
  counts: usize,
  others: usize,
): void {
  const rowLength = i16x8.splat(<i16>n);
  for (let from: usize = 0; from < count; from += CHUNK) {
    const chunk = min<usize>(CHUNK, count - from);
    for (let i: usize = 0; i < chunk; i += 16) {
      const place = INDICES + (i << 1);
      const at = from + i;
      storeIndices(place, v128.load(positions + at), v128.load(ranks + at), rowLength);
    }
    countIndicesInTurn(chunk, counts, others);
  }
}

function countRunsOf<T, P>(
  ranks: usize,
  runs: usize,
  runsEnd: usize,
  steps: usize,
  directions: i32,
  rowStep: u32,
  sliceStep: u32,
  n: usize,
  lengths: usize,
  positions: usize,
  tables: usize,
): void {
  // A block may reach beyond its slice, and must not touch the other one.
  const slice = <usize>sliceStep * sizeof<P>() + 64;
  const tableBytes = (n * lengths) << 2;
  for (let run = runs; run < runsEnd; run += 8) {
    const start = load<u32>(run);
    const count = <usize>(load<u32>(run, 4) - start);
    const at = ranks + <usize>start * sizeof<T>();
    const z = start / sliceStep;
    let ring = positions;
    // The counts of rank 1 come first.
    let counts = tables - 4;
    for (let d = 0; d < directions; d++) {
      const step = load<u32>(steps + ((<usize>d) << 2));
      const here = ring + (z & 1 ? slice : 0) + <usize>(start - z * sliceStep) * sizeof<P>();
      if (step === 1) {
        findPositionsAlongX<T, P>(at, count, here);
      } else {
        // Steps reach no further than the slice before.
        const behind = start - step;
        const slices = step > rowStep + 1 ? z - 1 : z;
        const before =
          ring + (slices & 1 ? slice : 0) + <usize>(behind - slices * sliceStep) * sizeof<P>();
        findPositions<T, P>(at, count, <usize>step * sizeof<T>(), before, here);
      }
      if (sizeof<P>() === 1) addPositions8(at, here, count, n, counts, counts + tableBytes);
      else addPositions<T, P>(at, here, count, n, counts, counts + tableBytes);
      ring += 2 * slice;
      counts += 2 * tableBytes;
    }
  }
}

/**
 * Count the runs by length and rank along several directions.
 *
 * @param rankBytes 1, 2 or 4
 * @param steps one i32 a direction, from −1 to 1 along each axis, towards voxels that come later
 * @param lengths longest possible run
 * @param positionBytes 1, 2 or 4: no less than a rank's, and so that `lengths − 1` fits
 * @param positions room for `2·(sliceStep·positionBytes + 64)` bytes a direction
 * @param tables two tables of 32 bits a cell for each direction, zero; cell `(length − 1)·n + rank − 1`. The
 * first is the result, the second is used up
 * @returns the set of directions in which some run is longer than one voxel, a bit each
 */
export function countRuns(
  ranks: usize,
  rankBytes: i32,
  runs: usize,
  runsEnd: usize,
  steps: usize,
  directions: i32,
  rowStep: u32,
  sliceStep: u32,
  n: usize,
  lengths: usize,
  positionBytes: i32,
  positions: usize,
  tables: usize,
): u32 {
  // prettier-ignore
  {
    if (positionBytes === 1) countRunsOf<u8, u8>(ranks, runs, runsEnd, steps, directions, rowStep, sliceStep, n, lengths, positions, tables);
    else if (positionBytes === 2 && rankBytes === 1) countRunsOf<u8, u16>(ranks, runs, runsEnd, steps, directions, rowStep, sliceStep, n, lengths, positions, tables);
    else if (positionBytes === 2) countRunsOf<u16, u16>(ranks, runs, runsEnd, steps, directions, rowStep, sliceStep, n, lengths, positions, tables);
    else if (rankBytes === 1) countRunsOf<u8, u32>(ranks, runs, runsEnd, steps, directions, rowStep, sliceStep, n, lengths, positions, tables);
    else if (rankBytes === 2) countRunsOf<u16, u32>(ranks, runs, runsEnd, steps, directions, rowStep, sliceStep, n, lengths, positions, tables);
    else countRunsOf<u32, u32>(ranks, runs, runsEnd, steps, directions, rowStep, sliceStep, n, lengths, positions, tables);
  }
  let longer: u32 = 0;
  const tableBytes = (n * lengths) << 2;
  for (let d = 0; d < directions; d++) {
    const table = tables + 2 * <usize>d * tableBytes;
    longer |= (<u32>runsOfPositions(table, n << 2, tableBytes)) << d;
  }
  return longer;
}

/** Turn the two tables of counts by position into one of runs by length. @returns whether some is longer than 1 */
function runsOfPositions(table: usize, row: usize, bytes: usize): bool {
  for (let cell = table; cell < table + bytes; cell += 4) {
    store<u32>(cell, load<u32>(cell) + load<u32>(cell + bytes));
  }
  let longer: u32 = 0;
  for (let cell = table; cell + row < table + bytes; cell += 4) {
    const further = load<u32>(cell + row);
    store<u32>(cell, load<u32>(cell) - further);
    longer |= further;
  }
  return longer !== 0;
}

/**
 * Runs along one direction where there are more levels than a table of all lengths has room for.
 *
 * @param positions room for `paddedLength` u32
 * @param width lengths that are counted in the table
 * @param table 32 bits a cell, zero; cell `(length − 1)·n + rank − 1`
 * @param large two 32-bit numbers a longer run are written: rank and length
 * @returns the number of runs listed
 */
export function listRuns(
  ranks: usize,
  rankBytes: i32,
  runs: usize,
  runsEnd: usize,
  step: i32,
  n: usize,
  width: u32,
  positions: usize,
  table: usize,
  large: usize,
): u32 {
  let listed: u32 = 0;
  for (let run = runs; run < runsEnd; run += 8) {
    const end = load<u32>(run, 4);
    for (let p = load<u32>(run); p < end; p++) {
      const rank = rankAt(ranks, rankBytes, p);
      const at = positions + ((<usize>p) << 2);
      const goesOn = rankAt(ranks, rankBytes, p - step) === rank;
      const length = goesOn ? load<u32>(at - ((<usize>step) << 2)) + 1 : 1;
      store<u32>(at, length);
      if (rankAt(ranks, rankBytes, p + step) === rank) continue;
      if (length <= width) {
        const cell = table + ((<usize>(length - 1) * n + <usize>rank - 1) << 2);
        store<u32>(cell, load<u32>(cell) + 1);
      } else {
        store<u32>(large + ((<usize>listed) << 3), rank);
        store<u32>(large + ((<usize>listed) << 3), length, 4);
        listed++;
      }
    }
  }
  return listed;
}

function rankAt(ranks: usize, bytes: i32, index: u32): u32 {
  if (bytes === 1) return load<u8>(ranks + <usize>index);
  if (bytes === 2) return load<u16>(ranks + ((<usize>index) << 1));
  return load<u32>(ranks + ((<usize>index) << 2));
}
