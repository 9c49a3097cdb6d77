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

/** The voxel that stands for the zone of a voxel. */
function rootOf(parents: usize, voxel: i32): i32 {
  let at = parents + ((<usize>voxel) << 2);
  let above = load<i32>(at);
  while (above >= 0) {
    const next = parents + ((<usize>above) << 2);
    const further = load<i32>(next);
    // Halve the way for those who come later.
    if (further >= 0) store<i32>(at, further);
    voxel = above;
    at = next;
    above = further;
  }
  return voxel;
}

/**
 * Find the zones.
 *
 * @param ranks bytes of each 1, 2 or 4
 * @param runs pairs of indices, first and next after the last
 * @param steps one i32 a direction, at most 16; towards voxels that come later
 * @param table for each set of equal voxels behind, 16 bits: one member of each connected group
 * @param parents 32 bits a voxel of the box: the index of another voxel of its zone, or −(voxels of the
 * zone) for the first of them
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
  parents: usize,
): i32 {
  let zones = 0;
  for (let run = runs; run < runsEnd; run += 8) {
    const end = load<u32>(run, 4);
    for (let start = load<u32>(run); start < end; start += <u32>BLOCK) {
      const count = min(BLOCK, <usize>(end - start));
      const first = ranks + <usize>start * rankBytes;
      if (rankBytes == 1) findEqual<u8>(first, count, steps, directions);
      else if (rankBytes == 2) findEqual<u16>(first, count, steps, directions);
      else findEqual<u32>(first, count, steps, directions);
      for (let i: usize = 0; i < count; i++) {
        const voxel = <i32>start + <i32>i;
        const at = parents + ((<usize>voxel) << 2);
        let pending = <u32>load<u16>(table + ((<usize>load<u16>(EQUAL + (i << 1))) << 1));
        if (pending == 0) {
          store<i32>(at, -1);
          zones++;
          continue;
        }
        let root = rootOf(parents, voxel - load<i32>(steps + ((<usize>ctz(pending)) << 2)));
        let size = load<i32>(parents + ((<usize>root) << 2)) - 1;
        for (pending &= pending - 1; pending != 0; pending &= pending - 1) {
          const other = rootOf(parents, voxel - load<i32>(steps + ((<usize>ctz(pending)) << 2)));
          if (other == root) continue;
          zones--;
          // The lower index stays the one with the size, so that the result depends on nothing else.
          const lower = min(root, other);
          const higher = max(root, other);
          size += load<i32>(parents + ((<usize>other) << 2));
          store<i32>(parents + ((<usize>higher) << 2), lower);
          root = lower;
        }
        store<i32>(at, root);
        store<i32>(parents + ((<usize>root) << 2), size);
      }
    }
  }
  return zones;
}

/**
 * Count the zones by rank and size. Those larger than the table are listed.
 *
 * @param width sizes of the table
 * @param table 32 bits a cell `(rank − 1)·width + size − 1`, zero
 * @param large two 32-bit numbers a zone are written: rank and size
 * @returns the number of zones listed
 */
export function listZones(
  ranks: usize,
  rankBytes: i32,
  runs: usize,
  runsEnd: usize,
  parents: usize,
  width: u32,
  table: usize,
  large: usize,
): i32 {
  let listed = 0;
  for (let run = runs; run < runsEnd; run += 8) {
    const end = <usize>load<u32>(run, 4);
    for (let p = <usize>load<u32>(run); p < end; p++) {
      const parent = load<i32>(parents + (p << 2));
      if (parent >= 0) continue;
      const size = <u32>-parent;
      let rank: u32;
      if (rankBytes == 1) rank = load<u8>(ranks + p);
      else if (rankBytes == 2) rank = load<u16>(ranks + (p << 1));
      else rank = load<u32>(ranks + (p << 2));
      if (size <= width) {
        const cell = table + ((<usize>((rank - 1) * width + size - 1)) << 2);
        store<u32>(cell, load<u32>(cell) + 1);
      } else {
        store<u32>(large + ((<usize>listed) << 3), rank);
        store<u32>(large + ((<usize>listed) << 3), size, 4);
        listed++;
      }
    }
  }
  return listed;
}
