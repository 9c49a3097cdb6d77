import { checkedChoice } from '../alternative.js';
import { checkedOptions, type Numbers } from '../checks.js';
import type { NanPolicy, Reason } from '../reason.js';
import { chiSquareUpper } from '../special/chi-square.js';
import { UNKNOWN_P } from '../special/p-value.js';
import { binTotals, quantileBins } from './binning.js';
import { checkedBins } from './calibration-curve.js';
import { checkedObservations } from './observations.js';

/** Options of {@link hosmerLemeshow}. */
export interface HosmerLemeshowOptions {
  /** Groups asked for, 1 … 1e6; ties may make fewer. Default 10. */
  groups?: number;
  /**
   * `'development'` (default): the model was fitted to these data, groups − 2 degrees of freedom. `'validation'`: it was
   * not, as many as groups.
   */
  sample?: 'development' | 'validation';
  /** What to do with NaN probabilities. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** One group of the test. */
export interface HosmerLemeshowGroup {
  n: number;
  /** Labels of 1. */
  observed: number;
  /** Sum of the probabilities. */
  expected: number;
}

/** The Hosmer–Lemeshow test of calibration. */
export interface HosmerLemeshow {
  /** Σ (observed − expected)²/(expected (1 − expected/n)) over the groups. */
  statistic: number;
  degreesOfFreedom: number;
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** The groups found, of rising probability. */
  groups: HosmerLemeshowGroup[];
  n: number;
  method: string;
  /**
   * `'too-few-observations'` when groups leave no degree of freedom; `'boundary-estimate'` when a group's
   * probabilities are all 0 or all 1 and the labels differ, which makes the statistic infinite.
   */
  reason?: Reason;
}

/**
 * The Hosmer–Lemeshow test of calibration over groups between quantiles of the probabilities.
 *
 * Groups are (lower, upper] between type-7 quantiles, the first one closed; ties stay together. Other programs group
 * otherwise, which changes the statistic. The test has little power in small samples and rejects trifles in large ones:
 * look at {@link calibrationCurve} and {@link calibrationSlope} as well.
 *
 * Source: Hosmer and Lemeshow (1980).
 *
 * @param labels 0 or 1 for each observation
 * @param probabilities of label 1, 0 … 1
 * @returns NaN with a `reason` for NaN (see `nanPolicy`) or too few groups
 * @throws InvalidArgumentError for arrays of different length, other labels, impossible probabilities or options
 * @example
 * ```ts
 * import { hosmerLemeshow } from '@steatosis/stats';
 *
 * const probabilities = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
 * const test = hosmerLemeshow([0, 0, 1, 0, 0, 1, 1, 0, 1], probabilities, { groups: 3 });
 * console.log(test.groups[0]); // { n: 3, observed: 1, expected: 0.6 }
 * console.log(test.statistic.toFixed(3), test.degreesOfFreedom, test.p.toFixed(3)); // 1.000 1 0.317
 * ```
 */
export function hosmerLemeshow(
  labels: Numbers,
  probabilities: Numbers,
  options: HosmerLemeshowOptions = {},
): HosmerLemeshow {
  checkedOptions(options, ['groups', 'sample', 'nanPolicy']);
  const count = checkedBins('groups', options.groups ?? 10);
  const sample = checkedChoice('sample', options.sample ?? 'development', [
    'development',
    'validation',
  ]);
  const method = `Hosmer-Lemeshow test, ${count} quantile groups, ${sample} sample`;
  const kept = checkedObservations(labels, probabilities, options.nanPolicy);
  const n = kept === 'nan' ? labels.length : kept.labels.length;
  if (kept === 'nan' || n === 0) {
    return {
      statistic: Number.NaN,
      degreesOfFreedom: Number.NaN,
      ...UNKNOWN_P,
      groups: [],
      n,
      method,
      reason: kept === 'nan' ? 'nan-input' : 'too-few-observations',
    };
  }
  const groups = binTotals(quantileBins(kept.probabilities, count), kept.labels, kept.probabilities)
    .filter((group) => group.n > 0)
    .map(({ n: size, positives, expected }) => ({ n: size, observed: positives, expected }));
  const statistic = groups.reduce((sum, group) => sum + contribution(group), 0);
  const degreesOfFreedom = Math.max(0, groups.length - (sample === 'development' ? 2 : 0));
  const common = { statistic, degreesOfFreedom, groups, n, method };
  if (degreesOfFreedom < 1) return { ...common, ...UNKNOWN_P, reason: 'too-few-observations' };
  return {
    ...common,
    ...chiSquareUpper(statistic, degreesOfFreedom),
    ...(statistic === Infinity ? { reason: 'boundary-estimate' as const } : {}),
  };
}

/** (o − e)²/(e (1 − e/n)); 0 where certain probabilities are right. */
function contribution({ n, observed, expected }: HosmerLemeshowGroup): number {
  if (observed === expected) return 0;
  return (observed - expected) ** 2 / (expected * (1 - expected / n));
}
