import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/**
 * bᵀ V⁻¹ b over the coefficients after the first `from`; NaN unless V is positive definite.
 *
 * @internal
 */
export function waldStatistic(
  estimates: ArrayLike<number>,
  covariance: readonly ArrayLike<number>[],
  from: number,
): number {
  const size = covariance.length - from;
  const errors = Array.from({ length: size }, (_, j) => Math.sqrt(covariance[from + j][from + j]));
  if (size === 0 || !errors.every((error) => error > 0 && error < Infinity)) return Number.NaN;
  // Correlations instead of covariances, since the units of the coefficients may lie far apart.
  const correlations = new Matrix(
    errors.map((error, j) =>
      errors.map((other, k) => covariance[from + j][from + k] / (error * other)),
    ),
  );
  const z = Matrix.columnVector(errors.map((error, j) => estimates[from + j] / error));
  const cholesky = new CholeskyDecomposition(correlations);
  if (!cholesky.isPositiveDefinite()) return Number.NaN;
  return z.dot(cholesky.solve(z));
}
