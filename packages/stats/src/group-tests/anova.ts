import { checkedOptions, type Numbers } from '../checks.js';
import type { NanPolicy } from '../reason.js';
import { compensatedSum } from '../numeric/sum.js';
import { fUpper } from '../special/f.js';
import { type FDegreesOfFreedom, type GroupsTest, sizeOf, undefinedGroups } from './f-result.js';
import { finiteSample, type Moments, momentsOf, samples } from './samples.js';

/** Options of {@link anova} and of other tests of several groups. */
export interface GroupsTestOptions {
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** One-way analysis of variance with its effect sizes. */
export interface Anova extends GroupsTest<FDegreesOfFreedom> {
  /** η², the share of the variance that lies between the groups, 0 … 1. */
  etaSquared: number;
  /** ω², the same with its bias taken out; may fall below 0. */
  omegaSquared: number;
  /** Cohen's f = √(η²/(1 − η²)) */
  cohensF: number;
}

/**
 * One-way analysis of variance: do the means of several groups differ?
 *
 * Source: Fisher (1925). For groups of different variance use {@link welchAnova}.
 *
 * @param groups two arrays of numbers or more
 * @returns NaN with a `reason` for an empty group, too few values, no spread within groups, or NaN
 * @throws InvalidArgumentError for fewer than two groups, infinities or an impossible option
 * @example
 * ```ts
 * import { anova } from '@steatosis/stats';
 *
 * const { statistic, p, etaSquared } = anova([[2.1, 3.4, 2.8], [4.4, 5.1, 3.9], [6.0, 7.2, 5.5]]);
 * console.log(statistic.toFixed(2), p.toFixed(4), etaSquared.toFixed(3)); // 17.45 0.0032 0.853
 * ```
 */
export function anova(groups: readonly Numbers[], options: GroupsTestOptions = {}): Anova {
  checkedOptions(options, ['nanPolicy']);
  const method = 'one-way analysis of variance';
  const effects = { etaSquared: Number.NaN, omegaSquared: Number.NaN, cohensF: Number.NaN };
  const kept = samples(groups, options.nanPolicy, finiteSample);
  if (kept === 'nan') {
    const n = sizeOf(groups);
    const df: FDegreesOfFreedom = [groups.length - 1, n - groups.length];
    return { ...undefinedGroups(n, df, method, 'nan-input'), ...effects };
  }
  const n = sizeOf(kept);
  const between = kept.length - 1;
  const within = n - kept.length;
  const df: FDegreesOfFreedom = [between, within];
  if (within < 1 || kept.some((group) => group.length === 0)) {
    return { ...undefinedGroups(n, df, method, 'too-few-observations'), ...effects };
  }
  const moments = kept.map(momentsOf);
  const squaresWithin = compensatedSum(
    moments.map(({ n: size, standardDeviation }) =>
      size < 2 ? 0 : (size - 1) * standardDeviation ** 2,
    ),
  );
  const squaresBetween = betweenMeans(moments, n);
  if (squaresWithin === 0) {
    return { ...undefinedGroups(n, df, method, 'constant-input'), ...effects };
  }
  const meanSquareWithin = squaresWithin / within;
  const statistic = squaresBetween / between / meanSquareWithin;
  const total = squaresBetween + squaresWithin;
  return {
    statistic,
    degreesOfFreedom: df,
    ...fUpper(statistic, between, within),
    n,
    etaSquared: squaresBetween / total,
    omegaSquared: (squaresBetween - between * meanSquareWithin) / (total + meanSquareWithin),
    cohensF: Math.sqrt(squaresBetween / squaresWithin),
    method,
  };
}

/**
 * Welch's analysis of variance, which does not take the variances of the groups for equal.
 *
 * Source: Welch (1951) Biometrika 38:330.
 *
 * @param groups two arrays of two numbers or more
 * @returns NaN with a `reason` for groups of fewer than two values or without spread, or NaN
 * @throws InvalidArgumentError for fewer than two groups, infinities or an impossible option
 * @example
 * ```ts
 * import { welchAnova } from '@steatosis/stats';
 *
 * const { statistic, p } = welchAnova([[2.1, 3.4, 2.8], [4.4, 5.1, 3.9], [6.0, 7.2, 5.5]]);
 * console.log(statistic.toFixed(2), p.toFixed(4)); // 13.42 0.0176
 * ```
 */
export function welchAnova(
  groups: readonly Numbers[],
  options: GroupsTestOptions = {},
): GroupsTest<FDegreesOfFreedom> {
  checkedOptions(options, ['nanPolicy']);
  const method = "Welch's analysis of variance";
  const kept = samples(groups, options.nanPolicy, finiteSample);
  const between = groups.length - 1;
  const undefinedDf: FDegreesOfFreedom = [between, Number.NaN];
  if (kept === 'nan') return undefinedGroups(sizeOf(groups), undefinedDf, method, 'nan-input');
  const n = sizeOf(kept);
  if (kept.some((group) => group.length < 2)) {
    return undefinedGroups(n, undefinedDf, method, 'too-few-observations');
  }
  const moments = kept.map(momentsOf);
  if (moments.some(({ standardDeviation }) => standardDeviation === 0)) {
    return undefinedGroups(n, undefinedDf, method, 'constant-input');
  }
  const weights = moments.map(({ n: size, standardDeviation }) => size / standardDeviation ** 2);
  const sum = compensatedSum(weights);
  const pivot = moments[0].mean;
  const shifted = moments.map(({ mean, rest }) => mean - pivot + rest);
  const centreOf = compensatedSum(shifted.map((value, i) => weights[i] * value)) / sum;
  const spread = compensatedSum(shifted.map((value, i) => weights[i] * (value - centreOf) ** 2));
  const k = moments.length;
  const lambda = compensatedSum(
    moments.map(({ n: size }, i) => (1 - weights[i] / sum) ** 2 / (size - 1)),
  );
  const statistic = spread / between / (1 + (2 * (k - 2) * lambda) / (k * k - 1));
  const within = (k * k - 1) / (3 * lambda);
  return {
    statistic,
    degreesOfFreedom: [between, within],
    ...fUpper(statistic, between, within),
    n,
    method,
  };
}

/** Σ nᵢ(mean − grand mean)², about the first mean so that an offset costs no digits. */
function betweenMeans(moments: readonly Moments[], n: number): number {
  const pivot = moments[0].mean;
  const shifted = moments.map(({ mean, rest }) => mean - pivot + rest);
  const grand = compensatedSum(moments.map((group, i) => group.n * shifted[i])) / n;
  return compensatedSum(moments.map((group, i) => group.n * (shifted[i] - grand) ** 2));
}
