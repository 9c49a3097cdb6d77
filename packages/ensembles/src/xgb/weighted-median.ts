const { fround } = Math;

/**
 * The median as XGBoost takes it, float32: without weights the mean of the two middle values (of an odd number the
 * middle one), with weights the least value at which at least half of the weight is reached.
 *
 * @param values at least one, float32; not changed
 */
export function weightedMedian(values: Float32Array, weights: Float32Array | undefined): number {
  const count = values.length;
  if (!weights) {
    const sorted = values.toSorted();
    const position = (count + 1) / 2;
    const below = sorted[Math.max(0, Math.floor(position) - 1)];
    if (Number.isInteger(position)) return below;
    return fround(below + 0.5 * fround(sorted[count / 2] - below));
  }
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
  const reached = new Float32Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum = fround(sum + weights[order[i]]);
    reached[i] = sum;
  }
  const half = fround(sum * 0.5);
  let at = 0;
  while (at < count - 1 && reached[at] < half) at++;
  return values[order[at]];
}
