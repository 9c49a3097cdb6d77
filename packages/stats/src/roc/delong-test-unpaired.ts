import { checkedAlternative } from '../alternative.js';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import type { NanPolicy, Reason } from '../reason.js';
import { UNKNOWN_P } from '../special/p-value.js';
import { studentQuantile } from '../special/student-t-quantile.js';
import { studentP } from '../special/student-t.js';
import type { AucTest, AucTestOptions } from './auc-test.js';
import { auc, type AucResult } from './auc.js';

/** Options of {@link delongTestUnpaired}. */
export interface DelongTestUnpairedOptions extends AucTestOptions {
  /** Clusters of the first sample (the patient of each ROI). Default: every observation by itself. */
  clustersA?: ArrayLike<number | string>;
  /** Clusters of the second sample. */
  clustersB?: ArrayLike<number | string>;
}

/** The AUCs of two independent samples, compared. */
export interface DelongTestUnpaired extends AucTest {
  /** By Welch and Satterthwaite. */
  degreesOfFreedom: number;
  nA: number;
  nB: number;
}

/**
 * DeLong's test of the AUCs of two independent samples: does a score separate as well in another hospital?
 *
 * The variances of both AUCs add up; the statistic is referred to Student's t with degrees of freedom by Welch and
 * Satterthwaite from the sizes of both samples (their clusters, where given), as pROC does for unpaired curves.
 *
 * @param labelsA 0 or 1 for each observation of the first sample
 * @param scoresA as many numbers; high ones mean positive
 * @param labelsB of the second sample
 * @param scoresB as many numbers
 * @returns P is NaN with the reason `zero-variance` where neither AUC varies
 * @throws InvalidArgumentError for arrays of different length, other labels, or impossible options
 * @example
 * ```ts
 * import { delongTestUnpaired } from '@steatosis/stats';
 *
 * const here = { labels: [0, 0, 0, 0, 1, 1, 1, 1], scores: [1, 2, 3, 5, 4, 6, 7, 8] };
 * const there = { labels: [0, 0, 0, 0, 1, 1, 1, 1], scores: [1, 4, 5, 7, 2, 3, 6, 8] };
 * const test = delongTestUnpaired(here.labels, here.scores, there.labels, there.scores);
 * console.log(test.difference); // 0.375
 * console.log(test.degreesOfFreedom.toFixed(1)); // 8.8
 * ```
 */
export function delongTestUnpaired(
  labelsA: Numbers,
  scoresA: Numbers,
  labelsB: Numbers,
  scoresB: Numbers,
  options: DelongTestUnpairedOptions = {},
): DelongTestUnpaired {
  checkedOptions(options, ['clustersA', 'clustersB', 'alternative', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const alternative = checkedAlternative(options.alternative);
  const { clustersA, clustersB, nanPolicy } = options;
  const a = areaOf(labelsA, scoresA, clustersA, nanPolicy);
  const b = areaOf(labelsB, scoresB, clustersB, nanPolicy);
  const variance = a.variance + b.variance;
  const standardError = Math.sqrt(variance);
  const difference = a.auc - b.auc;
  const reason = unknownReason(a, b, variance);
  const degreesOfFreedom =
    variance ** 2 / (a.variance ** 2 / freedomOf(a) + b.variance ** 2 / freedomOf(b));
  const statistic = variance > 0 ? difference / standardError : Number.NaN;
  const reach =
    variance > 0
      ? -studentQuantile((1 - level) / 2, degreesOfFreedom) * standardError
      : standardError;
  return {
    difference,
    interval: [difference - reach, difference + reach],
    level,
    standardError,
    statistic,
    degreesOfFreedom,
    ...(variance > 0 ? studentP(statistic, degreesOfFreedom, alternative) : UNKNOWN_P),
    alternative,
    aucA: a.auc,
    aucB: b.auc,
    varianceA: a.variance,
    varianceB: b.variance,
    nA: a.n,
    nB: b.n,
    method: 'test of two independent AUCs, variances by DeLong et al. (1988), t by Welch',
    ...(reason === undefined ? {} : { reason }),
  };
}

function areaOf(
  labels: Numbers,
  scores: Numbers,
  clusters: ArrayLike<number | string> | undefined,
  nanPolicy: NanPolicy | undefined,
): AucResult {
  return auc(labels, scores, {
    ...(clusters === undefined ? {} : { clusters }),
    ...(nanPolicy === undefined ? {} : { nanPolicy }),
  });
}

/** Independent units less one. */
function freedomOf({ n, clusters }: AucResult): number {
  return (clusters ?? n) - 1;
}

function unknownReason(a: AucResult, b: AucResult, variance: number): Reason | undefined {
  if (variance === 0) return 'zero-variance';
  // A perfect AUC beside one that varies still gives a test; only what is NaN needs a reason.
  if (Number.isNaN(a.variance)) return a.reason;
  return Number.isNaN(b.variance) ? b.reason : undefined;
}
