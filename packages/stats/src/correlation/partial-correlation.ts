import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedAlternative, checkedChoice } from '../alternative.js';
import {
  checkedLevel,
  checkedOptions,
  finiteOrThrow,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import { centre } from '../numeric/centre.js';
import type { Reason } from '../reason.js';
import { independentRoot, leastSquares } from '../regression/least-squares.js';
import { powerOfTwo, standardColumns } from '../regression/standard-columns.js';
import { centredRanks } from './centred-ranks.js';
import { coefficientOf } from './coefficient.js';
import {
  type Correlation,
  type CorrelationOptions,
  correlationRecord,
  undefinedCorrelation,
} from './result.js';

/** Options of {@link partialCorrelation}. */
export interface PartialCorrelationOptions extends CorrelationOptions {
  /** `'pearson'` (default): of the values. `'spearman'`: of the mid-ranks of all variables, the covariates' too. */
  method?: 'pearson' | 'spearman';
}

const WORDS = {
  pearson: "partial Pearson's r",
  spearman: "partial Spearman's rho with mid-ranks",
};

/**
 * The correlation of two variables with others held fixed: that of what is left of both after a linear regression on the covariates.
 *
 * The regressions are solved to the last digits of a double, so that variables that the covariates determine nearly (or that lie on a line
 * with each other) keep a right coefficient and t.
 *
 * Source: t = r √(ν/(1 − r²)) with ν = n − 2 − k; interval tanh(atanh r ± z/√(n − k − 3)) for k covariates (Fisher 1924, Metron 3:329).
 *
 * @param x one number per observation
 * @param y as many numbers
 * @param covariates the variables held fixed: one array, or an array of them, each as long as `x`
 * @returns NaN with a `reason` where fewer than k + 2 observations are left, x or y is constant, or the covariates determine one of them
 *   or each other (`collinear`)
 * @throws InvalidArgumentError for arrays of different length, infinities (in values, not in ranks) or an impossible option
 * @example
 * ```ts
 * import { partialCorrelation, pearson } from '@steatosis/stats';
 *
 * const pdffPercent = [3.1, 5.9, 9.4, 4.2, 8.8, 4.0, 12.5, 7.1];
 * const alanineAminotransferase = [18, 30, 44, 25, 39, 21, 58, 33];
 * const bodyMassIndex = [22.1, 26.0, 29.7, 24.2, 30.1, 23.0, 33.5, 27.2];
 * console.log(pearson(pdffPercent, alanineAminotransferase).coefficient.toFixed(3)); // 0.993
 * const { coefficient, degreesOfFreedom, p } = partialCorrelation(
 *   pdffPercent,
 *   alanineAminotransferase,
 *   [bodyMassIndex],
 * );
 * console.log(coefficient.toFixed(3), degreesOfFreedom, p.toFixed(3)); // 0.748 5 0.053
 * ```
 */
export function partialCorrelation(
  x: Numbers,
  y: Numbers,
  covariates: Numbers | readonly Numbers[],
  options: PartialCorrelationOptions = {},
): Correlation {
  checkedOptions(options, ['method', 'level', 'alternative', 'nanPolicy']);
  const kind = checkedChoice('method', options.method ?? 'pearson', ['pearson', 'spearman']);
  const others = listed(covariates);
  const asked = {
    level: checkedLevel(options.level),
    alternative: checkedAlternative(options.alternative),
    method: `${WORDS[kind]} with ${others.length} ${others.length === 1 ? 'covariate' : 'covariates'} held fixed, P by Student's t, interval by Fisher's z`,
  };
  const columns: Record<string, Numbers> = { x, y };
  others.forEach((covariate, j) => (columns[`covariates[${j}]`] = covariate));
  for (const name of Object.keys(columns)) sameLength('x', x, name, columns[name]);
  const kept = keptObservations(columns, options.nanPolicy);
  const k = others.length;
  if (kept === 'nan') return unknown(x.length, k, asked, 'nan-input');
  const [a, b, ...fixed] = Object.keys(columns).map((name) => {
    const values = keptValues(columns[name], kept);
    if (kind === 'spearman') return centredRanks(values);
    finiteOrThrow(name, values);
    return values;
  });
  const n = a.length;
  if (n < k + 2) return unknown(n, k, asked, 'too-few-observations');
  if (isConstant(a) || isConstant(b)) return unknown(n, k, asked, 'constant-input');
  const left = [a, b].map((values) => residualsOf(values, fixed));
  const [u, v] = left;
  if (u === undefined || v === undefined) return unknown(n, k, asked, 'collinear');
  return correlationRecord({
    coefficient: coefficientOf(u, v),
    n,
    covariates: k,
    ...asked,
    standardErrorOfZ: 1 / Math.sqrt(n - k - 3),
  });
}

/** What is left after a regression on the covariates; undefined where the columns depend on each other. */
function residualsOf(
  values: Float64Array,
  covariates: readonly Float64Array[],
): Float64Array | undefined {
  const n = values.length;
  const fit = leastSquares(standardColumns(covariates, true, n), scaled(values));
  if ('dependent' in fit) return undefined;
  const root = independentRoot(standardColumns([...covariates, values], true, n));
  return 'dependent' in root ? undefined : centre(fit.residuals).deviations;
}

/** About 1 in size. By a power of two and not about their mean, so that no digit is rounded away. */
function scaled(values: Float64Array): Float64Array {
  const unit = powerOfTwo(values.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  return values.map((value) => value / unit);
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

function listed(covariates: Numbers | readonly Numbers[]): readonly Numbers[] {
  const given: unknown = covariates;
  if (ArrayBuffer.isView(given)) return [covariates as Numbers];
  if (!Array.isArray(given)) {
    throw new InvalidArgumentError('covariates', given, 'an array of numbers, or of such arrays');
  }
  return typeof given[0] === 'number'
    ? [covariates as Numbers]
    : (covariates as readonly Numbers[]);
}

function unknown(
  n: number,
  covariates: number,
  asked: { level: number; alternative: Alternative; method: string },
  reason: Reason,
): Correlation {
  const degreesOfFreedom = Math.max(0, n - 2 - covariates);
  return { ...undefinedCorrelation(n, asked, reason), degreesOfFreedom };
}
