import { InvalidArgumentError } from '@steatosis/core';
import {
  checkedLevel,
  checkedOptions,
  finiteOrThrow,
  keptSample,
  type Numbers,
} from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import {
  bcaShares,
  intervalOfReplicates,
  meanOfReplicates,
  varianceOf,
} from './interval-of-replicates.js';

/** Options of {@link bootstrapIntervals}. */
export interface BootstrapIntervalsOptions {
  /** Confidence level, between 0 and 1. Default 0.95. */
  level?: number;
  /** The acceleration of BCa, as a jackknife gives it; 0 for an interval that is corrected for bias alone. Without it there is no BCa. */
  acceleration?: number;
  /** Where the parameter can lie, as 0 … 1 for an AUC; the basic and the normal interval are cut there. Default everywhere. */
  range?: Interval;
}

/** Intervals that follow from bootstrap replicates. */
export interface BootstrapIntervals {
  /** Quantiles of the replicates (type 7). */
  percentile: Interval;
  /** Twice the estimate less the opposite quantiles. */
  basic: Interval;
  /** The estimate ± z times the replicates' standard deviation. */
  normal: Interval;
  /** Quantiles corrected for bias and acceleration, where `acceleration` was given. */
  bca?: Interval;
  /** z₀ of BCa: the normal quantile of the share of replicates below the estimate. */
  biasCorrection: number;
  /** The shares below the quantiles that BCa takes. */
  bcaShares?: Interval;
  acceleration?: number;
  estimate: number;
  /** Mean of the replicates less the estimate. */
  bias: number;
  /** Standard deviation of the replicates, with n − 1. */
  standardError: number;
  level: number;
  /** Replicates used. */
  n: number;
  /** Replicates left out, since they are NaN. */
  undefinedReplicates: number;
  method: string;
  /** Why a value is NaN, or intervals have no width; absent otherwise. */
  reason?: Reason;
}

/**
 * Percentile, basic, normal and BCa intervals from bootstrap replicates of a statistic, wherever those come from.
 *
 * Sources: Efron (1987, JASA 82:171) for BCa; Davison and Hinkley (1997, Bootstrap Methods and their Application), §5.2 and 5.3. Replicates
 * that equal the estimate count half in z₀.
 *
 * @param replicates values of the statistic in resamples; NaN where it was undefined
 * @param estimate the statistic of the data themselves
 * @returns NaN with a `reason` for fewer than two replicates or an estimate that is NaN; BCa NaN with `boundary-estimate` where all replicates
 *   lie on one side of the estimate
 * @throws InvalidArgumentError for infinite replicates or an impossible option
 * @example
 * ```ts
 * import { bootstrapIntervals } from '@steatosis/stats';
 *
 * const replicates = [0.71, 0.78, 0.74, 0.8, 0.69, 0.77, 0.73, 0.82, 0.75, 0.76];
 * const { percentile, basic, standardError } = bootstrapIntervals(replicates, 0.76, { level: 0.8 });
 * console.log(percentile.map((limit) => limit.toFixed(3))); // [ '0.708', '0.802' ]
 * console.log(basic.map((limit) => limit.toFixed(3)), standardError.toFixed(4)); // [ '0.718', '0.812' ] 0.0398
 * ```
 */
export function bootstrapIntervals(
  replicates: Numbers,
  estimate: number,
  options: BootstrapIntervalsOptions = {},
): BootstrapIntervals {
  checkedOptions(options, ['level', 'acceleration', 'range']);
  const level = checkedLevel(options.level);
  const { acceleration } = options;
  if (acceleration !== undefined && typeof acceleration !== 'number') {
    throw new InvalidArgumentError('acceleration', acceleration, 'a number');
  }
  if (typeof estimate !== 'number') {
    throw new InvalidArgumentError('estimate', estimate, 'a number');
  }
  const range = checkedRange(options.range);
  const kept = keptSample('replicates', replicates, 'omit') as Float64Array;
  finiteOrThrow('replicates', kept);
  const sorted = kept.slice().sort();
  const n = sorted.length;
  const withBca = acceleration !== undefined;
  const common = { estimate, level, n, undefinedReplicates: replicates.length - n };
  const method = `bootstrap intervals of ${n} replicates${withBca ? ', BCa by Efron (1987)' : ''}`;
  if (n < 2 || Number.isNaN(estimate)) {
    return {
      ...nothing(withBca),
      ...common,
      method,
      reason: n < 2 ? 'too-few-observations' : 'nan-input',
    };
  }
  const of = { sorted, estimate, level, range };
  const { biasCorrection, shares } = bcaShares(of, acceleration ?? 0);
  const interval = (kind: 'percentile' | 'basic' | 'normal' | 'bca') =>
    intervalOfReplicates(kind, of, acceleration ?? 0);
  const standardError = Math.sqrt(varianceOf(sorted));
  return {
    percentile: interval('percentile'),
    basic: interval('basic'),
    normal: interval('normal'),
    ...(withBca ? { bca: interval('bca'), bcaShares: shares, acceleration } : {}),
    biasCorrection,
    bias: meanOfReplicates(sorted) - estimate,
    standardError,
    ...common,
    method,
    ...reasonOf(standardError, withBca && Number.isNaN(shares[0])),
  };
}

function reasonOf(standardError: number, noBca: boolean): { reason?: Reason } {
  if (standardError === 0) return { reason: 'zero-variance' };
  return noBca ? { reason: 'boundary-estimate' } : {};
}

function nothing(withBca: boolean) {
  const { NaN: nan } = Number;
  return {
    percentile: [nan, nan] as Interval,
    basic: [nan, nan] as Interval,
    normal: [nan, nan] as Interval,
    ...(withBca ? { bca: [nan, nan] as Interval } : {}),
    biasCorrection: nan,
    bias: nan,
    standardError: nan,
  };
}

function checkedRange(range: Interval = [-Infinity, Infinity]): Interval {
  const found: unknown = range;
  const isPair = Array.isArray(found) && found.length === 2;
  if (!isPair || !(range[0] < range[1])) {
    throw new InvalidArgumentError('range', found, 'a lower and a greater upper limit');
  }
  return range;
}
