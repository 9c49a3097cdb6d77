/**
 * Synthetic images by an integer formula that both sides evaluate alike (counter-mode mulberry32, three-
 * point box smoothing with wrap-around, rescaling to `levels` levels of width 5), so that no file is
 * needed and the values can be compared.
 */
export interface TextureImage {
  data: Int16Array;
  shape: [number, number, number];
}

const draw = (seed: number, k: number): number => {
  const a = (seed + Math.imul(k, 0x6d2b79f5)) >>> 0;
  let t = Math.imul(a ^ (a >>> 15), a | 1);
  t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
  return (t ^ (t >>> 14)) >>> 16;
};

/** First axis fastest; `passes` rounds of smoothing, `noise` weight of the unsmoothed part. */
export function textureImage(
  shape: [number, number, number],
  options: { seed: number; levels: number; passes: number; noise: number },
): TextureImage {
  const { seed, levels, passes, noise } = options;
  const count = shape[0] * shape[1] * shape[2];
  let smooth: Float64Array = Float64Array.from({ length: count }, (_, i) => draw(seed, i + 1));
  for (let pass = 0; pass < passes; pass++) {
    let stride = 1;
    for (const n of shape) {
      smooth = boxSum(smooth, n, stride);
      stride *= n;
    }
    for (let i = 0; i < count; i++) smooth[i] = Math.floor(smooth[i]! / 27);
    const [low, high] = range(smooth);
    for (let i = 0; i < count; i++) {
      smooth[i] = Math.floor(((smooth[i]! - low) * 65535) / (high - low));
    }
  }
  const mixed = smooth.map((s, i) => 8 * s + noise * draw(seed, count + i + 1));
  const [low, high] = range(mixed);
  const data = Int16Array.from(mixed, (t) =>
    Math.floor(((t - low) * 5 * levels) / (high - low + 1)),
  );
  return { data, shape };
}

function boxSum(values: Float64Array, n: number, stride: number): Float64Array {
  const result = new Float64Array(values.length);
  const line = n * stride;
  for (let i = 0; i < values.length; i++) {
    const base = i - (i % line) + (i % stride);
    const at = Math.floor((i % line) / stride);
    const before = base + ((at + n - 1) % n) * stride;
    const after = base + ((at + 1) % n) * stride;
    result[i] = values[before]! + values[i]! + values[after]!;
  }
  return result;
}

function range(values: Float64Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return [low, high];
}
