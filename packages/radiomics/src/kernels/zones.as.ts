/**
 * Zones of equal rank by union–find in one pass. The neighbours already seen that are equal to a voxel
 * are found for several voxels together; of them, only one of each group that is connected without the
 * voxel itself has to be joined.
 */

/** Voxels for which equal neighbours are found at once. */
const BLOCK: usize = 16;

/** For the voxels of a block one set of 16 bits each: which of the neighbours behind are equal. */
const EQUAL = memory.data(32, 16);

function equalBehind<T>(at: usize, level: v128, steps: usize, from: i32, to: i32): v128 {
  let set = v128.splat<T>(<T>0);
  let bit: T = <T>1;
  for (let d = from; d < to; d++) {
    const step = <isize>load<i32>(steps + ((<usize>d) << 2)) * <isize>sizeof<T>();
    const equal = v128.eq<T>(level, v128.load(at - step));
    set = v128.or(set, v128.and(equal, v128.splat<T>(bit)));
    bit = <T>(bit << 1);
  }
  return set;
}

function findEqual<T>(first: usize, count: usize, steps: usize, directions: i32): void {
  if (sizeof<T>() == 1) {
    const level = v128.load(first);
    const low = equalBehind<u8>(first, level, steps, 0, min(8, directions));
    const high = equalBehind<u8>(first, level, steps, 8, directions);
    // prettier-ignore
    v128.store(EQUAL, i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    // prettier-ignore
    v128.store(EQUAL, i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
  } else if (sizeof<T>() == 2) {
    for (let i: usize = 0; i < count; i += 8) {
      const at = first + (i << 1);
      v128.store(EQUAL + (i << 1), equalBehind<u16>(at, v128.load(at), steps, 0, directions));
    }
  } else {
    for (let i: usize = 0; i < count; i += 4) {
      const at = first + (i << 2);
      const set = equalBehind<u32>(at, v128.load(at), steps, 0, directions);
      v128.store64_lane(EQUAL + (i << 1), i16x8.narrow_i32x4_u(set, set), 0);
    }
  }
}

/** The voxel that stands for the zone of a voxel: the first one of it, which is its own parent. */
function rootOf(parents: usize, voxel: u32): u32 {
  let at = parents + ((<usize>voxel) << 2);
  let above = load<u32>(at);
  let further = load<u32>(parents + ((<usize>above) << 2));
  while (further != above) {
    // Halve the way for those who come later.
    store<u32>(at, further);
    at = parents + ((<usize>above) << 2);
    above = further;
    further = load<u32>(parents + ((<usize>above) << 2));
  }
  return above;
}

/** Join each voxel with its equal neighbours: afterwards no voxel's parent comes later than itself. */
function joinZones(
  ranks: usize,
  rankBytes: i32,
  runs: usize,
  runsEnd: usize,
  steps: usize,
  directions: i32,
  table: usize,
  parents: usize,
): void {
  for (let run = runs; run < runsEnd; run += 8) {
    const end = load<u32>(run, 4);
    for (let start = load<u32>(run); start < end; start += <u32>BLOCK) {
      const count = min(BLOCK, <usize>(end - start));
      const first = ranks + <usize>start * rankBytes;
      if (rankBytes == 1) findEqual<u8>(first, count, steps, directions);
      else if (rankBytes == 2) findEqual<u16>(first, count, steps, directions);
      else findEqual<u32>(first, count, steps, directions);
      for (let i: usize = 0; i < count; i++) {
        const voxel = start + <u32>i;
        const at = parents + ((<usize>voxel) << 2);
        // Without an equal neighbour the table gives the step 0: the voxel itself. So nothing branches here.
        store<u32>(at, voxel);
        let pending = <u32>load<u16>(table + ((<usize>load<u16>(EQUAL + (i << 1))) << 1));
        let root = rootOf(parents, voxel - load<u32>(steps + ((<usize>ctz(pending)) << 2)));
        for (pending &= pending - 1; pending != 0; pending &= pending - 1) {
          const other = rootOf(parents, voxel - load<u32>(steps + ((<usize>ctz(pending)) << 2)));
          const lower = min(root, other);
          store<u32>(parents + ((<usize>max(root, other)) << 2), lower);
          root = lower;
        }
        store<u32>(at, root);
      }
    }
  }
}

/**
 * Find the zones.
 *
 * @param ranks bytes of each 1, 2 or 4
 * @param runs pairs of indices, first and next after the last
 * @param steps one i32 a direction, at most 13, towards voxels that come later; then one that is 0
 * @param table for each set of equal voxels behind 16 bits: one member of each connected group; of the
 * empty set, the step 0
 * @param labels 32 bits a voxel of the box: the number of its zone is written, counted from 0 in the order
 * of the first voxels
 * @param zones for each zone its rank and its size are written, 32 bits each
 * @returns the number of zones
 */
export function findZones(
  ranks: usize,
  rankBytes: i32,
  runs: usize,
  runsEnd: usize,
  steps: usize,
  directions: i32,
  table: usize,
  labels: usize,
  zones: usize,
): u32 {
  joinZones(ranks, rankBytes, runs, runsEnd, steps, directions, table, labels);
  let count: u32 = 0;
  for (let run = runs; run < runsEnd; run += 8) {
    const end = load<u32>(run, 4);
    for (let voxel = load<u32>(run); voxel < end; voxel++) {
      const at = labels + ((<usize>voxel) << 2);
      const parent = load<u32>(at);
      const isFirst = parent == voxel;
      // The parent, if another, is numbered already.
      const label = select<u32>(count, load<u32>(labels + ((<usize>parent) << 2)), isFirst);
      count += <u32>isFirst;
      store<u32>(at, label);
      const zone = zones + ((<usize>label) << 3);
      store<u32>(zone, rankAt(ranks, rankBytes, voxel));
      store<u32>(zone, select<u32>(0, load<u32>(zone, 4), isFirst) + 1, 4);
    }
  }
  return count;
}

function rankAt(ranks: usize, rankBytes: i32, index: usize): u32 {
  if (rankBytes == 1) return load<u8>(ranks + index);
  if (rankBytes == 2) return load<u16>(ranks + (index << 1));
  return load<u32>(ranks + (index << 2));
}

/**
 * Count the zones by rank and size. Those larger than the table are moved to the front of the list.
 *
 * @param zones rank and size of each
 * @param width sizes of the table
 * @param table 32 bits a cell `(rank − 1)·width + size − 1`, zero
 * @returns the number of zones left in the list
 */
export function countZones(zones: usize, count: u32, width: u32, table: usize): u32 {
  let left = zones;
  const end = zones + ((<usize>count) << 3);
  for (let zone = zones; zone < end; zone += 8) {
    const rank = load<u32>(zone);
    const size = load<u32>(zone, 4);
    if (size <= width) {
      const cell = table + ((<usize>((rank - 1) * width + size - 1)) << 2);
      store<u32>(cell, load<u32>(cell) + 1);
    } else {
      store<u32>(left, rank);
      store<u32>(left, size, 4);
      left += 8;
    }
  }
  return <u32>((left - zones) >> 3);
}
