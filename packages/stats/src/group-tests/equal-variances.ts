import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { checkedOptions, type Numbers } from '../checks.js';
import { quantileOfSorted } from '../descriptive/quantiles.js';
import { doubledRanks } from '../numeric/ranks.js';
import { sortUpwards } from '../numeric/sort.js';
import { compensatedSum } from '../numeric/sum.js';
import { meanOf } from '../numeric/centre.js';
import { chiSquareUpper } from '../special/chi-square.js';
import { normalQuantile } from '../special/normal.js';
import { anova, type GroupsTestOptions } from './anova.js';
import { type FDegreesOfFreedom, type GroupsTest, sizeOf, undefinedGroups } from './f-result.js';
import { allEqual, finiteSample, momentsOf, samples } from './samples.js';

/** Options of {@link levene}. */
export interface LeveneOptions extends GroupsTestOptions {
  /**
   * What deviations are taken from: `'median'` (default; Brown and Forsythe), `'mean'` (Levene), or `'trimmed'`, the mean of
   * each group without its smallest and largest values.
   */
  center?: 'median' | 'mean' | 'trimmed';
  /** Share of values that the trimmed mean leaves out at each end, 0 … 0.5. Default 0.05; ignored otherwise. */
  trim?: number;
}

/**
 * Levene's test of equal variances: an analysis of variance of the absolute deviations.
 *
 * Source: Levene (1960); Brown and Forsythe (1974) JASA 69:364.
 *
 * @param groups two arrays of numbers or more
 * @returns NaN with a `reason` for an empty group, too few values, deviations without spread, or NaN
 * @throws InvalidArgumentError for fewer than two groups, infinities or an impossible option
 * @example
 * ```ts
 * import { levene } from '@steatosis/stats';
 *
 * const { statistic, p } = levene([[2.1, 3.4, 2.8, 2.2], [4.4, 9.1, 3.9, 1.0]]);
 * console.log(statistic.toFixed(3), p.toFixed(3)); // 2.065 0.201
 * ```
 */
export function levene(
  groups: readonly Numbers[],
  options: LeveneOptions = {},
): GroupsTest<FDegreesOfFreedom> {
  checkedOptions(options, ['center', 'trim', 'nanPolicy']);
  const center = checkedChoice('center', options.center ?? 'median', ['median', 'mean', 'trimmed']);
  const { trim = 0.05 } = options;
  if (!(trim >= 0 && trim < 0.5)) throw new InvalidArgumentError('trim', trim, 'a share, 0 … 0.5');
  const method = `Levene's test, deviations from the ${center === 'trimmed' ? `mean of the values trimmed by ${trim}` : center}`;
  const kept = samples(groups, options.nanPolicy, finiteSample);
  if (kept === 'nan') {
    const n = sizeOf(groups);
    return undefinedGroups(n, [groups.length - 1, n - groups.length], method, 'nan-input');
  }
  const deviations = kept.map((group) => {
    const middle =
      center === 'median'
        ? medianOf(group)
        : meanOf(center === 'trimmed' ? trimmed(group, trim) : group);
    return group.map((value) => Math.abs(value - middle));
  });
  const { statistic, degreesOfFreedom, p, logP, n, reason } = anova(deviations);
  return {
    statistic,
    degreesOfFreedom,
    p,
    logP,
    n,
    method,
    ...(reason === undefined ? {} : { reason }),
  };
}

/**
 * Bartlett's test of equal variances, for normal data; for others use {@link levene} or {@link fligner}.
 *
 * Source: Bartlett (1937) Proc. R. Soc. A 160:268.
 *
 * @param groups two arrays of two numbers or more
 * @returns NaN with a `reason` for groups of fewer than two values or without spread, or NaN
 * @throws InvalidArgumentError for fewer than two groups, infinities or an impossible option
 * @example
 * ```ts
 * import { bartlett } from '@steatosis/stats';
 *
 * const { statistic, p } = bartlett([[2.1, 3.4, 2.8, 2.2], [4.4, 9.1, 3.9, 1.0]]);
 * console.log(statistic.toFixed(3), p.toFixed(3)); // 5.431 0.020
 * ```
 */
export function bartlett(
  groups: readonly Numbers[],
  options: GroupsTestOptions = {},
): GroupsTest<number> {
  checkedOptions(options, ['nanPolicy']);
  const method = "Bartlett's test of equal variances";
  const kept = samples(groups, options.nanPolicy, finiteSample);
  const between = groups.length - 1;
  if (kept === 'nan') return undefinedGroups(sizeOf(groups), between, method, 'nan-input');
  const n = sizeOf(kept);
  if (kept.some((group) => group.length < 2)) {
    return undefinedGroups(n, between, method, 'too-few-observations');
  }
  const moments = kept.map(momentsOf);
  if (moments.some(({ standardDeviation }) => standardDeviation === 0)) {
    return undefinedGroups(n, between, method, 'constant-input');
  }
  const within = n - kept.length;
  // In units of the largest spread, so that no square over- or underflows.
  const unit = Math.max(...moments.map(({ standardDeviation }) => standardDeviation));
  const variances = moments.map(({ standardDeviation }) => (standardDeviation / unit) ** 2);
  const pooled =
    compensatedSum(moments.map(({ n: size }, i) => (size - 1) * variances[i])) / within;
  const distance = compensatedSum(
    moments.map(({ n: size }, i) => (size - 1) * Math.log(pooled / variances[i])),
  );
  const inverses = compensatedSum(moments.map(({ n: size }) => 1 / (size - 1)));
  const statistic = distance / (1 + (inverses - 1 / within) / (3 * between));
  return { statistic, degreesOfFreedom: between, ...chiSquareUpper(statistic, between), n, method };
}

/**
 * The test of equal variances by Fligner and Killeen: normal scores of the ranks of the deviations from the medians.
 *
 * Source: Conover, Johnson and Johnson (1981) Technometrics 23:351.
 *
 * @param groups two arrays of numbers or more
 * @returns NaN with a `reason` for an empty group, deviations without spread, or NaN
 * @throws InvalidArgumentError for fewer than two groups, infinities or an impossible option
 * @example
 * ```ts
 * import { fligner } from '@steatosis/stats';
 *
 * const { statistic, p } = fligner([[2.1, 3.4, 2.8, 2.2], [4.4, 9.1, 3.9, 1.0]]);
 * console.log(statistic.toFixed(3), p.toFixed(3)); // 0.123 0.726
 * ```
 */
export function fligner(
  groups: readonly Numbers[],
  options: GroupsTestOptions = {},
): GroupsTest<number> {
  checkedOptions(options, ['nanPolicy']);
  const method = 'Fligner–Killeen test of equal variances, deviations from the medians';
  const kept = samples(groups, options.nanPolicy, finiteSample);
  const between = groups.length - 1;
  if (kept === 'nan') return undefinedGroups(sizeOf(groups), between, method, 'nan-input');
  const n = sizeOf(kept);
  if (kept.some((group) => group.length === 0)) {
    return undefinedGroups(n, between, method, 'too-few-observations');
  }
  const deviations = new Float64Array(n);
  let next = 0;
  for (const group of kept) {
    const middle = medianOf(group);
    for (const value of group) deviations[next++] = Math.abs(value - middle);
  }
  if (allEqual([deviations])) return undefinedGroups(n, between, method, 'constant-input');
  const scores = doubledRanks(deviations).map(
    (rank) => -normalQuantile(0.5 - rank / (4 * (n + 1))),
  );
  const grand = meanOf(scores);
  const variance = compensatedSum(scores.map((score) => (score - grand) ** 2)) / (n - 1);
  let start = 0;
  const distances = kept.map(({ length }) => {
    const mean = meanOf(scores.subarray(start, (start += length)));
    return length * (mean - grand) ** 2;
  });
  const statistic = compensatedSum(distances) / variance;
  return { statistic, degreesOfFreedom: between, ...chiSquareUpper(statistic, between), n, method };
}

function medianOf(values: Float64Array): number {
  return quantileOfSorted(sortUpwards(values.slice()), 0.5, 7);
}

function trimmed(values: Float64Array, share: number): Float64Array {
  const cut = Math.floor(share * values.length);
  return values
    .slice()
    .sort()
    .subarray(cut, values.length - cut);
}
