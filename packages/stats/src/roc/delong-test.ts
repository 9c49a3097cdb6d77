import { type Alternative, checkedAlternative } from '../alternative.js';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import type { Interval } from '../reason.js';
import { normalP } from '../special/normal.js';
import { UNKNOWN_P } from '../special/p-value.js';
import { zOf } from './auc-interval.js';
import type { AucTest, AucTestOptions } from './auc-test.js';
import { type AucCovariance, aucCovariance } from './covariance.js';
import { type ScoredSample, scoredSample } from './scored-sample.js';

/** Options of {@link delongTest}. */
export interface DelongTestOptions extends AucTestOptions {
  /**
   * The cluster of each observation (the patient of each ROI); variances and their covariance are Obuchowski's then.
   * Default: every observation by itself.
   */
  clusters?: ArrayLike<number | string>;
  /** Weight of each observation, finite and ≥ 0, as in `auc`. Default 1. */
  weights?: Numbers;
}

/** The AUCs of two scores of the same observations, compared. */
export interface DelongTest extends AucTest {
  /** Of both AUCs. */
  covariance: number;
  n: number;
  positives: number;
  negatives: number;
  /** Clusters, when they were given. */
  clusters?: number;
}

/**
 * DeLong's test of two scores for the same observations: do two readers, or two models, separate the classes equally
 * well?
 *
 * Time grows as n log n. With clusters the variances between them are Obuchowski's, so that many ROIs of few patients
 * do not count as many patients.
 *
 * Sources: DeLong, DeLong and Clarke-Pearson (1988) Biometrics 44:837; Obuchowski (1997) Biometrics 53:567.
 *
 * @param labels 0 or 1 for each observation
 * @param scoresA as many numbers; high ones mean positive
 * @param scoresB likewise, of the same observations
 * @returns P is NaN with the reason `zero-variance` where the difference does not vary: both rank alike, or both separate
 * perfectly
 * @throws InvalidArgumentError for arrays of different length, other labels, or impossible options
 * @example
 * ```ts
 * import { delongTest } from '@steatosis/stats';
 *
 * const labels = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
 * const model = [0.1, 0.3, 0.2, 0.4, 0.6, 0.5, 0.7, 0.8, 0.9, 0.75];
 * const fatFraction = [5, 3, 8, 4, 9, 6, 7, 12, 10, 2];
 * const test = delongTest(labels, model, fatFraction);
 * console.log(test.difference.toFixed(2)); // 0.32
 * console.log(test.p.toFixed(3)); // 0.113
 * ```
 */
export function delongTest(
  labels: Numbers,
  scoresA: Numbers,
  scoresB: Numbers,
  options: DelongTestOptions = {},
): DelongTest {
  checkedOptions(options, ['clusters', 'weights', 'alternative', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const alternative = checkedAlternative(options.alternative);
  const sample = scoredSample(labels, { scoresA, scoresB }, options);
  const found = comparedPair(sample, level, alternative);
  const { n, positives, negatives } = sample;
  return {
    ...found,
    level,
    alternative,
    n,
    positives,
    negatives,
    ...(sample.clusters === undefined ? {} : { clusters: sample.clusters.count }),
    method: pairedMethod(options),
    ...(found.reason === undefined ? {} : { reason: found.reason }),
  };
}

/** In words. @internal */
function pairedMethod(options: Pick<DelongTestOptions, 'clusters' | 'weights'>): string {
  const by =
    options.clusters === undefined
      ? 'by DeLong et al. (1988)'
      : 'between clusters by Obuchowski (1997)';
  const weighted = options.weights === undefined ? '' : ', linearised for weights';
  return `paired test of two AUCs, covariance ${by}${weighted}`;
}

function comparedPair(sample: ScoredSample, level: number, alternative: Alternative) {
  if (sample.reason === undefined) {
    return pairOf(aucCovariance(sample), 0, 1, level, alternative);
  }
  const { NaN: nan } = Number;
  const interval: Interval = [nan, nan];
  return {
    difference: nan,
    interval,
    standardError: nan,
    statistic: nan,
    ...UNKNOWN_P,
    aucA: nan,
    aucB: nan,
    varianceA: nan,
    varianceB: nan,
    covariance: nan,
    reason: sample.reason,
  };
}

/** The columns i and j compared. @internal */
export function pairOf(
  { aucs, covariance, ofDifferences, reason }: AucCovariance,
  i: number,
  j: number,
  level: number,
  alternative: Alternative,
): Omit<DelongTest, 'level' | 'alternative' | 'n' | 'positives' | 'negatives' | 'method'> {
  const difference = aucs[i] - aucs[j];
  const standardError = Math.sqrt(ofDifferences(i, j, i, j));
  const reach = zOf(level) * standardError;
  const why = standardError === 0 ? 'zero-variance' : reason;
  const known = standardError > 0;
  const statistic = known ? difference / standardError : Number.NaN;
  return {
    difference,
    interval: [difference - reach, difference + reach],
    standardError,
    statistic,
    ...(known ? normalP(statistic, alternative) : UNKNOWN_P),
    aucA: aucs[i],
    aucB: aucs[j],
    varianceA: covariance(i, i),
    varianceB: covariance(j, j),
    covariance: covariance(i, j),
    ...(why === undefined ? {} : { reason: why }),
  };
}
