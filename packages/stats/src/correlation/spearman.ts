import { InvalidArgumentError } from '@steatosis/core';
import {
  checkedLevel,
  checkedOptions,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import { NotSupportedError } from '../errors.js';
import { coefficientOf } from './coefficient.js';
import { doubledRanks } from './ranks.js';
import {
  type Correlation,
  type CorrelationOptions,
  correlationRecord,
  undefinedCorrelation,
} from './result.js';

/** Options of {@link spearman}. */
export interface SpearmanOptions extends CorrelationOptions {
  /**
   * Where P comes from. `'t'`: Student's t approximation, as SPSS and SciPy have it (default). `'exact'` and
   * `'edgeworth'` (R's default for 10 ≤ n < 1290 without ties) throw a `NotSupportedError` so far.
   */
  method?: 't' | 'exact' | 'edgeworth';
}

const METHOD =
  "Spearman's rho with mid-ranks, two-sided P by Student's t approximation, interval by Bonett and Wright (2000)";

/**
 * Spearman's rank correlation of two variables, with its two-sided P and interval.
 *
 * Ties share their mid-rank; −0 and +0 tie; infinities are ranked like other numbers. The interval is
 * tanh(atanh ρ ± z √((1 + ρ²/2)/(n − 3))) (Bonett and Wright 2000, equation 6), which covers better than Fisher's
 * where ρ is large.
 *
 * @param x one number per observation
 * @param y as many numbers
 * @returns NaN with a `reason` for fewer than two pairs, a constant variable or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for arrays of different length or an impossible option
 * @throws NotSupportedError for the methods `'exact'` and `'edgeworth'`
 * @example
 * ```ts
 * import { spearman } from '@steatosis/stats';
 *
 * const steatosisGrade = [0, 0, 1, 0, 1, 2, 3, 0];
 * const pdffPercent = [2.1, 3.3, 8.0, 4.4, 6.9, 16.2, 27.5, 5.8];
 * const result = spearman(steatosisGrade, pdffPercent);
 * console.log(result.coefficient.toFixed(4)); // 0.9322
 * console.log(result.p.toFixed(5)); // 0.00074
 * ```
 */
export function spearman(x: Numbers, y: Numbers, options: SpearmanOptions = {}): Correlation {
  checkedOptions(options, ['method', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  checkMethod(options.method);
  sameLength('x', x, 'y', y);
  const kept = keptObservations({ x, y }, options.nanPolicy);
  if (kept === 'nan') return undefinedCorrelation(x.length, level, METHOD, 'nan-input');
  const dx = centredRanks(keptValues(x, kept));
  const dy = centredRanks(keptValues(y, kept));
  const n = dx.length;
  if (n < 2) return undefinedCorrelation(n, level, METHOD, 'too-few-observations');
  if (allZero(dx) || allZero(dy)) return undefinedCorrelation(n, level, METHOD, 'constant-input');
  const coefficient = coefficientOf(dx, dy);
  return correlationRecord({
    coefficient,
    n,
    level,
    method: METHOD,
    standardErrorOfZ: Math.sqrt((1 + coefficient.r ** 2 / 2) / (n - 3)),
  });
}

function checkMethod(method: SpearmanOptions['method'] = 't'): void {
  if (method === 'exact' || method === 'edgeworth') {
    throw new NotSupportedError('method', method, ['t']);
  }
  if (method !== 't') throw new InvalidArgumentError('method', method, "'t'");
}

/** Doubled mid-ranks about their mean n + 1: whole numbers, exact. */
function centredRanks(values: Float64Array): Float64Array {
  const ranks = doubledRanks(values);
  const middle = ranks.length + 1;
  for (let i = 0; i < ranks.length; i++) ranks[i] -= middle;
  return ranks;
}

function allZero(values: Float64Array): boolean {
  return values.every((value) => value === 0);
}
