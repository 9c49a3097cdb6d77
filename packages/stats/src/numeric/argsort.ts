import { sortedBitPairs } from './radix-by-bits.js';
import { sortedLinearPairs } from './radix-by-size.js';

/** The clearing of the radix sort's counters costs as much as sorting this many by comparison. */
const RADIX_FROM = 1024;

/**
 * The order that sorts `values` upwards (stable; no NaN). Long arrays go through a radix sort, which is linear.
 *
 * @internal
 */
export function argsort(values: Float64Array): Uint32Array {
  const n = values.length;
  const order = new Uint32Array(n);
  if (n >= RADIX_FROM) {
    const pairs = sortedPairs(values);
    for (let i = 0; i < n; i++) order[i] = pairs[2 * i + 1];
    return order;
  }
  for (let i = 0; i < n; i++) order[i] = i;
  return order.sort((i, j) => values[i] - values[j] || i - j);
}

/** Pairs of key and index, sorted. Equal values have equal keys; the reverse holds for most data only. */
function sortedPairs(values: Float64Array): Uint32Array {
  return sortedLinearPairs(values) ?? sortedBitPairs(values);
}
