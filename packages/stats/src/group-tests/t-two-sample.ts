import { checkedAlternative } from '../alternative.js';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import { finiteSample, type Moments, momentsOf } from './samples.js';
import { tRecord, type TTest, type TTestOptions, undefinedT } from './t-result.js';

/** Options of {@link tTest}. */
export interface TwoSampleTTestOptions extends TTestOptions {
  /** Student's test with one variance for both (true), or Welch's with one for each. Default false. */
  equalVariance?: boolean;
}

/**
 * The t test of two independent samples: Welch's, or Student's with `equalVariance`.
 *
 * Source: Student (1908) Biometrika 6:1; Welch (1947) Biometrika 34:28, with the degrees of freedom of Satterthwaite.
 *
 * @param x numbers of the first sample
 * @param y numbers of the second; the difference is mean of x − mean of y
 * @returns NaN with a `reason` for too few values, samples without spread, or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for infinities or an impossible option
 * @example
 * ```ts
 * import { tTest } from '@steatosis/stats';
 *
 * const pdffPercentMen = [4.1, 6.3, 9.8, 5.2, 12.4];
 * const pdffPercentWomen = [3.0, 4.4, 3.7, 5.9];
 * const { difference, p, method } = tTest(pdffPercentMen, pdffPercentWomen);
 * console.log(difference.toFixed(2), p.toFixed(3)); // 3.31 0.101
 * console.log(method); // Welch's t test
 * ```
 */
export function tTest(x: Numbers, y: Numbers, options: TwoSampleTTestOptions = {}): TTest {
  checkedOptions(options, ['equalVariance', 'alternative', 'level', 'nanPolicy']);
  const alternative = checkedAlternative(options.alternative);
  const level = checkedLevel(options.level);
  const pooled = options.equalVariance ?? false;
  const method = pooled ? "Student's t test, one variance for both samples" : "Welch's t test";
  const a = finiteSample('x', x, options.nanPolicy);
  const b = finiteSample('y', y, options.nanPolicy);
  if (a === 'nan' || b === 'nan') {
    return undefinedT({ n: x.length + y.length, alternative, level, method }, 'nan-input');
  }
  const common = { n: a.length + b.length, alternative, level, method };
  if (a.length === 0 || b.length === 0) return undefinedT(common, 'too-few-observations');
  const [first, second] = [momentsOf(a), momentsOf(b)];
  const difference = first.mean - second.mean + (first.rest - second.rest);
  return tRecord({ ...common, difference, ...(pooled ? student : welch)(first, second) });
}

/**
 * Welch's t test of two independent samples, which does not take their variances for equal: `tTest` by its other name.
 *
 * @param x numbers of the first sample
 * @param y numbers of the second
 * @returns NaN with a `reason` for too few values, samples without spread, or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for infinities or an impossible option
 * @example
 * ```ts
 * import { welchTest } from '@steatosis/stats';
 *
 * const { statistic, degreesOfFreedom } = welchTest([4, 6, 10, 5, 12], [3, 4, 4, 6]);
 * console.log(statistic.toFixed(3), degreesOfFreedom.toFixed(2)); // 1.898 5.26
 * ```
 */
export function welchTest(x: Numbers, y: Numbers, options: TTestOptions = {}): TTest {
  checkedOptions(options, ['alternative', 'level', 'nanPolicy']);
  return tTest(x, y, options);
}

interface Spread {
  standardError: number;
  degreesOfFreedom: number;
}

function student(a: Moments, b: Moments): Spread {
  const degreesOfFreedom = a.n + b.n - 2;
  // A single value has no spread of its own and says nothing about the common one.
  const share = ({ n, standardDeviation }: Moments) =>
    n < 2 ? 0 : standardDeviation * Math.sqrt((n - 1) / degreesOfFreedom);
  const pooled = Math.hypot(share(a), share(b));
  return { standardError: pooled * Math.sqrt(1 / a.n + 1 / b.n), degreesOfFreedom };
}

function welch(a: Moments, b: Moments): Spread {
  const [one, two] = [a, b].map(({ n, standardDeviation }) => standardDeviation / Math.sqrt(n));
  const standardError = Math.hypot(one, two);
  if (standardError === 0) return { standardError, degreesOfFreedom: a.n + b.n - 2 };
  const shareA = (one / standardError) ** 2;
  const shareB = (two / standardError) ** 2;
  return {
    standardError,
    degreesOfFreedom: 1 / (shareA ** 2 / (a.n - 1) + shareB ** 2 / (b.n - 1)),
  };
}
