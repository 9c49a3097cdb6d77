/**
 * The least value at which the weights of the values up to it reach a share of all weights: the inverted distribution
 * function, as scikit-learn 1.9's weighted percentiles.
 *
 * @param percent 0 … 100
 */
export function weightedPercentile(
  values: Float64Array,
  weights: Float64Array | undefined,
  percent: number,
): number {
  const count = values.length;
  if (!weights) {
    const wanted = Math.max((percent / 100) * count, Number.MIN_VALUE);
    return values.toSorted()[Math.min(Math.ceil(wanted), count) - 1];
  }
  const order = new Uint32Array(values.keys()).sort((a, b) => values[a] - values[b]);
  const cumulative = new Float64Array(count);
  let sum = 0;
  order.forEach((at, i) => (cumulative[i] = sum += weights[at]));
  const wanted = Math.max((percent / 100) * sum, Number.MIN_VALUE);
  const found = cumulative.findIndex((reached) => reached >= wanted);
  return values[order[found === -1 ? count - 1 : found]];
}

/**
 * Percentile between the two nearest values in proportion, type 7 of Hyndman and Fan 1996,
 * doi:10.1080/00031305.1996.10473566.
 */
export function interpolatedPercentile(values: Float64Array, percent: number): number {
  const sorted = values.toSorted();
  const at = (sorted.length - 1) * (percent / 100);
  const low = Math.floor(at);
  const below = sorted[low];
  const above = sorted[Math.min(low + 1, sorted.length - 1)];
  const part = at - low;
  // From the nearer end, as NumPy does.
  return part < 0.5 ? below + (above - below) * part : above - (above - below) * (1 - part);
}
