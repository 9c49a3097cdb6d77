import { checkedAlternative } from '../alternative.js';
import {
  checkedLevel,
  checkedNanPolicy,
  checkedOptions,
  finiteOrThrow,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import { type Centred, centre } from '../numeric/centre.js';
import { type Coefficient, coefficientOf } from './coefficient.js';
import { plainCoefficient } from './plain-coefficient.js';
import {
  type Asked,
  type Correlation,
  type CorrelationOptions,
  correlationRecord,
  undefinedCorrelation,
} from './result.js';

/** @internal */
export const PEARSON_METHOD = "Pearson's r, P by Student's t, interval by Fisher's z";

/**
 * Pearson's product-moment correlation of two variables, with its P and interval.
 *
 * Where the data need it, sums are taken over values that were centred and scaled first, so that an offset of 1e12 or values near
 * 1e±160 keep their digits, and 1 − |r| is computed by itself, so that t is right for nearly perfect lines too. `Float64Array`s are the
 * fastest.
 *
 * Source: t = r √((n − 2)/(1 − r²)); interval tanh(atanh r ± z/√(n − 3)) (Fisher 1921).
 *
 * @param x one number per observation
 * @param y as many numbers
 * @returns NaN with a `reason` for fewer than two pairs, a constant variable or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for arrays of different length, infinities or an impossible option
 * @example
 * ```ts
 * import { pearson } from '@steatosis/stats';
 *
 * const age = [31, 45, 52, 38, 60, 27];
 * const pdffPercent = [3.1, 5.9, 9.4, 4.2, 8.8, 4.0];
 * const { coefficient, interval, p } = pearson(age, pdffPercent);
 * console.log(coefficient.toFixed(3)); // 0.919
 * console.log(interval.map((limit) => limit.toFixed(2))); // [ '0.42', '0.99' ]
 * console.log(p.toFixed(4)); // 0.0095
 * ```
 */
export function pearson(x: Numbers, y: Numbers, options: CorrelationOptions = {}): Correlation {
  checkedOptions(options, ['level', 'alternative', 'nanPolicy']);
  const asked = {
    level: checkedLevel(options.level),
    alternative: checkedAlternative(options.alternative),
    method: PEARSON_METHOD,
  };
  sameLength('x', x, 'y', y);
  checkedNanPolicy(options.nanPolicy);
  // Typed arrays of ordinary data are not looked through beforehand for what the sums would show.
  const typed = x instanceof Float64Array && y instanceof Float64Array;
  const quick = typed ? plainCoefficient(x, y) : undefined;
  if (quick !== undefined) return recordOf(quick, x.length, asked);
  const kept = keptObservations({ x, y }, options.nanPolicy);
  if (kept === 'nan') return undefinedCorrelation(x.length, asked, 'nan-input');
  const a = keptValues(x, kept);
  const b = keptValues(y, kept);
  const plain = plainCoefficient(a, b);
  if (plain !== undefined) return recordOf(plain, a.length, asked);
  finiteOrThrow('x', a);
  finiteOrThrow('y', b);
  return sureRecord(centre(a), centre(b), asked);
}

/** A variable of several pairs. */
export interface PreparedForPearson {
  /** Finite. */
  values: Float64Array;
  centred: Centred;
}

/** @internal */
export function pearsonOf(x: PreparedForPearson, y: PreparedForPearson, asked: Asked): Correlation {
  const plain = plainCoefficient(x.values, y.values);
  return plain === undefined
    ? sureRecord(x.centred, y.centred, asked)
    : recordOf(plain, x.values.length, asked);
}

/**
 * Right for all finite data.
 *
 * @internal
 */
export function sureRecord(u: Centred, v: Centred, asked: Asked): Correlation {
  const n = u.deviations.length;
  if (n < 2) return undefinedCorrelation(n, asked, 'too-few-observations');
  if (u.scale === 0 || v.scale === 0) return undefinedCorrelation(n, asked, 'constant-input');
  return recordOf(coefficientOf(u.deviations, v.deviations), n, asked);
}

function recordOf(coefficient: Coefficient, n: number, asked: Asked): Correlation {
  return correlationRecord({ coefficient, n, ...asked, standardErrorOfZ: 1 / Math.sqrt(n - 3) });
}
