/** Counters of 32 bits that are found by indices of 16 bits, which SIMD computes for many voxels at once. */

/** Indices that are computed at a time. */
export const CHUNK: usize = 256;
/** Room for them, and for a last block that is not full. */
export const INDICES = memory.data(544, 16);

/** Add one to the counter of each index. */
export function countIndices(count: usize, counters: usize): void {
  let at = INDICES;
  const end = INDICES + (count << 1);
  for (; at + 8 <= end; at += 8) {
    addOne(counters, load<u16>(at));
    addOne(counters, load<u16>(at, 2));
    addOne(counters, load<u16>(at, 4));
    addOne(counters, load<u16>(at, 6));
  }
  for (; at < end; at += 2) addOne(counters, load<u16>(at));
}

/** The same with two tables in turn: neighbours that share a counter then do not wait for each other. */
export function countIndicesInTurn(count: usize, counters: usize, others: usize): void {
  let at = INDICES;
  const end = INDICES + (count << 1);
  for (; at + 8 <= end; at += 8) {
    addOne(counters, load<u16>(at));
    addOne(others, load<u16>(at, 2));
    addOne(counters, load<u16>(at, 4));
    addOne(others, load<u16>(at, 6));
  }
  for (; at < end; at += 2) addOne(counters, load<u16>(at));
}

function addOne(counters: usize, index: u32): void {
  const counter = counters + ((<usize>index) << 2);
  store<u32>(counter, load<u32>(counter) + 1);
}

/** Indices of 16 voxels: `row·width + column`, from 8 bits each. */
export function storeIndices(place: usize, rows: v128, columns: v128, width: v128): void {
  const low = i16x8.mul(i16x8.extend_low_i8x16_u(rows), width);
  const high = i16x8.mul(i16x8.extend_high_i8x16_u(rows), width);
  v128.store(place, i16x8.add(low, i16x8.extend_low_i8x16_u(columns)));
  v128.store(place, i16x8.add(high, i16x8.extend_high_i8x16_u(columns)), 16);
}
