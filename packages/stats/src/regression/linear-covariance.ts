import type { Reason } from '../reason.js';
import type { LeastSquares } from './least-squares.js';
import { solveTransposed, sumOfSquares } from './triangle.js';
import { sandwich, scoresByCluster } from './sandwich.js';

/** How the standard errors of a linear model are computed. */
export type StandardErrors = 'classical' | 'hc0' | 'hc1' | 'hc2' | 'hc3' | 'cluster';

/**
 * Covariance of the coefficients in the units of the standard columns, or why there is none.
 *
 * Sources: White (1980, Econometrica 48:817) for HC0; MacKinnon and White (1985, J. Econometrics 29:305) for HC1 to HC3; Liang and
 * Zeger (1986, Biometrika 73:13) for clusters.
 *
 * @param variance of the errors
 * @internal
 */
export function linearCovariance(
  kind: StandardErrors,
  columns: readonly Float64Array[],
  { residuals, root, map }: LeastSquares,
  variance: number,
  weights: Float64Array | undefined,
  members: readonly Uint32Array[],
): { covariance: Float64Array[]; reason?: Reason } {
  const n = residuals.length;
  const p = columns.length;
  const unknown = (reason: Reason) => ({ covariance: times(Number.NaN, map.covariance), reason });
  if (n === p) return unknown('too-few-observations');
  if (kind === 'classical') return { covariance: times(variance, map.covariance) };
  const weighted = weights === undefined ? residuals : residuals.map((e, i) => e * weights[i]);
  if (kind === 'cluster') {
    const groups = members.length;
    if (groups < 2) return unknown('too-few-clusters');
    const factor = (groups / (groups - 1)) * ((n - 1) / (n - p));
    const scores = scoresByCluster(columns, weighted, members);
    return { covariance: times(factor, sandwich(map.rows, scores)) };
  }
  const exponent = { hc0: 0, hc1: 0, hc2: 1, hc3: 2 }[kind];
  const scores: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    const row = Float64Array.from(columns, (column) => column[i]);
    let share = 1;
    if (exponent > 0) {
      const leverage = sumOfSquares(solveTransposed(root, row));
      const free = 1 - leverage * (weights === undefined ? 1 : weights[i]);
      if (free < 1e-10) return unknown('zero-denominator');
      share = free ** (-exponent / 2);
    }
    scores.push(row.map((value) => value * weighted[i] * share));
  }
  return { covariance: times(kind === 'hc1' ? n / (n - p) : 1, sandwich(map.rows, scores)) };
}

function times(factor: number, matrix: readonly Float64Array[]): Float64Array[] {
  return matrix.map((row) => row.map((value) => factor * value));
}
