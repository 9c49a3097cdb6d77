import { InvalidArgumentError } from '@steatosis/core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import { adjustPValues, type PAdjustment } from '../multiple-testing/adjust-p-values.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { chiSquareUpper } from '../special/chi-square.js';
import { UNKNOWN_P } from '../special/p-value.js';
import { waldInterval } from './auc-interval.js';
import { type AucCovariance, aucCovariance } from './covariance.js';
import { pairOf } from './delong-test.js';
import { scoredSample } from './scored-sample.js';

/** Options of {@link compareAucs}. */
export interface CompareAucsOptions {
  /** The cluster of each observation (the patient of each ROI). Default: every observation by itself. */
  clusters?: ArrayLike<number | string>;
  /** Weight of each observation, finite and ≥ 0, as in `auc`. Default 1. */
  weights?: Numbers;
  /** How the P values of the pairs are adjusted for their number. Default `'holm'`. */
  adjust?: PAdjustment;
  /** Confidence level of every interval by itself, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN scores. Default `'propagate'`; `'omit'` leaves an observation out of all. */
  nanPolicy?: NanPolicy;
}

/** Two of several AUCs compared. */
export interface AucPair {
  /** Positions among the scores. */
  first: number;
  second: number;
  /** AUC of the first minus that of the second. */
  difference: number;
  interval: Interval;
  standardError: number;
  /** z = difference/SE */
  statistic: number;
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** `p` adjusted for the number of pairs. */
  adjustedP: number;
  reason?: Reason;
}

/** Several AUCs of the same observations, compared. */
export interface AucComparison {
  aucs: number[];
  /** DeLong's (or Obuchowski's) normal intervals, cut to 0 … 1. */
  intervals: Interval[];
  level: number;
  /** Between the AUCs, rows and columns in the order of scores. */
  covariance: number[][];
  /** χ² of the hypothesis that all AUCs are equal. */
  statistic: number;
  /** Scores less one; fewer where some of them rank the observations alike. */
  degreesOfFreedom: number;
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** All pairs. */
  pairs: AucPair[];
  n: number;
  positives: number;
  negatives: number;
  /** Clusters, when they were given. */
  clusters?: number;
  method: string;
  /** Why the test of all is NaN; absent when it is not. */
  reason?: Reason;
}

/**
 * The AUCs of several scores of the same observations: their covariance matrix, a test that all are equal, and all pairs with
 * adjusted P.
 *
 * The test is DeLong's χ² = (Lθ)ᵀ(LSLᵀ)⁻(Lθ) with contrasts L of every AUC against the first; scores that rank all
 * observations alike make the matrix singular, and degrees of freedom are its rank then.
 *
 * @param labels 0 or 1 for each observation
 * @param scores one array for each of two or more scores; high ones mean positive
 * @throws InvalidArgumentError for arrays of different length, fewer than two scores, other labels, or impossible options
 * @example
 * ```ts
 * import { compareAucs } from '@steatosis/stats';
 *
 * const labels = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
 * const readers = [
 *   [1, 2, 1, 3, 2, 3, 4, 5, 4, 5],
 *   [1, 1, 3, 4, 2, 3, 2, 5, 4, 4],
 *   [2, 1, 4, 3, 5, 3, 1, 5, 4, 2],
 * ];
 * const found = compareAucs(labels, readers);
 * console.log(found.aucs); // [ 0.98, 0.8, 0.5 ]
 * console.log(found.degreesOfFreedom, found.p.toFixed(3)); // 2 0.058
 * console.log(found.pairs.map(({ adjustedP }) => adjustedP.toFixed(3))); // [ '0.177', '0.052', '0.177' ]
 * ```
 */
export function compareAucs(
  labels: Numbers,
  scores: readonly Numbers[],
  options: CompareAucsOptions = {},
): AucComparison {
  checkedOptions(options, ['clusters', 'weights', 'adjust', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const adjust = options.adjust ?? 'holm';
  if (!Array.isArray(scores) || scores.length < 2) {
    throw new InvalidArgumentError('scores', scores, 'an array of two or more arrays');
  }
  const columns = Object.fromEntries(scores.map((column, i) => [`scores[${i}]`, column]));
  const sample = scoredSample(labels, columns, options);
  const found =
    sample.reason === undefined ? aucCovariance(sample) : unknownAucs(scores.length, sample.reason);
  const everyone = [...scores.keys()];
  const covariance = everyone.map((i) => everyone.map((j) => found.covariance(i, j)));
  const { n, positives, negatives } = sample;
  return {
    aucs: found.aucs,
    intervals: found.aucs.map(
      (area, i) => waldInterval(area, Math.sqrt(covariance[i][i]), level).interval,
    ),
    level,
    covariance,
    ...testOfAll(found),
    pairs: allPairs(found, level, adjust),
    n,
    positives,
    negatives,
    ...(sample.clusters === undefined ? {} : { clusters: sample.clusters.count }),
    method: `χ² test of ${scores.length} AUCs and paired tests with P adjusted (${adjust}), covariance ${
      options.clusters === undefined
        ? 'by DeLong et al. (1988)'
        : 'between clusters by Obuchowski (1997)'
    }`,
  };
}

function unknownAucs(count: number, reason: Reason): AucCovariance {
  const unknown = () => Number.NaN;
  const aucs = Array.from({ length: count }, unknown);
  return { aucs, covariance: unknown, ofDifferences: unknown, reason };
}

function allPairs(found: AucCovariance, level: number, adjust: PAdjustment): AucPair[] {
  const pairs: Omit<AucPair, 'adjustedP'>[] = [];
  for (let first = 0; first < found.aucs.length; first++) {
    for (let second = first + 1; second < found.aucs.length; second++) {
      const { difference, interval, standardError, statistic, p, logP, reason } = pairOf(
        found,
        first,
        second,
        level,
        'two-sided',
      );
      const pair = { first, second, difference, interval, standardError, statistic, p, logP };
      pairs.push(reason === undefined ? pair : { ...pair, reason });
    }
  }
  const adjusted = adjustPValues(
    pairs.map(({ p }) => p),
    adjust,
  );
  return pairs.map((pair, i) => ({ ...pair, adjustedP: adjusted[i] }));
}

type TestOfAll = Pick<AucComparison, 'statistic' | 'degreesOfFreedom' | 'p' | 'logP' | 'reason'>;

function testOfAll({ aucs, ofDifferences, reason }: AucCovariance): TestOfAll {
  const unknown = (why: Reason): TestOfAll => ({
    statistic: Number.NaN,
    degreesOfFreedom: Number.NaN,
    ...UNKNOWN_P,
    reason: why,
  });
  if (reason !== undefined) return unknown(reason);
  const others = [...aucs.keys()].slice(1);
  const matrix = new Matrix(others.map((i) => others.map((j) => ofDifferences(i, 0, j, 0))));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const negligible = 1e-12 * Math.max(...realEigenvalues);
  let statistic = 0;
  let degreesOfFreedom = 0;
  for (const [k, eigenvalue] of realEigenvalues.entries()) {
    const along = others.reduce(
      (sum, i, row) => sum + eigenvectorMatrix.get(row, k) * (aucs[i] - aucs[0]),
      0,
    );
    if (eigenvalue > negligible) {
      statistic += (along * along) / eigenvalue;
      degreesOfFreedom++;
    } else if (Math.abs(along) > 1e-9) {
      // AUCs differ in a direction in which they are said not to vary: no statistic is large enough.
      return unknown('zero-variance');
    }
  }
  if (degreesOfFreedom === 0) return unknown('zero-variance');
  return { statistic, degreesOfFreedom, ...chiSquareUpper(statistic, degreesOfFreedom) };
}
