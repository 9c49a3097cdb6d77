import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { type ClassLabel, codedLabels, crossTable } from '../classification/classes.js';
import { checkedArray, checkedCount, checkedLevel, checkedOptions } from '../checks.js';
import type { NanPolicy } from '../reason.js';
import {
  distanceWeights,
  identityWeights,
  type KappaOfTable,
  kappaOfTable,
} from './kappa-of-table.js';
import { type Kappa, testedKappa } from './kappa-record.js';

/**
 * Credit for each pair of categories: `'unweighted'` counts agreement only; `'linear'` and `'quadratic'` fall with the
 * number of categories between; or a square matrix of 0 … 1 with 1 on its diagonal.
 */
export type KappaWeights = 'unweighted' | 'linear' | 'quadratic' | readonly (readonly number[])[];

/** Options of {@link cohenKappaTable}. */
export interface KappaTableOptions {
  /** Default `'unweighted'`. */
  weights?: KappaWeights;
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
}

/** Options of {@link cohenKappa}. */
export interface CohenKappaOptions extends KappaTableOptions {
  /**
   * All categories in their order. Default: those that occur, numbers upwards. Weights go by position, so words and
   * scales with unused grades need this.
   */
  categories?: readonly ClassLabel[];
  /** What to do with pairs in which a rating is NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** Agreement of two raters beyond chance; standard errors of Fleiss, Cohen and Everitt (1969). */
export interface CohenKappa extends Kappa {
  /** Counts, the first rater's categories in rows. */
  table: readonly (readonly number[])[];
}

/**
 * Cohen's kappa of two raters, plain or weighted, with interval and test.
 *
 * Sources: Cohen (1960, 1968); standard errors of Fleiss, Cohen and Everitt (1969).
 *
 * @param a the first rater's categories: whole numbers or words, NaN where missing
 * @param b the second rater's
 * @throws InvalidArgumentError for arrays of different length, other labels, words with linear or quadratic weights but no
 * `categories`, or impossible options
 * @example
 * ```ts
 * import { cohenKappa } from '@steatosis/stats';
 *
 * const readerA = [0, 0, 1, 2, 3, 1, 2, 0, 3, 2];
 * const readerB = [0, 1, 1, 2, 3, 1, 3, 0, 2, 2];
 * console.log(cohenKappa(readerA, readerB).kappa.toFixed(3)); // 0.600
 * console.log(cohenKappa(readerA, readerB, { weights: 'quadratic' }).kappa.toFixed(3)); // 0.870
 * ```
 */
export function cohenKappa(
  a: ArrayLike<ClassLabel>,
  b: ArrayLike<ClassLabel>,
  options: CohenKappaOptions = {},
): CohenKappa {
  checkedOptions(options, ['weights', 'level', 'categories', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const { weights = 'unweighted' } = options;
  const policy = checkedChoice('nanPolicy', options.nanPolicy ?? 'propagate', [
    'propagate',
    'omit',
    'raise',
  ]);
  const { classes, codes } = codedLabels({ a, b }, options.categories);
  const ordered = weights === 'linear' || weights === 'quadratic';
  if (ordered && options.categories === undefined && typeof classes[0] === 'string') {
    throw new InvalidArgumentError(
      'categories',
      undefined,
      `the order of ${classes.join(', ')}, which ${weights} weights need`,
    );
  }
  const matrix = checkedWeights(weights, classes.length);
  const table = crossTable(classes.length, codes[0], codes[1]);
  const missing = missingPair(codes[0], codes[1]);
  if (missing >= 0 && policy !== 'omit') {
    if (policy === 'raise') {
      throw new InvalidArgumentError(`pair ${missing}`, [a[missing], b[missing]], 'two categories');
    }
    return { ...record(undefined, table, a.length, level, weights), reason: 'nan-input' };
  }
  return record(kappaOfTable(table, matrix), table, total(table), level, weights);
}

/**
 * Cohen's kappa from a square table of counts.
 *
 * @param table one row for each category of the first rater, one column for each of the second, in the same order
 * @throws InvalidArgumentError for a table that is not square, other counts or impossible options
 * @example
 * ```ts
 * import { cohenKappaTable } from '@steatosis/stats';
 *
 * const table = [[22, 5, 1, 0], [4, 18, 6, 2], [1, 5, 16, 4], [0, 1, 3, 12]];
 * const { kappa, interval } = cohenKappaTable(table, { weights: 'quadratic' });
 * console.log(kappa.toFixed(3), interval.map((limit) => limit.toFixed(3))); // 0.788 [ '0.699', '0.877' ]
 * ```
 */
export function cohenKappaTable(
  table: readonly (readonly number[])[],
  options: KappaTableOptions = {},
): CohenKappa {
  checkedOptions(options, ['weights', 'level']);
  const level = checkedLevel(options.level);
  const given: unknown = table;
  if (!Array.isArray(given)) throw new InvalidArgumentError('table', given, 'a square table');
  table.forEach((row, i) => {
    checkedArray(`table[${i}]`, row);
    if (row.length !== table.length) {
      throw new InvalidArgumentError(
        `table[${i}]`,
        `${row.length} counts`,
        `${table.length}, as many as rows`,
      );
    }
    for (let j = 0; j < row.length; j++) checkedCount(`table[${i}][${j}]`, row[j]);
  });
  const weights = options.weights ?? 'unweighted';
  const matrix = checkedWeights(weights, table.length);
  return record(kappaOfTable(table, matrix), table, total(table), level, weights);
}

function missingPair(a: Int32Array, b: Int32Array): number {
  return a.findIndex((code, i) => code < 0 || b[i] < 0);
}

function checkedWeights(weights: KappaWeights, size: number): readonly ArrayLike<number>[] {
  if (weights === 'unweighted') return identityWeights(size);
  if (weights === 'linear') return distanceWeights(size, 1);
  if (weights === 'quadratic') return distanceWeights(size, 2);
  const matrix: unknown = weights;
  if (!Array.isArray(matrix) || weights.length !== size) {
    throw new InvalidArgumentError(
      'weights',
      weights,
      `'unweighted', 'linear', 'quadratic' or a ${size} × ${size} matrix`,
    );
  }
  weights.forEach((row, i) => {
    if (row.length !== size) {
      throw new InvalidArgumentError(`weights[${i}]`, row, `${size} numbers of 0 … 1`);
    }
    row.forEach((weight, j) => {
      if (!(weight >= 0 && weight <= 1) || (i === j && weight !== 1)) {
        throw new InvalidArgumentError(
          `weights[${i}][${j}]`,
          weight,
          i === j ? '1, full agreement' : 'a number of 0 … 1',
        );
      }
    });
  });
  return weights;
}

function total(table: readonly (readonly number[])[]): number {
  return table.flat().reduce((sum, count) => sum + count, 0);
}

function record(
  found: KappaOfTable | undefined,
  table: readonly (readonly number[])[],
  n: number,
  level: number,
  weights: KappaWeights,
): CohenKappa {
  const { NaN: nan } = Number;
  const { kappa, standardError, standardErrorNull, observed, expected, reason } = found ?? {
    kappa: nan,
    standardError: nan,
    standardErrorNull: nan,
    observed: nan,
    expected: nan,
  };
  const name = typeof weights === 'string' ? weights : 'given';
  return {
    ...testedKappa(kappa, standardError, standardErrorNull, level),
    level,
    observedAgreement: observed,
    expectedAgreement: expected,
    table,
    n,
    method: `Cohen's kappa, ${name === 'unweighted' ? name : `${name} weights`}; Fleiss, Cohen and Everitt's standard errors`,
    ...(reason === undefined ? {} : { reason }),
  };
}
