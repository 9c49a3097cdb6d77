import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { checkedCount, checkedLevel, checkedOptions } from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import { betaQuantile, betaUpperQuantile } from '../special/beta-quantile.js';
import { normalQuantile } from '../special/normal.js';

/** How an interval of a proportion is made. */
export type ProportionMethod = 'wilson' | 'clopper-pearson' | 'agresti-coull' | 'jeffreys' | 'wald';

/** Options of {@link proportionInterval}. */
export interface ProportionIntervalOptions {
  /**
   * `'wilson'` (default): the score interval. `'clopper-pearson'`: from the binomial distribution itself, never too short.
   * `'agresti-coull'`: Wald's about Wilson's centre. `'jeffreys'`: equal tails of the beta distribution after Jeffreys' prior.
   * `'wald'`: estimate ± z·SE, as old papers have it; too short for small samples and without width at 0 and 1.
   */
  method?: ProportionMethod;
  /** Confidence level, between 0 and 1. Default 0.95. */
  level?: number;
}

/** A proportion with its interval. */
export interface Proportion {
  /** successes / n */
  estimate: number;
  /** Confidence interval at `level`. */
  interval: Interval;
  successes: number;
  n: number;
  level: number;
  /** How the interval was computed, in words. */
  method: string;
  /**
   * `'zero-denominator'` when n is 0 and all is NaN; `'zero-variance'` where Wald's interval has no width, which says nothing about
   * certainty; absent otherwise.
   */
  reason?: Reason;
}

/**
 * A proportion with its confidence interval.
 *
 * Source: Wilson (1927) JASA 22:209; Clopper and Pearson (1934) Biometrika 26:404; Agresti and Coull (1998) Am. Stat.
 * 52:119; Brown, Cai and DasGupta (2001) Stat. Sci. 16:101 for Jeffreys' interval, here with equal tails for 0 and n successes too.
 *
 * @param successes whole number, 0 … n
 * @param n whole number ≥ 0
 * @returns limits within 0 … 1; NaN with a `reason` when n is 0
 * @throws InvalidArgumentError for impossible counts or options
 * @example
 * ```ts
 * import { proportionInterval } from '@steatosis/stats';
 *
 * const accuracy = proportionInterval(38, 50);
 * console.log(accuracy.estimate, accuracy.interval.map((limit) => limit.toFixed(3))); // 0.76 [ '0.626', '0.857' ]
 * const exact = proportionInterval(38, 50, { method: 'clopper-pearson' });
 * console.log(exact.interval.map((limit) => limit.toFixed(3))); // [ '0.618', '0.869' ]
 * ```
 */
export function proportionInterval(
  successes: number,
  n: number,
  options: ProportionIntervalOptions = {},
): Proportion {
  checkedOptions(options, ['method', 'level']);
  const kind = checkedChoice('method', options.method ?? 'wilson', [
    'wilson',
    'clopper-pearson',
    'agresti-coull',
    'jeffreys',
    'wald',
  ]);
  const level = checkedLevel(options.level);
  checkedCount('n', n);
  if (checkedCount('successes', successes) > n) {
    throw new InvalidArgumentError('successes', successes, `at most n = ${n}`);
  }
  const common = { successes, n, level, method: IN_WORDS[kind] };
  if (n === 0) {
    return {
      estimate: Number.NaN,
      interval: [Number.NaN, Number.NaN],
      ...common,
      reason: 'zero-denominator',
    };
  }
  const lower = lowerLimit[kind];
  const failures = n - successes;
  // The upper limit of the successes is 1 less the lower one of the failures.
  const upper = kind === 'clopper-pearson' || kind === 'jeffreys' ? betaUpper[kind] : undefined;
  const interval: Interval = [
    Math.max(0, lower(successes, n, level)),
    Math.min(1, upper ? upper(successes, n, level) : 1 - lower(failures, n, level)),
  ];
  return {
    estimate: successes / n,
    interval,
    ...common,
    ...(interval[0] === interval[1] ? { reason: 'zero-variance' } : {}),
  };
}

const IN_WORDS: Record<ProportionMethod, string> = {
  wilson: "Wilson's score interval",
  'clopper-pearson': "Clopper and Pearson's exact interval",
  'agresti-coull': "Agresti and Coull's interval",
  jeffreys: "Jeffreys' interval",
  wald: "Wald's interval",
};

type Limit = (successes: number, n: number, level: number) => number;

const lowerLimit: Record<ProportionMethod, Limit> = {
  // The smaller root of (p̂ − p)² = z² p(1 − p)/n as (product of the roots)/(larger root), which keeps its digits near 0.
  wilson: (successes, n, level) => {
    const z = zOf(level);
    const share = successes / n;
    const zz = z * z;
    const larger =
      (successes + zz / 2 + z * Math.sqrt(zz / 4 + successes * (1 - share))) / (n + zz);
    return (share * successes) / ((n + zz) * larger) || 0;
  },
  'clopper-pearson': (successes, n, level) =>
    successes === 0 ? 0 : betaQuantile((1 - level) / 2, successes, n - successes + 1),
  'agresti-coull': (successes, n, level) => {
    const z = zOf(level);
    const all = n + z * z;
    const share = (successes + (z * z) / 2) / all;
    return share - z * Math.sqrt((share * (1 - share)) / all);
  },
  jeffreys: (successes, n, level) =>
    betaQuantile((1 - level) / 2, successes + 0.5, n - successes + 0.5),
  wald: (successes, n, level) => {
    const share = successes / n;
    return share - zOf(level) * Math.sqrt((share * (1 - share)) / n);
  },
};

/** Upper limits that have digits of their own near 0, where 1 − (1 − limit) would lose them. */
const betaUpper: Record<'clopper-pearson' | 'jeffreys', Limit> = {
  'clopper-pearson': (successes, n, level) =>
    successes === n ? 1 : betaUpperQuantile((1 - level) / 2, successes + 1, n - successes),
  jeffreys: (successes, n, level) =>
    betaUpperQuantile((1 - level) / 2, successes + 0.5, n - successes + 0.5),
};

function zOf(level: number): number {
  return -normalQuantile((1 - level) / 2);
}
