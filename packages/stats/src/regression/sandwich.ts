import { compensatedSum } from '../numeric/sum.js';

/**
 * B M Bᵀ, where M = Σ s sᵀ over the scores s of observations or clusters: what the spread of the scores says about the variance
 * of the coefficients, whether or not the model's own variance is right.
 *
 * @param bread B by row
 * @param scores p numbers each
 * @internal
 */
export function sandwich(
  bread: readonly Float64Array[],
  scores: readonly Float64Array[],
): Float64Array[] {
  const p = bread.length;
  const half = scores.map((score) =>
    Float64Array.from(bread, (row) => row.reduce((sum, value, k) => sum + value * score[k], 0)),
  );
  const products = new Float64Array(half.length);
  const covariance = Array.from({ length: p }, () => new Float64Array(p));
  for (let j = 0; j < p; j++) {
    for (let k = 0; k <= j; k++) {
      half.forEach((score, i) => (products[i] = score[j] * score[k]));
      covariance[j][k] = compensatedSum(products);
      covariance[k][j] = covariance[j][k];
    }
  }
  return covariance;
}

/** For each group of observations the sum of its members' scores. */
export function scoresByCluster(
  columns: readonly Float64Array[],
  residuals: Float64Array,
  members: readonly Uint32Array[],
): Float64Array[] {
  return members.map((group) =>
    Float64Array.from(columns, (column) => {
      let sum = 0;
      for (const i of group) sum += column[i] * residuals[i];
      return sum;
    }),
  );
}
