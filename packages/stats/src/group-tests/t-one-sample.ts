import { InvalidArgumentError } from '@steatosis/core';
import { checkedAlternative } from '../alternative.js';
import {
  checkedLevel,
  checkedOptions,
  finiteOrThrow,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import { finiteSample, momentsOf } from './samples.js';
import { tRecord, type TTest, type TTestOptions, undefinedT } from './t-result.js';

/** Options of {@link tTestOneSample}. */
export interface OneSampleTTestOptions extends TTestOptions {
  /** The mean under the null hypothesis. Default 0. */
  mean?: number;
}

/**
 * The t test of one sample's mean against a given one.
 *
 * Source: Student (1908) Biometrika 6:1.
 *
 * @param x numbers; `difference` is their mean less `mean`
 * @returns NaN with a `reason` for fewer than two values, a sample without spread, or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for infinities or an impossible option
 * @example
 * ```ts
 * import { tTestOneSample } from '@steatosis/stats';
 *
 * const biasPercent = [0.4, -0.2, 0.9, 0.3, 0.6, 0.1];
 * const { difference, p } = tTestOneSample(biasPercent);
 * console.log(difference.toFixed(2), p.toFixed(3)); // 0.35 0.076
 * ```
 */
export function tTestOneSample(x: Numbers, options: OneSampleTTestOptions = {}): TTest {
  checkedOptions(options, ['mean', 'alternative', 'level', 'nanPolicy']);
  const { mean = 0 } = options;
  if (!Number.isFinite(mean)) throw new InvalidArgumentError('mean', mean, 'a finite number');
  const values = finiteSample('x', x, options.nanPolicy);
  return testOf(values, x.length, mean, options, 'one-sample t test');
}

/**
 * The t test of paired values: of the mean of x − y against 0.
 *
 * @param x one number per pair
 * @param y as many numbers
 * @returns NaN with a `reason` for fewer than two pairs, differences without spread, or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for arrays of different length, infinities or an impossible option
 * @example
 * ```ts
 * import { tTestPaired } from '@steatosis/stats';
 *
 * const before = [12.1, 8.4, 19.0, 15.2];
 * const after = [9.8, 8.0, 14.1, 12.9];
 * const { difference, p } = tTestPaired(before, after);
 * console.log(difference.toFixed(3), p.toFixed(3)); // 2.475 0.075
 * ```
 */
export function tTestPaired(x: Numbers, y: Numbers, options: TTestOptions = {}): TTest {
  checkedOptions(options, ['alternative', 'level', 'nanPolicy']);
  sameLength('x', x, 'y', y);
  const kept = keptObservations({ x, y }, options.nanPolicy);
  if (kept === 'nan') return testOf('nan', x.length, 0, options, PAIRED);
  const [a, b] = [keptValues(x, kept), keptValues(y, kept)];
  finiteOrThrow('x', a);
  finiteOrThrow('y', b);
  const differences = a.map((value, i) => value - b[i]);
  return testOf(differences, x.length, 0, options, PAIRED);
}

const PAIRED = 'paired t test';

function testOf(
  values: Float64Array | 'nan',
  given: number,
  mean: number,
  options: TTestOptions,
  method: string,
): TTest {
  const alternative = checkedAlternative(options.alternative);
  const level = checkedLevel(options.level);
  if (values === 'nan') return undefinedT({ n: given, alternative, level, method }, 'nan-input');
  const n = values.length;
  const common = { n, alternative, level, method };
  if (n === 0) return undefinedT(common, 'too-few-observations');
  const moments = momentsOf(values);
  return tRecord({
    ...common,
    difference: moments.mean - mean + moments.rest,
    standardError: moments.standardDeviation / Math.sqrt(n),
    degreesOfFreedom: n - 1,
  });
}
