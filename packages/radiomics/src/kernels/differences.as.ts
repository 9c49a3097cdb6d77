/**
 * Neighbouring gray-tone differences: for each voxel the number n of the voxels of the region one step
 * away and |n·level − sum of their levels|, added up by the voxel's rank and n. All of it is integers, so
 * that no order of the voxels changes the sums.
 */

/** Neighbours up to which 255 times their number stays below 2¹⁶, and their number below 2⁸. */
const MOST_NARROW: i32 = 254;

function absoluteDifference<T>(a: v128, b: v128): v128 {
  return v128.sub<T>(v128.max<T>(a, b), v128.min<T>(a, b));
}

/** 16 voxels at a time; differences are written as 16 bits, numbers of neighbours as 8 bits. */
function differencesOf8(
  first: usize,
  length: i32,
  steps: usize,
  directions: i32,
  differences: usize,
  around: usize,
): void {
  const zero = i8x16.splat(0);
  for (let i: usize = 0; i < <usize>length; i += 16) {
    const at = first + i;
    let low = zero;
    let high = zero;
    let outside = zero;
    for (let d = 0; d < directions; d++) {
      const step = <isize>load<i32>(steps + ((<usize>d) << 2));
      const ahead = v128.load(at + step);
      const behind = v128.load(at - step);
      low = i16x8.add(low, i16x8.extend_low_i8x16_u(ahead));
      high = i16x8.add(high, i16x8.extend_high_i8x16_u(ahead));
      low = i16x8.add(low, i16x8.extend_low_i8x16_u(behind));
      high = i16x8.add(high, i16x8.extend_high_i8x16_u(behind));
      // A true comparison is −1.
      outside = i8x16.add(outside, i8x16.eq(ahead, zero));
      outside = i8x16.add(outside, i8x16.eq(behind, zero));
    }
    const neighbours = i8x16.add(i8x16.splat(<i8>(2 * directions)), outside);
    const level = v128.load(at);
    const lowTotal = i16x8.extmul_low_i8x16_u(neighbours, level);
    const highTotal = i16x8.extmul_high_i8x16_u(neighbours, level);
    v128.store(differences + (i << 1), absoluteDifference<u16>(lowTotal, low));
    v128.store(differences + (i << 1), absoluteDifference<u16>(highTotal, high), 16);
    v128.store(around + i, neighbours);
  }
}

/** 8 voxels at a time; differences are written as 32 bits, numbers of neighbours as 16 bits. */
function differencesOf16(
  first: usize,
  length: i32,
  steps: usize,
  directions: i32,
  differences: usize,
  around: usize,
): void {
  const zero = i16x8.splat(0);
  for (let i: usize = 0; i < <usize>length; i += 8) {
    const at = first + (i << 1);
    let low = zero;
    let high = zero;
    let outside = zero;
    for (let d = 0; d < directions; d++) {
      const step = (<isize>load<i32>(steps + ((<usize>d) << 2))) << 1;
      const ahead = v128.load(at + step);
      const behind = v128.load(at - step);
      low = i32x4.add(low, i32x4.extend_low_i16x8_u(ahead));
      high = i32x4.add(high, i32x4.extend_high_i16x8_u(ahead));
      low = i32x4.add(low, i32x4.extend_low_i16x8_u(behind));
      high = i32x4.add(high, i32x4.extend_high_i16x8_u(behind));
      outside = i16x8.add(outside, i16x8.eq(ahead, zero));
      outside = i16x8.add(outside, i16x8.eq(behind, zero));
    }
    const neighbours = i16x8.add(i16x8.splat(<i16>(2 * directions)), outside);
    const level = v128.load(at);
    const lowTotal = i32x4.extmul_low_i16x8_u(neighbours, level);
    const highTotal = i32x4.extmul_high_i16x8_u(neighbours, level);
    v128.store(differences + (i << 2), absoluteDifference<u32>(lowTotal, low));
    v128.store(differences + (i << 2), absoluteDifference<u32>(highTotal, high), 16);
    v128.store(around + (i << 1), neighbours);
  }
}

function addTo(table: usize, row: usize, width: u32, around: usize, difference: u64): void {
  const cell = table + ((row * width + around) << 3);
  store<u64>(cell, load<u64>(cell) + difference);
}

function rankAt(ranks: usize, rankBytes: i32, index: usize): usize {
  if (rankBytes == 1) return <usize>load<u8>(ranks + index);
  if (rankBytes == 2) return <usize>load<u16>(ranks + (index << 1));
  return <usize>load<u32>(ranks + (index << 2));
}

/** Voxel by voxel: for levels of 32 bits, or so many neighbours that narrow sums could overflow. */
function addWide<T>(
  levels: usize,
  ranks: usize,
  rankBytes: i32,
  start: u32,
  end: u32,
  steps: usize,
  directions: i32,
  width: u32,
  table: usize,
): void {
  for (let p: usize = start; p < <usize>end; p++) {
    const at = levels + p * sizeof<T>();
    let sum: u64 = 0;
    let around: usize = 0;
    for (let d = 0; d < directions; d++) {
      const step = <isize>load<i32>(steps + ((<usize>d) << 2)) * <isize>sizeof<T>();
      const ahead = <u64>load<T>(at + step);
      const behind = <u64>load<T>(at - step);
      sum += ahead + behind;
      around += <usize>(ahead != 0) + <usize>(behind != 0);
    }
    const total = <u64>around * <u64>load<T>(at);
    const difference = total > sum ? total - sum : sum - total;
    addTo(table, rankAt(ranks, rankBytes, p) - 1, width, around, difference);
  }
}

/**
 * Add up differences by rank and number of neighbours.
 *
 * @param levels bytes of each 1, 2 or 4
 * @param ranks rows of the table; the levels themselves or as many other elements
 * @param runs pairs of indices, first and next after the last
 * @param steps one i32 a direction; the opposite step is taken too
 * @param scratch 64 bits for each voxel of the longest run and 16 more
 * @param width cells of a row: one more than the neighbours
 * @param table 64 bits a cell, zero
 */
export function addDifferences(
  levels: usize,
  levelBytes: i32,
  ranks: usize,
  rankBytes: i32,
  runs: usize,
  runsEnd: usize,
  steps: usize,
  directions: i32,
  scratch: usize,
  width: u32,
  table: usize,
): void {
  const narrow = levelBytes == 1 && 2 * directions <= MOST_NARROW;
  for (let run = runs; run < runsEnd; run += 8) {
    const start = load<u32>(run);
    const end = load<u32>(run, 4);
    const length = <i32>(end - start);
    const around = scratch + ((<usize>(length + 16)) << 2);
    if (narrow) {
      differencesOf8(levels + start, length, steps, directions, scratch, around);
      for (let i: usize = 0; i < <usize>length; i++) {
        const row = <usize>load<u8>(ranks + start + i) - 1;
        addTo(table, row, width, load<u8>(around + i), load<u16>(scratch + (i << 1)));
      }
    } else if (levelBytes == 2) {
      const first = levels + ((<usize>start) << 1);
      differencesOf16(first, length, steps, directions, scratch, around);
      for (let i: usize = 0; i < <usize>length; i++) {
        const row = rankAt(ranks, rankBytes, <usize>start + i) - 1;
        addTo(table, row, width, load<u16>(around + (i << 1)), load<u32>(scratch + (i << 2)));
      }
    } else if (levelBytes == 1) {
      addWide<u8>(levels, ranks, rankBytes, start, end, steps, directions, width, table);
    } else {
      addWide<u32>(levels, ranks, rankBytes, start, end, steps, directions, width, table);
    }
  }
}
