/**
 * The order that sorts `values` upwards (stable; no NaN). Long arrays go through a radix sort, which is linear.
 *
 * @internal
 */
export function argsort(values: Float64Array): Uint32Array {
  if (values.length >= RADIX_FROM) return radixArgsort(values);
  const order = new Uint32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((i, j) => values[i] - values[j] || i - j);
}

/** The clearing of the radix sort's counters costs as much as sorting this many by comparison. */
const RADIX_FROM = 2048;
const DIGITS = 65536;

/**
 * Least significant digit first, 16 bits at a time. Keys travel with their indices, since gathering keys
 * through the indices would miss the cache at every element.
 */
function radixArgsort(values: Float64Array): Uint32Array {
  const n = values.length;
  let low = new Uint32Array(n);
  let high = new Uint32Array(n);
  let order = new Uint32Array(n);
  sortableBits(values, low, high, order);
  let nextLow = new Uint32Array(n);
  let nextHigh = new Uint32Array(n);
  let nextOrder = new Uint32Array(n);
  const starts = new Uint32Array(DIGITS);
  for (let pass = 0; pass < 4; pass++) {
    const keys = pass < 2 ? low : high;
    const shift = (pass & 1) * 16;
    starts.fill(0);
    for (let i = 0; i < n; i++) starts[(keys[i] >>> shift) & 0xffff]++;
    if (starts[(keys[0] >>> shift) & 0xffff] === n) continue;
    for (let digit = 0, sum = 0; digit < DIGITS; digit++) {
      const count = starts[digit];
      starts[digit] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i++) {
      const to = starts[(keys[i] >>> shift) & 0xffff]++;
      nextLow[to] = low[i];
      nextHigh[to] = high[i];
      nextOrder[to] = order[i];
    }
    [low, nextLow] = [nextLow, low];
    [high, nextHigh] = [nextHigh, high];
    [order, nextOrder] = [nextOrder, order];
  }
  return order;
}

/** IEEE 754 bits turned so that unsigned order is numeric order; −0 and +0 share one key. */
function sortableBits(
  values: Float64Array,
  low: Uint32Array,
  high: Uint32Array,
  order: Uint32Array,
): void {
  const one = new Float64Array(1);
  const view = new DataView(one.buffer);
  for (let i = 0; i < values.length; i++) {
    view.setFloat64(0, values[i] + 0);
    const h = view.getUint32(0);
    const l = view.getUint32(4);
    const negative = h >>> 31 === 1;
    high[i] = negative ? ~h : h | 0x80000000;
    low[i] = negative ? ~l : l;
    order[i] = i;
  }
}
