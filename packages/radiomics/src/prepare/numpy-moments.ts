/**
 * Mean and standard deviation (divided by n) as numpy finds them: sums by halves, and of `Float32Array` in
 * single precision throughout, which moves the last of seven digits.
 */
export function numpyMoments(values: Float32Array | Float64Array): {
  mean: number;
  deviation: number;
} {
  const round = values instanceof Float32Array ? Math.fround : (value: number) => value;
  const n = values.length;
  const mean = round(pairwiseSum(values, 0, n, round) / n);
  const squares = values.map((value) => {
    const difference = round(value - mean);
    return difference * difference;
  });
  return { mean, deviation: round(Math.sqrt(round(pairwiseSum(squares, 0, n, round) / n))) };
}

/** Values that are summed without halving. */
const BLOCK = 128;

/** Running sums in a block, added up in pairs at its end. */
const LANES = 8;

/** The sum of a stretch of values: of its halves where it is long, of eight interleaved sums where it is not. */
function pairwiseSum(
  values: Float32Array | Float64Array,
  from: number,
  count: number,
  round: (value: number) => number,
): number {
  if (count > BLOCK) {
    const half = Math.floor(count / 2 / LANES) * LANES;
    const first = pairwiseSum(values, from, half, round);
    return round(first + pairwiseSum(values, from + half, count - half, round));
  }
  if (count < LANES) {
    let sum = 0;
    for (let i = from; i < from + count; i++) sum = round(sum + values[i]);
    return sum;
  }
  const lanes = Array.from(values.subarray(from, from + LANES));
  const even = count - (count % LANES);
  for (let i = LANES; i < even; i++) {
    lanes[i % LANES] = round(lanes[i % LANES] + values[from + i]);
  }
  const pair = (a: number, b: number) => round(a + b);
  const [a, b, c, d, e, f, g, h] = lanes;
  let sum = pair(pair(pair(a, b), pair(c, d)), pair(pair(e, f), pair(g, h)));
  for (let i = even; i < count; i++) sum = round(sum + values[from + i]);
  return sum;
}
