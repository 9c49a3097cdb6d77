import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedAlternative } from '../alternative.js';
import { checkedOptions, keptSample, type Numbers } from '../checks.js';
import { sortUpwards } from '../numeric/sort.js';
import type { NanPolicy, Reason } from '../reason.js';
import { normalUpper } from '../special/normal.js';
import type { PValue } from '../special/p-value.js';
import { kolmogorovUpper, smirnovUpper } from './kolmogorov-distribution.js';

/** A continuous distribution: the normal one with these parameters, or any by its distribution function. */
export type KnownDistribution =
  { mean: number; standardDeviation: number } | ((value: number) => number);

/** Options of {@link kolmogorovSmirnovOneSample}. */
export interface KolmogorovSmirnovOneSampleOptions {
  /**
   * Which way the distribution functions lie apart, as in R and SciPy: `greater` when that of x lies above the given one, so that x tends to be
   * **smaller**. Default `'two-sided'`.
   */
  alternative?: Alternative;
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A Kolmogorov–Smirnov test of one sample. */
export interface KolmogorovSmirnovOneSample {
  /** D, the greatest distance of the empirical distribution function from the given one in the direction of `alternative`, 0 … 1. */
  statistic: number;
  /** The least value at which they are that far apart. */
  location: number;
  /** 1 where the empirical one lies above there, −1 where it lies below. */
  sign: number;
  /** P of the given distribution under `alternative`. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  n: number;
  alternative: Alternative;
  method: string;
  /** Why a value is NaN; absent otherwise. */
  reason?: Reason;
}

/**
 * The Kolmogorov–Smirnov test of one sample: does it come from a distribution that was known before?
 *
 * The distribution must not have been fitted to the same sample, or P is far too large; to test for any normal distribution take
 * `shapiroWilk`. P is exact up to 10,000 values and in the tail, for continuous distributions; ties make it too large.
 *
 * Sources: Kolmogorov (1933); Birnbaum and Tingey (1951, Ann. Math. Statist. 22:592).
 *
 * @param x numbers
 * @param distribution `{ mean, standardDeviation }` of a normal distribution, or a distribution function that rises from 0 to 1
 * @returns NaN with a `reason` for an empty sample or NaN
 * @throws InvalidArgumentError for an impossible distribution or option, and where a distribution function gives no number 0 … 1
 * @example
 * ```ts
 * import { kolmogorovSmirnovOneSample } from '@steatosis/stats';
 *
 * const zScores = [-0.4, 1.9, 0.7, 2.2, -1.1, 1.4, 0.9, 1.6];
 * const { statistic, p } = kolmogorovSmirnovOneSample(zScores, { mean: 0, standardDeviation: 1 });
 * console.log(statistic.toFixed(3), p.toFixed(3)); // 0.508 0.019
 * ```
 */
export function kolmogorovSmirnovOneSample(
  x: Numbers,
  distribution: KnownDistribution,
  options: KolmogorovSmirnovOneSampleOptions = {},
): KolmogorovSmirnovOneSample {
  checkedOptions(options, ['alternative', 'nanPolicy']);
  const alternative = checkedAlternative(options.alternative);
  const below = distributionFunction(distribution);
  const kept = keptSample('x', x, options.nanPolicy);
  const { NaN: nan } = Number;
  const n = kept === 'nan' ? x.length : kept.length;
  const method = `Kolmogorov–Smirnov test of one sample, ${n <= 10_000 ? 'exact' : 'asymptotic where not in the tail'}`;
  const common = { n, alternative, method };
  const nothing = { statistic: nan, location: nan, sign: nan, p: nan, logP: nan, ...common };
  if (kept === 'nan') return { ...nothing, reason: 'nan-input' };
  if (n === 0) return { ...nothing, reason: 'too-few-observations' };
  const found = farthest(sortUpwards(kept.slice()), below, alternative);
  return { ...found, ...pOf(n, found.statistic, alternative), ...common };
}

function distributionFunction(distribution: KnownDistribution): (value: number) => number {
  const given: unknown = distribution;
  if (typeof distribution === 'function') {
    return (value) => {
      const share: unknown = distribution(value);
      if (!(typeof share === 'number' && share >= 0 && share <= 1)) {
        throw new InvalidArgumentError(
          `distribution(${value})`,
          share,
          'a probability, 0 … 1, from a distribution function',
        );
      }
      return share;
    };
  }
  if (typeof given !== 'object' || given === null) {
    throw new InvalidArgumentError(
      'distribution',
      given,
      '{ mean, standardDeviation }, or a distribution function',
    );
  }
  const { mean, standardDeviation } = distribution;
  if (!Number.isFinite(mean)) {
    throw new InvalidArgumentError('distribution.mean', mean, 'a finite number');
  }
  if (!(standardDeviation > 0 && standardDeviation < Infinity)) {
    throw new InvalidArgumentError(
      'distribution.standardDeviation',
      standardDeviation,
      'a finite number above 0',
    );
  }
  return (value) => normalUpper((mean - value) / standardDeviation);
}

function farthest(
  sorted: Float64Array,
  below: (value: number) => number,
  alternative: Alternative,
): { statistic: number; location: number; sign: number } {
  const n = sorted.length;
  const found = { statistic: 0, location: sorted[0], sign: 0 };
  const take = (distance: number, i: number, sign: number) => {
    if (distance <= found.statistic) return;
    found.statistic = distance;
    found.location = sorted[i];
    found.sign = sign;
  };
  for (let i = 0; i < n; i++) {
    const share = below(sorted[i]);
    if (alternative !== 'greater') take(share - i / n, i, -1);
    if (alternative !== 'less') take((i + 1) / n - share, i, 1);
  }
  return found;
}

function pOf(n: number, d: number, alternative: Alternative): PValue {
  if (d === 0) return { p: 1, logP: 0 };
  return alternative === 'two-sided' ? kolmogorovUpper(n, d) : smirnovUpper(n, d);
}
