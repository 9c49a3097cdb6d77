/**
 * m₄/m₂² − 3; NaN where the values are alike up to the precision of the image.
 *
 * Sums are rounded and added as NumPy does it, in single precision for an image of single precision:
 * there rounding reaches the sixth digit of the result, and gray levels of it are compared with those of
 * PyRadiomics.
 */
export function excessKurtosis(values: Float64Array, single: boolean): number {
  return single ? ofSingles(values) : ofDoubles(values);
}

function ofDoubles(values: Float64Array): number {
  const n = values.length;
  let sum = 0;
  for (let v = 0; v < n; v++) sum += values[v];
  const mean = sum / n;
  let second = 0;
  let fourth = 0;
  for (let v = 0; v < n; v++) {
    const square = (values[v] - mean) * (values[v] - mean);
    second += square;
    fourth += square * square;
  }
  second /= n;
  fourth /= n;
  const resolution = 1e-15 * mean;
  return second <= resolution * resolution ? NaN : fourth / (second * second) - 3;
}

function ofSingles(values: Float64Array): number {
  const n = values.length;
  const mean = Math.fround(sumOfSingles(values, 0, n) / n);
  const squares = new Float32Array(n);
  for (let v = 0; v < n; v++) {
    const difference = Math.fround(values[v] - mean);
    squares[v] = difference * difference;
  }
  const second = Math.fround(sumOfSingles(squares, 0, n) / n);
  for (let v = 0; v < n; v++) squares[v] *= squares[v];
  const fourth = Math.fround(sumOfSingles(squares, 0, n) / n);
  const resolution = Math.fround(Math.fround(1e-6) * mean);
  if (second <= Math.fround(resolution * resolution)) return NaN;
  return Math.fround(Math.fround(fourth / Math.fround(second * second)) - 3);
}

/** Up to so many numbers are added in eight strands; more are halved first. */
const STRANDED = 128;

/** Pairwise summation in the order of NumPy. */
function sumOfSingles(values: Float64Array | Float32Array, from: number, count: number): number {
  const { fround } = Math;
  if (count > STRANDED) {
    const half = Math.floor(count / 2);
    const first = half - (half % 8);
    return fround(
      sumOfSingles(values, from, first) + sumOfSingles(values, from + first, count - first),
    );
  }
  const whole = count - (count % 8);
  let sum = 0;
  if (whole > 0) {
    const r = new Float32Array(8);
    for (let k = 0; k < 8; k++) r[k] = values[from + k];
    for (let i = 8; i < whole; i += 8) for (let k = 0; k < 8; k++) r[k] += values[from + i + k];
    sum = fround(
      fround(fround(r[0] + r[1]) + fround(r[2] + r[3])) +
        fround(fround(r[4] + r[5]) + fround(r[6] + r[7])),
    );
  }
  for (let i = whole; i < count; i++) sum = fround(sum + values[from + i]);
  return sum;
}
