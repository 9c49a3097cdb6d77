import { checkedOptions, keptSample, type Numbers } from '../checks.js';
import { doubledRanks } from '../numeric/ranks.js';
import { chiSquareUpper } from '../special/chi-square.js';
import type { GroupsTestOptions } from './anova.js';
import { type GroupsTest, sizeOf, undefinedGroups } from './f-result.js';
import { samples } from './samples.js';
import { tieSum } from './ties.js';

/** A Kruskal–Wallis test with its effect size. */
export interface KruskalWallis extends GroupsTest<number> {
  /** ε² = H/(n − 1), the share of the ranks' variance that lies between the groups, 0 … 1. */
  epsilonSquared: number;
}

/**
 * The Kruskal–Wallis test: do several groups come from one distribution? By ranks, with the correction for ties.
 *
 * Source: Kruskal and Wallis (1952) JASA 47:583.
 *
 * @param groups two arrays of numbers or more; infinities are ranked like others
 * @returns NaN with a `reason` for an empty group, values that are all equal, or NaN
 * @throws InvalidArgumentError for fewer than two groups or an impossible option
 * @example
 * ```ts
 * import { kruskalWallis } from '@steatosis/stats';
 *
 * const { statistic, p } = kruskalWallis([[2.1, 3.4, 2.8], [4.4, 5.1, 3.9], [6.0, 7.2, 5.5]]);
 * console.log(statistic.toFixed(1), p.toFixed(4)); // 7.2 0.0273
 * ```
 */
export function kruskalWallis(
  groups: readonly Numbers[],
  options: GroupsTestOptions = {},
): KruskalWallis {
  checkedOptions(options, ['nanPolicy']);
  const method = 'Kruskal–Wallis test, corrected for ties, P by the χ² distribution';
  const kept = samples(groups, options.nanPolicy, keptSample);
  const between = groups.length - 1;
  const unknown = { epsilonSquared: Number.NaN };
  if (kept === 'nan') {
    return { ...undefinedGroups(sizeOf(groups), between, method, 'nan-input'), ...unknown };
  }
  const n = sizeOf(kept);
  if (kept.some((group) => group.length === 0)) {
    return { ...undefinedGroups(n, between, method, 'too-few-observations'), ...unknown };
  }
  const together = new Float64Array(n);
  let next = 0;
  for (const group of kept) {
    together.set(group, next);
    next += group.length;
  }
  const ranks = doubledRanks(together);
  // The share of the untied variance that ties leave.
  const untied = 1 - tieSum(ranks) / (n ** 3 - n);
  if (!(untied > 0)) {
    return { ...undefinedGroups(n, between, method, 'constant-input'), ...unknown };
  }
  let start = 0;
  let squares = 0;
  for (const { length } of kept) {
    let excess = 0;
    for (let i = start; i < start + length; i++) excess += ranks[i] - (n + 1);
    squares += ((excess / length) * excess) / 4;
    start += length;
  }
  const statistic = (12 * squares) / (n * (n + 1)) / untied;
  return {
    statistic,
    degreesOfFreedom: between,
    ...chiSquareUpper(statistic, between),
    n,
    epsilonSquared: statistic / (n - 1),
    method,
  };
}
