/**
 * The monotone sequence closest to `values` in the weighted sum of squares.
 *
 * Neighbouring blocks whose means are in the wrong order become one block with their common mean, until none are.
 * Each value enters once and each joining removes a block, so the time is linear.
 *
 * @param weights one weight > 0 per value
 */
export function poolAdjacentViolators(
  values: Float64Array,
  weights: Float64Array,
  increasing: boolean,
): Float64Array {
  const sign = increasing ? 1 : -1;
  const blocks: { sum: number; weight: number; mean: number; end: number }[] = [];
  values.forEach((value, i) => {
    let sum = value * weights[i];
    let weight = weights[i];
    let mean = value;
    for (
      let last = blocks[blocks.length - 1];
      last && sign * (last.mean - mean) >= 0;
      last = blocks[blocks.length - 1]
    ) {
      sum += last.sum;
      weight += last.weight;
      mean = sum / weight;
      blocks.pop();
    }
    blocks.push({ sum, weight, mean, end: i + 1 });
  });
  const fitted = new Float64Array(values.length);
  let start = 0;
  for (const { mean, end } of blocks) {
    fitted.fill(mean, start, end);
    start = end;
  }
  return fitted;
}
