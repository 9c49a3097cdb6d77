/** Pairs of ranks in a hash table, for more levels than a table of all pairs has room for. */
import { addTo } from './accumulator.as';
import { CELL } from './glcm-cells.as';

/** @returns how many pairs are new */
function addPairs<T>(
  ranks: usize,
  from: u32,
  to: u32,
  step: i32,
  symmetric: bool,
  weight: f64,
  slots: usize,
  mask: usize,
): u32 {
  let fresh: usize = 0;
  const ahead = <isize>step * <isize>sizeof<T>();
  const end = ranks + <usize>to * sizeof<T>();
  for (let p = ranks + <usize>from * sizeof<T>(); p < end; p += sizeof<T>()) {
    const a = <u64>load<T>(p);
    const b = <u64>load<T>(p + ahead);
    if (b === 0) continue;
    const key = symmetric && b < a ? (b << 32) | a : (a << 32) | b;
    // Both ways a pair of equal ranks counts twice.
    fresh += addTo(slots, mask, key, symmetric && a === b ? 2 * weight : weight);
  }
  return <u32>fresh;
}

/**
 * Count the pairs of the voxels `from` … `to` of a run. At least as many slots must be free.
 *
 * @param bytes of a rank: 1, 2 or 4
 * @param symmetric count each pair both ways; then the smaller rank is the row
 * @returns how many pairs are new
 */
export function addPairsOfRun(
  ranks: usize,
  bytes: u32,
  from: u32,
  to: u32,
  step: i32,
  symmetric: bool,
  weight: f64,
  slots: usize,
  mask: usize,
): u32 {
  if (bytes === 1) return addPairs<u8>(ranks, from, to, step, symmetric, weight, slots, mask);
  if (bytes === 2) return addPairs<u16>(ranks, from, to, step, symmetric, weight, slots, mask);
  return addPairs<u32>(ranks, from, to, step, symmetric, weight, slots, mask);
}

/** List the pairs as cells. @returns the end of the list */
export function listPairs(slots: usize, mask: usize, list: usize): usize {
  let end = list;
  for (let slot = slots; slot <= slots + (mask << 4); slot += 16) {
    const key = load<u64>(slot);
    if (key === 0) continue;
    store<u32>(end, <u32>(key >> 32) - 1);
    store<u32>(end, <u32>key - 1, 4);
    store<f64>(end, load<f64>(slot, 8), 8);
    end += CELL;
  }
  return end;
}
