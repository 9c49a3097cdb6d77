import { InvalidArgumentError } from '@steatosis/core';
import { checkedCount, checkedLevel, checkedOptions } from '../checks.js';
import { NotSupportedError } from '../errors.js';
import type { Interval, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';

/** Options of {@link proportionInterval}. */
export interface ProportionIntervalOptions {
  /** `'wilson'` (default): Wilson's score interval. The others throw a `NotSupportedError` so far. */
  method?: 'wilson' | 'clopper-pearson' | 'agresti-coull' | 'jeffreys' | 'wald';
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
  /** `'zero-denominator'` when n is 0 and all is NaN; absent otherwise. */
  reason?: Reason;
}

/**
 * A proportion with its confidence interval by Wilson's score method.
 *
 * The limits are the two proportions that the test of the estimate just does not reject: the roots of
 * (p̂ − p)² = z² p(1 − p)/n (Wilson 1927). The lower one comes from the product of the roots, so that it keeps its
 * digits for proportions near 0; the upper one by symmetry.
 *
 * @param successes whole number, 0 … n
 * @param n whole number ≥ 0
 * @throws InvalidArgumentError for impossible counts or options
 * @throws NotSupportedError for another method than `'wilson'`
 * @example
 * ```ts
 * import { proportionInterval } from '@steatosis/stats';
 *
 * const accuracy = proportionInterval(38, 50);
 * console.log(accuracy.estimate, accuracy.interval.map((limit) => limit.toFixed(3))); // 0.76 [ '0.626', '0.857' ]
 * ```
 */
export function proportionInterval(
  successes: number,
  n: number,
  options: ProportionIntervalOptions = {},
): Proportion {
  checkedOptions(options, ['method', 'level']);
  checkMethod(options.method);
  const level = checkedLevel(options.level);
  checkedCount('n', n);
  if (checkedCount('successes', successes) > n) {
    throw new InvalidArgumentError('successes', successes, `at most n = ${n}`);
  }
  const method = "Wilson's score interval";
  if (n === 0) {
    return {
      estimate: Number.NaN,
      interval: [Number.NaN, Number.NaN],
      successes,
      n,
      level,
      method,
      reason: 'zero-denominator',
    };
  }
  const z = -normalQuantile((1 - level) / 2);
  const interval: Interval = [
    lowerLimit(successes, n, z),
    successes === n ? 1 : 1 - lowerLimit(n - successes, n, z),
  ];
  return { estimate: successes / n, interval, successes, n, level, method };
}

/** The smaller root of Wilson's quadratic as (product of the roots)/(larger root). */
function lowerLimit(successes: number, n: number, z: number): number {
  const share = successes / n;
  const zz = z * z;
  const larger = (successes + zz / 2 + z * Math.sqrt(zz / 4 + successes * (1 - share))) / (n + zz);
  return (share * successes) / ((n + zz) * larger) || 0;
}

function checkMethod(method: ProportionIntervalOptions['method'] = 'wilson'): void {
  if (['clopper-pearson', 'agresti-coull', 'jeffreys', 'wald'].includes(method)) {
    throw new NotSupportedError('method', method, ['wilson']);
  }
  if (method !== 'wilson') throw new InvalidArgumentError('method', method, "'wilson'");
}
