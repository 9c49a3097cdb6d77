/** α of an exchangeable working correlation by moments: pairs of a cluster count once, φ without loss of degrees of freedom. */
export function exchangeableCorrelation(
  pearson: Float64Array,
  scale: number,
  members: readonly Uint32Array[],
): number {
  let products = 0;
  for (const group of members) {
    let sum = 0;
    let squares = 0;
    for (const i of group) {
      sum += pearson[i];
      squares += pearson[i] * pearson[i];
    }
    products += (sum * sum - squares) / 2;
  }
  return products / (scale * pairsOf(members));
}

/** Pairs of observations of one cluster. */
export function pairsOf(members: readonly Uint32Array[]): number {
  return members.reduce((sum, group) => sum + (group.length * (group.length - 1)) / 2, 0);
}

/** Whether 1 on the diagonal and α elsewhere is a correlation matrix for the largest cluster. */
export function isPossibleCorrelation(alpha: number, members: readonly Uint32Array[]): boolean {
  const largest = members.reduce((most, group) => Math.max(most, group.length), 0);
  return alpha < 1 - 1e-10 && 1 + (largest - 1) * alpha > 1e-10;
}

/** Values of every cluster times R^−½ = (I − 11ᵀ/m)/√(1 − α) + (11ᵀ/m)/√(1 + (m − 1)α). */
export function whitened(
  values: Float64Array,
  alpha: number,
  members: readonly Uint32Array[],
): Float64Array {
  if (alpha === 0) return values;
  const result = new Float64Array(values.length);
  const within = 1 / Math.sqrt(1 - alpha);
  for (const group of members) {
    let sum = 0;
    for (const i of group) sum += values[i];
    const mean = sum / group.length;
    const shift = mean / Math.sqrt(1 + (group.length - 1) * alpha) - mean * within;
    for (const i of group) result[i] = values[i] * within + shift;
  }
  return result;
}
