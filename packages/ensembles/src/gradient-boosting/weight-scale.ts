/**
 * Weights times a power of two, so that the greatest is in [1, 2): products of sums then neither overflow nor vanish,
 * and not a bit of any weight changes. Only ratios of weights matter to a tree.
 */
export function evenlyScaled(weights: Float64Array | undefined): {
  weights: Float64Array | undefined;
  /** What the given weights are greater by. */
  scale: number;
} {
  if (!weights) return { weights, scale: 1 };
  const greatest = weights.reduce((a, b) => Math.max(a, b), 0);
  const scale = 2 ** Math.max(-1022, Math.floor(Math.log2(greatest)));
  return { weights: weights.map((weight) => weight / scale), scale };
}

/** Undo the scaling in place. */
export function unscaled(weights: Float64Array, scale: number): void {
  for (let i = 0; i < weights.length; i++) weights[i] *= scale;
}
