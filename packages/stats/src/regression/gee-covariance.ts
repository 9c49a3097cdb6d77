import { LuDecomposition, Matrix } from 'ml-matrix';
import type { GeeFit } from './fit-gee.js';
import { sandwich, scoresByCluster } from './sandwich.js';
import { coefficientMap, inverseOfNormal } from './triangle.js';

/** How the standard errors of estimating equations are computed. */
export type GeeStandardErrors = 'robust' | 'bias-reduced' | 'model';

/**
 * Covariance of the coefficients in the units of the standard columns.
 *
 * Sources: Liang and Zeger (1986) for the sandwich; Mancl and DeRouen (2001, Biometrics 57:126) for its correction, in which the
 * residuals r of a cluster become (I − H)⁻¹ r.
 *
 * @param intercept as a combination of the standard coefficients
 * @internal
 */
export function geeCovariance(
  kind: GeeStandardErrors,
  { root, derivatives, residuals, scale }: GeeFit,
  intercept: Float64Array,
  members: readonly Uint32Array[],
): Float64Array[] {
  const { rows, covariance } = coefficientMap(root, intercept);
  if (kind === 'model') return covariance.map((row) => row.map((value) => value * scale));
  const scores = scoresByCluster(derivatives, residuals, members);
  if (kind === 'robust') return sandwich(rows, scores);
  const inverse = new Matrix(inverseOfNormal(root).map((row) => Array.from(row)));
  return sandwich(
    rows,
    scores.map((score, k) => {
      // Dᵀ V⁻¹ (I − H)⁻¹ r = (I − S B)⁻¹ Dᵀ V⁻¹ r with the cluster's own information S: p equations, however large the cluster.
      const own = new Matrix(
        derivatives.map((left) =>
          derivatives.map((right) => {
            let sum = 0;
            for (const i of members[k]) sum += left[i] * right[i];
            return sum;
          }),
        ),
      );
      const system = Matrix.eye(root.length).sub(own.mmul(inverse));
      const solved = new LuDecomposition(system).solve(Matrix.columnVector(Array.from(score)));
      return Float64Array.from(solved.to1DArray());
    }),
  );
}
