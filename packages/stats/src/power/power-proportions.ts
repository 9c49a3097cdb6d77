import { type Alternative, checkedChoice } from '../alternative.js';
import { checkedOptions } from '../checks.js';
import { normalQuantile, normalUpper } from '../special/normal.js';
import { leastSize } from './least-size.js';
import {
  checkedPlanning,
  checkedPositive,
  checkedPower,
  checkedSize,
  openShare,
  type PlanningOptions,
  type SampleSizeOptions,
  tailOf,
  towards,
} from './planning.js';

/** What the planning of a comparison of two proportions takes. */
export interface ProportionsDesign {
  /** The proportion of the first group, between 0 and 1. */
  first: number;
  /** That of the second. */
  second: number;
  /**
   * `'pooled'` (default): of the test with the pooled variance, which `twoProportionTest` and χ² without correction are. `'arcsine'`: on the
   * scale of 2 asin √p, Cohen's h.
   */
  method?: 'pooled' | 'arcsine';
}

/** The power of a comparison of two proportions. */
export interface ProportionsPower {
  /** Probability of rejecting that the proportions are equal. */
  power: number;
  nFirst: number;
  nSecond: number;
  first: number;
  second: number;
  significance: number;
  alternative: Alternative;
  method: string;
}

/** How many observations a comparison of two proportions needs. */
export interface ProportionsSampleSize extends ProportionsPower {
  /** Both groups together. */
  n: number;
  /** The size of the first group at which the power is met exactly; `nFirst` is the whole number above. */
  exactNFirst: number;
}

const WORDS = {
  pooled: 'z test of two proportions with pooled variance',
  arcsine: 'test of two proportions on the arcsine scale (Cohen 1988)',
};

/**
 * The power of a comparison of two independent proportions.
 *
 * Sources: Fleiss, Levin and Paik (2003, Statistical Methods for Rates and Proportions), chapter 4, without correction for continuity, as R's
 * `power.prop.test(strict = TRUE)`; Cohen (1988), chapter 6, as `pwr.2p2n.test`.
 *
 * @param design `first`, `second` (between 0 and 1), `nFirst`, `nSecond` (2 or more; the second as the first unless given), `method`,
 *   `significance`, `alternative` (`'greater'`: the first is above the second)
 * @throws InvalidArgumentError for values outside their range or unknown keys
 * @example
 * ```ts
 * import { powerProportions } from '@steatosis/stats';
 *
 * console.log(powerProportions({ first: 0.5, second: 0.75, nFirst: 50 }).power.toFixed(3)); // 0.740
 * ```
 */
export function powerProportions(
  design: PlanningOptions & ProportionsDesign & { nFirst: number; nSecond?: number },
): ProportionsPower {
  checkedOptions(design, [
    'first',
    'second',
    'nFirst',
    'nSecond',
    'method',
    'significance',
    'alternative',
  ]);
  const plan = checkedPlan(design);
  const nFirst = checkedSize('nFirst', design.nFirst, 2);
  const nSecond = checkedSize('nSecond', design.nSecond ?? nFirst, 2);
  return recordOf(plan, nFirst, nSecond);
}

/**
 * How many observations a comparison of two independent proportions needs for a power; the inverse of {@link powerProportions}.
 *
 * @param design `first`, `second`, `power`, `ratio` (size of the second group over that of the first, default 1), `method`,
 *   `significance`, `alternative`
 * @throws InvalidArgumentError for values outside their range, unknown keys, or a difference that the test cannot find
 * @example
 * ```ts
 * import { sampleSizeProportions } from '@steatosis/stats';
 *
 * const { nFirst, n, power } = sampleSizeProportions({ first: 0.76, second: 0.9, power: 0.8 });
 * console.log(nFirst, n, power.toFixed(3)); // 112 224 0.801
 * ```
 */
export function sampleSizeProportions(
  design: SampleSizeOptions & ProportionsDesign & { ratio?: number },
): ProportionsSampleSize {
  checkedOptions(design, [
    'first',
    'second',
    'power',
    'ratio',
    'method',
    'significance',
    'alternative',
  ]);
  const plan = checkedPlan(design);
  const ratio = checkedPositive('ratio', design.ratio ?? 1);
  const wanted = checkedPower(design.power, plan.significance);
  const excess = (n: number) => powerAt(plan, n, ratio * n) - wanted;
  const effect = { name: 'second', value: plan.second };
  const { whole, fraction } = leastSize(excess, Math.max(2, 2 / ratio), effect);
  const nSecond = Math.ceil(ratio * fraction - 1e-9);
  return { ...recordOf(plan, whole, nSecond), n: whole + nSecond, exactNFirst: fraction };
}

interface Plan {
  first: number;
  second: number;
  kind: 'pooled' | 'arcsine';
  significance: number;
  alternative: Alternative;
}

function checkedPlan(design: PlanningOptions & ProportionsDesign): Plan {
  return {
    first: openShare('first', design.first),
    second: openShare('second', design.second),
    kind: checkedChoice('method', design.method ?? 'pooled', ['pooled', 'arcsine']),
    ...checkedPlanning(design),
  };
}

function recordOf(plan: Plan, nFirst: number, nSecond: number): ProportionsPower {
  const { first, second, significance, alternative, kind } = plan;
  return {
    power: powerAt(plan, nFirst, nSecond),
    nFirst,
    nSecond,
    first,
    second,
    significance,
    alternative,
    method: `power of the ${WORDS[kind]}`,
  };
}

function powerAt(plan: Plan, m: number, n: number): number {
  const { first: p, second: q, kind, significance, alternative } = plan;
  const z = -normalQuantile(tailOf(significance, alternative));
  const pooled = (m * p + n * q) / (m + n);
  const underNull =
    kind === 'arcsine'
      ? Math.sqrt(1 / m + 1 / n)
      : Math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n));
  const spread = kind === 'arcsine' ? underNull : Math.sqrt((p * (1 - p)) / m + (q * (1 - q)) / n);
  const difference =
    kind === 'arcsine' ? 2 * Math.asin(Math.sqrt(p)) - 2 * Math.asin(Math.sqrt(q)) : p - q;
  const effect = towards(difference, alternative);
  const other = alternative === 'two-sided' ? normalUpper((z * underNull + effect) / spread) : 0;
  return Math.min(1, normalUpper((z * underNull - effect) / spread) + other);
}
