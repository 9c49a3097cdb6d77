import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { type ClassLabel, codedLabels } from '../classification/classes.js';
import { checkedLevel, checkedOptions } from '../checks.js';
import { compensatedSum } from '../numeric/sum.js';
import type { NanPolicy, Reason } from '../reason.js';
import { type Kappa, testedKappa } from './kappa-record.js';

/** Options of {@link fleissKappa}. */
export interface FleissKappaOptions {
  /** All categories. Default: those that occur. */
  categories?: readonly ClassLabel[];
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with missing ratings (NaN); `'omit'` leaves out the subject. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** Agreement of several raters beyond chance. */
export interface FleissKappa extends Kappa {
  categories: readonly ClassLabel[];
  /** Share of each category among all ratings. */
  shares: Float64Array;
  /** Ratings of each subject. */
  raters: number;
}

const METHOD =
  "Fleiss' kappa, test with the standard error of Fleiss, Nee and Landis (1979), interval with that of Gwet";

/**
 * Fleiss' kappa of three or more raters into unordered categories; the raters need not be the same for each subject.
 *
 * Sources: Fleiss (1971, Psychol Bull 76:378); variances of Fleiss, Nee and Landis (1979, Psychol Bull 86:974) for the
 * test and of Gwet (2021, Educ Psychol Meas 81:781) for the interval.
 *
 * @param rows one row of categories (whole numbers or words, NaN where missing) for each subject, as many in each
 * @throws InvalidArgumentError for rows of different length, other labels or impossible options
 * @example
 * ```ts
 * import { fleissKappa } from '@steatosis/stats';
 *
 * const grades = [[0, 0, 0], [1, 1, 2], [2, 2, 2], [0, 1, 0], [3, 3, 3], [1, 1, 1]];
 * const { kappa, p } = fleissKappa(grades);
 * console.log(kappa.toFixed(3), p < 0.001); // 0.697 true
 * ```
 */
export function fleissKappa(
  rows: readonly ArrayLike<ClassLabel>[],
  options: FleissKappaOptions = {},
): FleissKappa {
  checkedOptions(options, ['categories', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const policy = checkedChoice('nanPolicy', options.nanPolicy ?? 'propagate', [
    'propagate',
    'omit',
    'raise',
  ]);
  const given: unknown = rows;
  if (!Array.isArray(given)) {
    throw new InvalidArgumentError('rows', given, 'an array with one row of ratings per subject');
  }
  const { classes, codes } = codedLabels(
    Object.fromEntries(rows.map((row, i) => [`rows[${i}]`, row])),
    options.categories,
  );
  const missing = codes.findIndex((row) => row.includes(-1));
  if (missing >= 0 && policy === 'raise') {
    throw new InvalidArgumentError(`rows[${missing}]`, rows[missing], 'all ratings');
  }
  const raters = codes.length === 0 ? 0 : codes[0].length;
  const complete = codes.filter((row) => !row.includes(-1));
  const n = complete.length;
  const common = { level, categories: classes, n, raters, method: METHOD };
  if (missing >= 0 && policy === 'propagate') {
    return { ...undefinedKappa('nan-input'), ...common, n: rows.length };
  }
  if (n === 0 || raters < 2) return { ...undefinedKappa('too-few-observations'), ...common };
  const counts = complete.map((row) => {
    const count = new Float64Array(classes.length);
    for (const code of row) count[code]++;
    return count;
  });
  return { ...estimated(counts, raters, level), ...common };
}

type Estimated = Omit<FleissKappa, 'level' | 'categories' | 'n' | 'raters' | 'method'>;

function estimated(counts: Float64Array[], raters: number, level: number): Estimated {
  const n = counts.length;
  const shares = new Float64Array(counts[0].length);
  for (const row of counts) row.forEach((count, k) => (shares[k] += count));
  const ratings = n * raters;
  shares.forEach((count, k) => (shares[k] = count / ratings));
  const agreements = Float64Array.from(
    counts,
    (row) => row.reduce((sum, count) => sum + count * (count - 1), 0) / (raters * (raters - 1)),
  );
  const observed = compensatedSum(agreements) / n;
  const expected = compensatedSum(shares.map((share) => share * share));
  // 1 − Σp² as Σp(1 − p), which is 0 for a single category.
  const room = compensatedSum(shares.map((share) => share * (1 - share)));
  const parts = { observedAgreement: observed, expectedAgreement: expected, shares };
  if (room === 0) return { ...undefinedKappa('constant-input'), ...parts };
  const kappa = (observed - expected) / room;
  const skew = compensatedSum(shares.map((share) => share * (1 - share) * (1 - 2 * share)));
  const standardErrorNull =
    (Math.SQRT2 * Math.sqrt(Math.max(0, room * room - skew))) /
    (room * Math.sqrt(ratings * (raters - 1)));
  const linearised = counts.map((row, i) => {
    const chance = row.reduce((sum, count, k) => sum + (count * shares[k]) / raters, 0);
    return (agreements[i] - expected - 2 * (1 - kappa) * (chance - expected)) / room;
  });
  const squares = linearised.map((value) => (value - kappa) ** 2);
  const standardError = n < 2 ? Number.NaN : Math.sqrt(compensatedSum(squares) / (n - 1) / n);
  const reason: Reason | undefined =
    observed === 1 ? 'zero-variance' : n < 2 ? 'too-few-observations' : undefined;
  return {
    ...testedKappa(kappa, standardError, standardErrorNull, level),
    ...parts,
    ...(reason === undefined ? {} : { reason }),
  };
}

function undefinedKappa(reason: Reason): Estimated {
  const { NaN: nan } = Number;
  return {
    ...testedKappa(nan, nan, nan, 0.95),
    observedAgreement: nan,
    expectedAgreement: nan,
    shares: new Float64Array(0),
    reason,
  };
}
