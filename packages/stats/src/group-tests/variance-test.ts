import { type Alternative, checkedAlternative } from '../alternative.js';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { fLower, fUpper } from '../special/f.js';
import { fQuantile, fUpperQuantile } from '../special/f-quantile.js';
import { doubled, type PValue } from '../special/p-value.js';
import { finiteSample, momentsOf } from './samples.js';

/** Options of {@link varianceTest}. */
export interface VarianceTestOptions {
  /** `greater`: x varies more than y. Default `'two-sided'`. */
  alternative?: Alternative;
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** Two variances compared. */
export interface VarianceTest {
  /** Variance of x over that of y. */
  ratio: number;
  /** Confidence interval of the ratio; one-sided under a one-sided alternative. */
  interval: Interval;
  level: number;
  /** F, the ratio. */
  statistic: number;
  degreesOfFreedom: [x: number, y: number];
  /** P of equal variances under `alternative`. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  nX: number;
  nY: number;
  alternative: Alternative;
  method: string;
  /** Why a value is NaN; absent otherwise. */
  reason?: Reason;
}

/**
 * The F test of two variances, for normally distributed values; `levene` is for others.
 *
 * Source: Snedecor (1934), as R's `var.test`.
 *
 * @param x numbers of the first sample
 * @param y numbers of the second
 * @returns NaN with a `reason` for fewer than two values in a sample, a sample without spread, or NaN
 * @throws InvalidArgumentError for infinities or an impossible option
 * @example
 * ```ts
 * import { varianceTest } from '@steatosis/stats';
 *
 * const { ratio, p } = varianceTest([2.1, 3.4, 2.8, 2.2], [4.4, 9.1, 3.9, 1.0]);
 * console.log(ratio.toFixed(4), p.toFixed(4)); // 0.0322 0.0186
 * ```
 */
export function varianceTest(
  x: Numbers,
  y: Numbers,
  options: VarianceTestOptions = {},
): VarianceTest {
  checkedOptions(options, ['alternative', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const alternative = checkedAlternative(options.alternative);
  const a = finiteSample('x', x, options.nanPolicy);
  const b = finiteSample('y', y, options.nanPolicy);
  const isMissing = a === 'nan' || b === 'nan';
  const nX = isMissing ? x.length : a.length;
  const nY = isMissing ? y.length : b.length;
  const degreesOfFreedom: [number, number] = [nX - 1, nY - 1];
  const common = {
    level,
    degreesOfFreedom,
    nX,
    nY,
    alternative,
    method: 'F test of two variances',
  };
  const { NaN: nan } = Number;
  const nothing = {
    ratio: nan,
    interval: [nan, nan] as Interval,
    statistic: nan,
    p: nan,
    logP: nan,
    ...common,
  };
  if (isMissing) return { ...nothing, reason: 'nan-input' };
  if (nX < 2 || nY < 2) return { ...nothing, reason: 'too-few-observations' };
  const [one, two] = [a, b].map((sample) => momentsOf(sample).standardDeviation);
  if (one === 0 || two === 0) return { ...nothing, reason: 'constant-input' };
  const ratio = (one / two) ** 2;
  return {
    ratio,
    interval: intervalOf(ratio, degreesOfFreedom, level, alternative),
    statistic: ratio,
    ...pOf(ratio, degreesOfFreedom, alternative),
    ...common,
  };
}

function pOf(f: number, [d1, d2]: [number, number], alternative: Alternative): PValue {
  if (alternative === 'less') return fLower(f, d1, d2);
  if (alternative === 'greater') return fUpper(f, d1, d2);
  const [lower, upper] = [fLower(f, d1, d2), fUpper(f, d1, d2)];
  return doubled(lower.p < upper.p ? lower : upper);
}

function intervalOf(
  f: number,
  [d1, d2]: [number, number],
  level: number,
  alternative: Alternative,
): Interval {
  const tail = alternative === 'two-sided' ? (1 - level) / 2 : 1 - level;
  return [
    alternative === 'less' ? 0 : f / fUpperQuantile(tail, d1, d2),
    alternative === 'greater' ? Infinity : f / fQuantile(tail, d1, d2),
  ];
}
