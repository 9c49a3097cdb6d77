import { checkedOptions, type Numbers } from '../checks.js';
import { centre } from '../numeric/centre.js';
import { sortUpwards } from '../numeric/sort.js';
import { dot } from '../numeric/sum.js';
import type { NanPolicy, Reason } from '../reason.js';
import { normalP, normalQuantile } from '../special/normal.js';
import type { PValue } from '../special/p-value.js';
import { finiteSample } from './samples.js';

/** Options of {@link shapiroWilk}. */
export interface ShapiroWilkOptions {
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A Shapiro–Wilk test. */
export interface ShapiroWilk extends PValue {
  /** W, up to 1: how straight the normal quantile plot is. */
  statistic: number;
  /** P of a normal distribution. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Values used. */
  n: number;
  /** The test in words. */
  method: string;
  /**
   * Why a value is NaN; with numbers beside it, `'outside-approximation'` for more than 5000 values, for which P was never
   * fitted, and `'boundary-estimate'` for three values of which two are equal, the least W there is.
   */
  reason?: Reason;
}

/**
 * The Shapiro–Wilk test of normality.
 *
 * Source: Shapiro and Wilk (1965) Biometrika 52:591 with Royston's coefficients and P (1995, Applied Statistics 44:547,
 * algorithm AS R94), fitted for 3 … 5000 values. With more of them W and P are computed all the same and `reason` says so.
 *
 * A large P does not show that data are normal; small samples seldom give a small one.
 *
 * @param x numbers in any order
 * @returns NaN with a `reason` for fewer than three values, values that are all equal, or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for infinities or an impossible option
 * @example
 * ```ts
 * import { shapiroWilk } from '@steatosis/stats';
 *
 * const pdffPercent = [2.1, 3.3, 4.4, 2.9, 6.1, 5.8, 9.4, 14.2, 3.7, 7.5];
 * const { statistic, p } = shapiroWilk(pdffPercent);
 * console.log(statistic.toFixed(3), p.toFixed(3)); // 0.882 0.137
 * ```
 */
export function shapiroWilk(x: Numbers, options: ShapiroWilkOptions = {}): ShapiroWilk {
  checkedOptions(options, ['nanPolicy']);
  const method = 'Shapiro–Wilk test, coefficients and P by Royston (1995)';
  const undefinedTest = (n: number, reason: Reason): ShapiroWilk => {
    const { NaN: nan } = Number;
    return { statistic: nan, p: nan, logP: nan, n, method, reason };
  };
  const kept = finiteSample('x', x, options.nanPolicy);
  if (kept === 'nan') return undefinedTest(x.length, 'nan-input');
  const n = kept.length;
  if (n < 3) return undefinedTest(n, 'too-few-observations');
  const sorted = sortUpwards(kept.slice());
  if (sorted[0] === sorted[n - 1]) return undefinedTest(n, 'constant-input');
  if (n === 3) return ofThree(sorted, method);
  const { deviations } = centre(sorted);
  const rest = distanceFromOne(deviations);
  const outside = n > MOST_VALUES;
  return {
    statistic: 1 - rest,
    ...pOf(rest, n),
    n,
    method: outside ? `${method}, beyond the ${MOST_VALUES} values that P was fitted for` : method,
    ...(outside ? { reason: 'outside-approximation' } : {}),
  };
}

/** The largest sample that Royston fitted P for. */
const MOST_VALUES = 5000;

/**
 * W and P of three values are known exactly: P = (6/π)(arcsin √W − arcsin √¾). From the two gaps between the values
 * neither loses digits near its end, as the difference of the two angles would.
 */
function ofThree(sorted: Float64Array, method: string): ShapiroWilk {
  // Halves, since the whole range may overflow.
  const gaps = [sorted[1] / 2 - sorted[0] / 2, sorted[2] / 2 - sorted[1] / 2];
  const most = Math.max(...gaps);
  const least = Math.min(...gaps) / most;
  const range = least + 1;
  const statistic = (0.75 * range * range) / (least * least + range);
  const angle = Math.atan((2 * Math.sqrt(3) * least) / (1 - least + 3 * range));
  const p = (6 / Math.PI) * angle;
  return {
    statistic,
    p,
    logP: Math.log(p),
    n: 3,
    method: `${method}; exact for three values`,
    ...(least === 0 ? { reason: 'boundary-estimate' } : {}),
  };
}

/** 1 − W, whose digits P needs where W is near 1. */
function distanceFromOne(sorted: Float64Array): number {
  const n = sorted.length;
  const weights = coefficients(n);
  const weighted = dot(weights, sorted);
  const norm = Math.sqrt(dot(weights, weights) * dot(sorted, sorted));
  return ((norm - weighted) / norm) * ((norm + weighted) / norm);
}

/** Royston's weights of the sorted values: normal scores, of which the outermost follow polynomials in 1/√n. */
function coefficients(n: number): Float64Array {
  const half = Math.floor(n / 2);
  const scores = Float64Array.from({ length: half }, (_, i) =>
    normalQuantile((i + 1 - 0.375) / (n + 0.25)),
  );
  const squares = 2 * dot(scores, scores);
  const norm = Math.sqrt(squares);
  const step = 1 / Math.sqrt(n);
  const outer = [polynomial(FIRST, step) - scores[0] / norm];
  if (n > 5) outer.push(polynomial(SECOND, step) - scores[1] / norm);
  const left = squares - 2 * sumOfSquares(scores.subarray(0, outer.length));
  const inner = Math.sqrt(left / (1 - 2 * sumOfSquares(outer)));
  const weights = new Float64Array(n);
  for (let i = 0; i < half; i++) {
    const weight = i < outer.length ? outer[i] : -scores[i] / inner;
    weights[i] = -weight;
    weights[n - 1 - i] = weight;
  }
  return weights;
}

/**
 * ln(1 − W) is normal from 12 values, −ln(γ − ln(1 − W)) below. W is at least n a₁²/(n − 1), so that ln(1 − W) < γ always.
 */
function pOf(rest: number, n: number): PValue {
  const y = Math.log(rest);
  if (n <= 11) {
    const gamma = 0.459 * n - 2.273;
    const z =
      (-Math.log(gamma - y) - polynomial(SMALL_MEAN, n)) / Math.exp(polynomial(SMALL_SD, n));
    return normalP(z, 'greater');
  }
  const size = Math.log(n);
  return normalP((y - polynomial(MEAN, size)) / Math.exp(polynomial(SD, size)), 'greater');
}

/** Royston (1995), from the constant upwards. */
const FIRST = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
const SECOND = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
const SMALL_MEAN = [0.544, -0.39978, 0.025054, -6.714e-4];
const SMALL_SD = [1.3822, -0.77857, 0.062767, -0.0020322];
const MEAN = [-1.5861, -0.31082, -0.083751, 0.0038915];
const SD = [-0.4803, -0.082676, 0.0030302];

function polynomial(terms: readonly number[], x: number): number {
  return terms.reduceRight((sum, term) => sum * x + term, 0);
}

function sumOfSquares(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
}
