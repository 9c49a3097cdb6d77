/**
 * Radix sort of float32 values, alone or with a weight each, in three passes of 11 bits.
 *
 * Floats become unsigned integers of the same order: all bits of negative numbers are flipped, of others the sign.
 */

const DIGITS: usize = 2048;
/** Bytes of the counters of all three passes. */
export const COUNTERS: usize = 3 * DIGITS * 4;

function keyOf(value: f32): u32 {
  // −0 becomes 0: which of the two an unstable sort would keep is nobody's intention.
  const bits = reinterpret<u32>(value + <f32>0);
  return bits ^ ((<u32>((<i32>bits) >> 31)) | 0x80000000);
}

/** The value that was made into a key. */
export function valueOf(key: u32): f32 {
  return reinterpret<f32>(key ^ (~(<u32>((<i32>key) >> 31)) | 0x80000000));
}

function count(counters: usize, key: u32): void {
  const low = counters + <usize>((key & 2047) << 2);
  const middle = counters + <usize>(((key >> 11) & 2047) << 2);
  const high = counters + <usize>((key >> 22) << 2);
  store<u32>(low, load<u32>(low) + 1);
  store<u32>(middle, load<u32>(middle, 4 * DIGITS) + 1, 4 * DIGITS);
  store<u32>(high, load<u32>(high, 8 * DIGITS) + 1, 8 * DIGITS);
}

/** Turn the counts of one pass into the addresses at which the digits' elements begin. */
function addresses(counters: usize, to: usize, shift: u32): void {
  let address = <u32>to;
  for (let digit: usize = 0; digit < DIGITS; digit++) {
    const at = counters + (digit << 2);
    const n = load<u32>(at);
    store<u32>(at, address);
    address += n << shift;
  }
}

function scatterKeys(from: usize, end: usize, counters: usize, shift: u32): void {
  for (let at = from; at < end; at += 4) {
    const key = load<u32>(at);
    const place = counters + <usize>(((key >> shift) & 2047) << 2);
    const to = load<u32>(place);
    store<u32>(place, to + 4);
    store<u32>(<usize>to, key);
  }
}

function scatterPairs(from: usize, end: usize, counters: usize, shift: u32): void {
  for (let at = from; at < end; at += 8) {
    const pair = load<u64>(at);
    const place = counters + <usize>(((<u32>(pair >> shift)) & 2047) << 2);
    const to = load<u32>(place);
    store<u32>(place, to + 8);
    store<u64>(<usize>to, pair);
  }
}

/**
 * Sort n values.
 *
 * @param values f32[n], overwritten
 * @param a u32[n], gets the keys in ascending order
 * @param b u32[n] of scratch
 * @param counters {@link COUNTERS} bytes of scratch
 */
export function sortValues(values: usize, n: u32, a: usize, b: usize, counters: usize): void {
  memory.fill(counters, 0, COUNTERS);
  const bytes = (<usize>n) << 2;
  for (let at = values; at < values + bytes; at += 4) {
    const key = keyOf(load<f32>(at));
    store<u32>(at, key);
    count(counters, key);
  }
  addresses(counters, a, 2);
  addresses(counters + 4 * DIGITS, b, 2);
  addresses(counters + 8 * DIGITS, a, 2);
  scatterKeys(values, values + bytes, counters, 0);
  scatterKeys(a, a + bytes, counters + 4 * DIGITS, 11);
  scatterKeys(b, b + bytes, counters + 8 * DIGITS, 22);
}

/**
 * Sort n values that have weights; equal values keep their order.
 *
 * @param values f32[n]
 * @param weights f32[n]
 * @param a u64[n] of scratch
 * @param b u64[n], gets the pairs in ascending order: key in the upper half, weight in the lower one
 * @param counters {@link COUNTERS} bytes of scratch
 */
export function sortPairs(
  values: usize,
  weights: usize,
  n: u32,
  a: usize,
  b: usize,
  counters: usize,
): void {
  memory.fill(counters, 0, COUNTERS);
  const bytes = (<usize>n) << 3;
  for (let i: usize = 0; i < <usize>n; i++) {
    const key = keyOf(load<f32>(values + (i << 2)));
    store<u64>(a + (i << 3), ((<u64>key) << 32) | (<u64>load<u32>(weights + (i << 2))));
    count(counters, key);
  }
  addresses(counters, b, 3);
  addresses(counters + 4 * DIGITS, a, 3);
  addresses(counters + 8 * DIGITS, b, 3);
  scatterPairs(a, a + bytes, counters, 32);
  scatterPairs(b, b + bytes, counters + 4 * DIGITS, 43);
  scatterPairs(a, a + bytes, counters + 8 * DIGITS, 54);
}
