import { centre } from '../numeric/centre.js';
import { dot } from '../numeric/sum.js';
import type { Interval } from '../reason.js';
import { normalQuantile } from '../special/normal.js';
import type { Concordance } from './concordance.js';
import { intervalOfZ } from './result.js';

/**
 * Where the interval of Kendall's τ comes from.
 *
 * - `'fieller'`: tanh(atanh τ ± z √(0.437/(n − 4))) (Fieller, Hartley and Pearson 1957, Biometrika 44:470), for data without many
 *   ties and |τ| up to about 0.8
 * - `'brown-benedetti'`: τ ± z·SE within −1 … 1 with the asymptotic standard error that SAS and SPSS print (Brown and Benedetti 1977,
 *   JASA 72:309), also for ordinal data; too short in samples of a few tens
 */
export type KendallInterval = 'fieller' | 'brown-benedetti';

/** The two variants of τ. */
export type KendallVariant = 'b' | 'c';

/** τ with what its interval needs. */
export interface Tau {
  variant: KendallVariant;
  coefficient: number;
  n: number;
  counts: Concordance;
}

/** @internal */
export function kendallInterval(
  tau: Tau,
  kind: KendallInterval,
  standardError: number,
  level: number,
): Interval {
  const { coefficient: r, n } = tau;
  if (kind === 'brown-benedetti') {
    const reach = -normalQuantile((1 - level) / 2) * standardError;
    return [Math.max(-1, r - reach), Math.min(1, r + reach)];
  }
  if (n <= 4) return [-1, 1];
  return intervalOfZ({ r, below: 1 - r, above: 1 + r }, level, Math.sqrt(0.437 / (n - 4)));
}

/**
 * The asymptotic standard error of τ, not assuming that there is no correlation.
 *
 * With dᵢ the concordant less discordant pairs of an observation and rᵢ, sᵢ the sizes of its groups of equal x and y:
 * √Σ(uᵢ − ū)²/w² with uᵢ = 2w dᵢ + τ (rᵢ w_y + sᵢ w_x) for τ-b, and 2m/((m − 1)n²) √Σ(dᵢ − d̄)² for τ-c.
 *
 * Source: Brown and Benedetti (1977), written over observations.
 *
 * @internal
 */
export function standardErrorOfTau({ variant, coefficient, n, counts }: Tau): number {
  const { excess, sizeX, sizeY, groupsX, groupsY } = counts;
  if (variant === 'c') {
    const m = Math.min(groupsX.length, groupsY.length);
    return ((2 * m) / ((m - 1) * n)) * (rootOfSquares(excess) / n);
  }
  // In units of n² and n, so that no product passes 2^53.
  const wX = untiedShare(groupsX, n);
  const wY = untiedShare(groupsY, n);
  const w = Math.sqrt(wX * wY);
  const u = excess.map(
    (d, i) => 2 * w * (d / n) + coefficient * ((sizeX[i] / n) * wY + (sizeY[i] / n) * wX),
  );
  return rootOfSquares(u) / (n * w * w);
}

/** 1 − Σ(t/n)² */
function untiedShare(groups: Uint32Array, n: number): number {
  let pairs = 0;
  for (let k = 0; k < groups.length; k++) pairs += groups[k] * (n - groups[k]);
  return pairs / (n * n);
}

/** √Σ(xᵢ − x̄)² */
function rootOfSquares(values: Float64Array): number {
  const { deviations, scale } = centre(values);
  return Math.sqrt(dot(deviations, deviations)) * scale;
}
