import { checkedChoice } from '../alternative.js';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { logGamma } from '../special/log-gamma.js';
import { noncentralT } from '../special/noncentral-t.js';
import { finiteSample, momentsOf } from './samples.js';

/** Options of {@link cohensD} and {@link hedgesG}. */
export interface EffectSizeOptions {
  /**
   * The unit: the pooled standard deviation (default), or `'average'`, √((s²ₓ + s²ᵧ)/2), the standardised mean difference of
   * tables of patients.
   */
  unit?: 'pooled' | 'average';
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A standardised difference of two means. */
export interface EffectSize {
  /** (mean of x − mean of y) in standard deviations. */
  estimate: number;
  /** Exact interval for normal data of equal variance; NaN for the unit `'average'`, which has none. */
  interval: Interval;
  level: number;
  nX: number;
  nY: number;
  /** The estimate in words. */
  method: string;
  /** Why a value is NaN; absent when none is. */
  reason?: Reason;
}

/**
 * Cohen's d, the difference of two means in standard deviations.
 *
 * The interval holds the effects whose non-central t distribution does not make the t found an outlier.
 *
 * Source: Cohen (1988); interval of Steiger and Fouladi (1997).
 *
 * @param x numbers of the first sample
 * @param y numbers of the second
 * @returns NaN with a `reason` for too few values, samples without spread, or NaN
 * @throws InvalidArgumentError for infinities or an impossible option
 * @example
 * ```ts
 * import { cohensD } from '@steatosis/stats';
 *
 * const { estimate, interval } = cohensD([4.1, 6.3, 9.8, 5.2, 12.4], [3.0, 4.4, 3.7, 5.9]);
 * console.log(estimate.toFixed(2)); // 1.21
 * console.log(interval.map((limit) => limit.toFixed(2))); // [ '-0.28', '2.63' ]
 * ```
 */
export function cohensD(x: Numbers, y: Numbers, options: EffectSizeOptions = {}): EffectSize {
  return effect(x, y, options, "Cohen's d", () => 1);
}

/**
 * Hedges' g, Cohen's d without its bias in small samples, by the exact factor Γ(ν/2)/(√(ν/2) Γ((ν − 1)/2)).
 *
 * Source: Hedges (1981) J. Educ. Stat. 6:107.
 *
 * @param x numbers of the first sample
 * @param y numbers of the second
 * @returns NaN with a `reason` for too few values, samples without spread, or NaN
 * @throws InvalidArgumentError for infinities or an impossible option
 * @example
 * ```ts
 * import { hedgesG } from '@steatosis/stats';
 *
 * console.log(hedgesG([4.1, 6.3, 9.8, 5.2, 12.4], [3.0, 4.4, 3.7, 5.9]).estimate.toFixed(2)); // 1.08
 * ```
 */
export function hedgesG(x: Numbers, y: Numbers, options: EffectSizeOptions = {}): EffectSize {
  return effect(x, y, options, "Hedges' g", (df) =>
    Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2) - 0.5 * Math.log(df / 2)),
  );
}

function effect(
  x: Numbers,
  y: Numbers,
  options: EffectSizeOptions,
  name: string,
  factor: (degreesOfFreedom: number) => number,
): EffectSize {
  checkedOptions(options, ['unit', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const unit = checkedChoice('unit', options.unit ?? 'pooled', ['pooled', 'average']);
  const a = finiteSample('x', x, options.nanPolicy);
  const b = finiteSample('y', y, options.nanPolicy);
  const method = `${name}, in ${unit === 'pooled' ? 'pooled standard deviations, interval by the non-central t distribution' : 'standard deviations averaged over the samples'}`;
  const common = {
    level,
    nX: a === 'nan' ? x.length : a.length,
    nY: b === 'nan' ? y.length : b.length,
    method,
  };
  const { NaN: nan } = Number;
  const unknown = (reason: Reason): EffectSize => ({
    estimate: nan,
    interval: [nan, nan],
    ...common,
    reason,
  });
  if (a === 'nan' || b === 'nan') return unknown('nan-input');
  if (a.length < 2 || b.length < 2) return unknown('too-few-observations');
  const [one, two] = [momentsOf(a), momentsOf(b)];
  const degreesOfFreedom = one.n + two.n - 2;
  const weight = (n: number) => (unit === 'average' ? 0.5 : (n - 1) / degreesOfFreedom);
  const spread = Math.hypot(
    one.standardDeviation * Math.sqrt(weight(one.n)),
    two.standardDeviation * Math.sqrt(weight(two.n)),
  );
  if (spread === 0) return unknown('constant-input');
  const d = (one.mean - two.mean + (one.rest - two.rest)) / spread;
  const correction = factor(degreesOfFreedom);
  if (unit === 'average') {
    return {
      estimate: d * correction,
      interval: [nan, nan],
      ...common,
      reason: 'no-known-distribution',
    };
  }
  const perD = 1 / Math.sqrt(1 / one.n + 1 / two.n);
  const tail = (1 - level) / 2;
  const limit = (share: number) =>
    (effectAt(d * perD, degreesOfFreedom, share) / perD) * correction;
  return { estimate: d * correction, interval: [limit(1 - tail), limit(tail)], ...common };
}

/** The δ at which P(T ≤ t) is `share`: it falls as δ grows, so halving a bracket finds it. */
function effectAt(t: number, degreesOfFreedom: number, share: number): number {
  let reach = 4;
  const below = (delta: number) => noncentralT(t, degreesOfFreedom, delta).lower > share;
  while (!below(t - reach) || below(t + reach)) reach *= 2;
  let [low, high] = [t - reach, t + reach];
  while (high - low > 1e-13 * Math.max(1, Math.abs(t))) {
    const middle = (low + high) / 2;
    if (below(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
