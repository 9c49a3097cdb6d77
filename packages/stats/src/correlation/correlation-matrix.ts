import { type Alternative, checkedAlternative, checkedChoice } from '../alternative.js';
import { checkedLevel, checkedOptions, keptObservations, keptValues } from '../checks.js';
import {
  adjustPValues,
  P_ADJUSTMENTS,
  type PAdjustment,
} from '../multiple-testing/adjust-p-values.js';
import type { Interval, Reason } from '../reason.js';
import {
  type AskedOfMatrix,
  kendallKind,
  type MatrixEntry,
  type MatrixKind,
  type MatrixMethod,
  pearsonKind,
  spearmanKind,
} from './matrix-kinds.js';
import { type Columns, type Variables, variablesOf } from './matrix-variables.js';
import type { CorrelationOptions } from './result.js';

/** Options of {@link correlationMatrix}. */
export interface CorrelationMatrixOptions extends CorrelationOptions {
  /** Which correlation, with the defaults of its own function. Default `'pearson'`. */
  method?: MatrixMethod;
  /** How P values are adjusted for the number of pairs of variables. Default `'holm'`; `'none'` leaves them as they are. */
  adjust?: PAdjustment | 'none';
  /**
   * What `nanPolicy: 'omit'` leaves out: from each pair of variables the observations that miss one of them (`'pairwise'`, default), or
   * from all pairs those that miss any variable (`'listwise'`).
   */
  deletion?: 'pairwise' | 'listwise';
}

/** The correlation of one pair of variables. */
export interface CorrelationPair {
  /** Names of the two variables. */
  x: string;
  y: string;
  /** −1 … 1; NaN where it is undefined (see `reason`). */
  coefficient: number;
  /** Two-sided confidence interval at the matrix's `level`, not adjusted. */
  interval: Interval;
  /** t, for Kendall's τ z. */
  statistic: number;
  /** P of no correlation, not adjusted. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** `p` adjusted for the number of pairs that have one. */
  adjustedP: number;
  /** Observations used. */
  n: number;
  /** How coefficient, P and interval were computed, in words. */
  method: string;
  /** Why a value is NaN, or should not be trusted; absent otherwise. */
  reason?: Reason;
}

/** Correlations of every pair of several variables. */
export interface CorrelationMatrix {
  /** Names of the variables, in the order of rows and columns. */
  names: string[];
  /** Symmetric, 1 on the diagonal; NaN where it is undefined. */
  coefficients: number[][];
  /** P of no correlation under `alternative`, not adjusted; symmetric. On the diagonal that of a variable with itself. */
  p: number[][];
  /** `p` adjusted for the number of pairs of different variables that have one; the diagonal stays. */
  adjustedP: number[][];
  /** Observations behind each coefficient. */
  n: number[][];
  /** Each pair of different variables once, with its interval: first and second, first and third, … second and third, … */
  pairs: CorrelationPair[];
  level: number;
  alternative: Alternative;
  /** Which correlation, in words; each pair says how its P and interval were computed. */
  method: string;
  /** How P values were adjusted. */
  adjustment: PAdjustment | 'none';
}

/**
 * Correlations of every pair of several variables, with intervals and P values adjusted for the number of pairs.
 *
 * @param columns the variables: arrays of equal length by name, or in an array (then called `'1'`, `'2'`, …)
 * @throws InvalidArgumentError for no variable, arrays of different length, infinities (Pearson) or an impossible option
 * @example
 * ```ts
 * import { correlationMatrix } from '@steatosis/stats';
 *
 * const { names, coefficients, pairs } = correlationMatrix(
 *   {
 *     age: [31, 45, 52, 38, 60, 27, 49],
 *     pdffPercent: [3.1, 5.9, 9.4, 4.2, 8.8, 4.0, 7.7],
 *     r2Star: [38, 40, 47, 36, 45, 39, 43],
 *   },
 *   { method: 'spearman', adjust: 'holm' },
 * );
 * console.log(names); // [ 'age', 'pdffPercent', 'r2Star' ]
 * console.log(coefficients[0].map((rho) => rho.toFixed(2))); // [ '1.00', '0.93', '0.82' ]
 * const [{ x, y, p, adjustedP }] = pairs;
 * console.log(`${x}, ${y}: ${p.toFixed(4)}, ${adjustedP.toFixed(4)}`); // age, pdffPercent: 0.0025, 0.0076
 * ```
 */
export function correlationMatrix(
  columns: Columns,
  options: CorrelationMatrixOptions = {},
): CorrelationMatrix {
  checkedOptions(options, ['method', 'adjust', 'deletion', 'level', 'alternative', 'nanPolicy']);
  const method = checkedChoice('method', options.method ?? 'pearson', [
    'pearson',
    'spearman',
    'kendall',
  ]);
  const asked = {
    adjustment: checkedChoice('adjust', options.adjust ?? 'holm', ['none', ...P_ADJUSTMENTS]),
    level: checkedLevel(options.level),
    alternative: checkedAlternative(options.alternative),
  };
  const variables = variablesOf(columns, options);
  if (method === 'pearson') return matrixOf(pearsonKind, variables, asked);
  return matrixOf(method === 'spearman' ? spearmanKind : kendallKind, variables, asked);
}

/** Entries of the upper triangle, each row from its diagonal on. */
function entriesOf<T>(
  kind: MatrixKind<T>,
  { names, values, missing, pairwise }: Variables,
  asked: AskedOfMatrix,
): MatrixEntry[][] {
  const complete = values.map((list, j) =>
    missing[j] ? undefined : kind.prepared(names[j], list),
  );
  const entry = (i: number, j: number): MatrixEntry => {
    const [x, y] = [complete[i], complete[j]];
    if (x !== undefined && y !== undefined) return kind.correlate(x, y, asked);
    if (!pairwise) return missingEntry(values[i].length, kind.words);
    const kept = keptObservations({ x: values[i], y: values[j] }, 'omit');
    const [a, b] = [i, j].map((k) => kind.prepared(names[k], keptValues(values[k], kept)));
    return kind.correlate(a, b, asked);
  };
  return names.map((_, i) => names.slice(i).map((_unused, k) => entry(i, i + k)));
}

function missingEntry(n: number, method: string): MatrixEntry {
  const { NaN: nan } = Number;
  return {
    coefficient: nan,
    interval: [nan, nan],
    statistic: nan,
    p: nan,
    logP: nan,
    n,
    method,
    reason: 'nan-input',
  };
}

function matrixOf<T>(
  kind: MatrixKind<T>,
  variables: Variables,
  asked: AskedOfMatrix & { adjustment: PAdjustment | 'none' },
): CorrelationMatrix {
  const { names } = variables;
  const { level, alternative, adjustment } = asked;
  const entries = entriesOf(kind, variables, { level, alternative });
  const upper = entries.flatMap((row, i) =>
    row.slice(1).map((found, k) => ({ i, j: i + 1 + k, found })),
  );
  const p = Float64Array.from(upper, ({ found }) => found.p);
  const adjusted = adjustment === 'none' ? p : adjustPValues(p, adjustment);

  const square = (value: (found: MatrixEntry) => number) =>
    names.map((_, i) => names.map((_unused, j) => value(entries[Math.min(i, j)][Math.abs(i - j)])));
  const adjustedP = square((found) => found.p);
  upper.forEach(({ i, j }, pair) => {
    adjustedP[i][j] = adjusted[pair];
    adjustedP[j][i] = adjusted[pair];
  });
  return {
    names,
    coefficients: square((found) => found.coefficient),
    p: square((found) => found.p),
    adjustedP,
    n: square((found) => found.n),
    pairs: upper.map(({ i, j, found }, pair) => ({
      x: names[i],
      y: names[j],
      coefficient: found.coefficient,
      interval: found.interval,
      statistic: found.statistic,
      p: found.p,
      logP: found.logP,
      adjustedP: adjusted[pair],
      n: found.n,
      method: found.method,
      ...(found.reason === undefined ? {} : { reason: found.reason }),
    })),
    level,
    alternative,
    method: kind.words,
    adjustment,
  };
}
