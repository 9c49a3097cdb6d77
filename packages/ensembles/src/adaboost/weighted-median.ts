/** The least of the values at which the weights of those up to it reach half of all weights. */
export function weightedMedian(values: Float64Array, weights: Float64Array): number {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  // Summed in the order of the values, so that half is half of exactly what is reached.
  const cumulative = new Float64Array(order.length);
  let sum = 0;
  order.forEach((at, i) => (cumulative[i] = sum += weights[at]));
  return values[order[cumulative.findIndex((reached) => reached >= 0.5 * sum)]];
}
