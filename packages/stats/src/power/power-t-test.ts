import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedChoice } from '../alternative.js';
import { checkedOptions } from '../checks.js';
import { noncentralT } from '../special/noncentral-t.js';
import { studentUpperQuantile } from '../special/student-t-quantile.js';
import { leastSize } from './least-size.js';
import {
  checkedPlanning,
  checkedPositive,
  checkedPower,
  checkedSize,
  type PlanningOptions,
  type SampleSizeOptions,
  tailOf,
  towards,
} from './planning.js';

/** What the planning of a t test takes. */
export interface TTestDesign {
  /** Difference of the means over the standard deviation (of one group; of the differences, where they are paired): Cohen's d. */
  effectSize: number;
  /** `'two-sample'` (default) with equal variances, `'paired'`, or `'one-sample'`. */
  kind?: 'two-sample' | 'paired' | 'one-sample';
}

/** The power of a t test. */
export interface TTestPower {
  /** Probability of rejecting that there is no difference. */
  power: number;
  /** Observations of the first group; pairs, where they are paired. */
  nFirst: number;
  /** Observations of the second group, of a two-sample test. */
  nSecond?: number;
  effectSize: number;
  significance: number;
  alternative: Alternative;
  method: string;
}

/** How many observations a t test needs. */
export interface TTestSampleSize extends TTestPower {
  /** Observations in all; pairs, where they are paired. */
  n: number;
  /** The size of the first group at which the power is met exactly; `nFirst` is the whole number above. */
  exactNFirst: number;
}

/**
 * The power of Student's t test, from the non-central t distribution.
 *
 * Source: Cohen (1988), chapter 2, exact; as R's `power.t.test(strict = TRUE)` and `pwr.t2n.test`.
 *
 * @param design `effectSize`, `nFirst` (2 or more), `nSecond` of a two-sample test (as the first unless given), `kind`, `significance`,
 *   `alternative`
 * @throws InvalidArgumentError for values outside their range or unknown keys
 * @example
 * ```ts
 * import { powerTTest } from '@steatosis/stats';
 *
 * console.log(powerTTest({ effectSize: 0.5, nFirst: 12, nSecond: 38 }).power.toFixed(3)); // 0.316
 * ```
 */
export function powerTTest(
  design: PlanningOptions & TTestDesign & { nFirst: number; nSecond?: number },
): TTestPower {
  checkedOptions(design, [
    'effectSize',
    'nFirst',
    'nSecond',
    'kind',
    'significance',
    'alternative',
  ]);
  const plan = checkedPlan(design);
  const nFirst = checkedSize('nFirst', design.nFirst, 2);
  if (plan.kind !== 'two-sample') {
    if (design.nSecond !== undefined) throw onlyOneGroup('nSecond', design.nSecond);
    return recordOf(plan, nFirst);
  }
  return recordOf(plan, nFirst, checkedSize('nSecond', design.nSecond ?? nFirst, 2));
}

/**
 * How many observations Student's t test needs for a power; the inverse of {@link powerTTest}.
 *
 * @param design `effectSize` (not 0), `power`, `ratio` of a two-sample test (size of the second group over that of the first, default 1),
 *   `kind`, `significance`, `alternative`
 * @throws InvalidArgumentError for values outside their range, unknown keys, or an effect that the test cannot find
 * @example
 * ```ts
 * import { sampleSizeTTest } from '@steatosis/stats';
 *
 * const { nFirst, n, power } = sampleSizeTTest({ effectSize: 0.5, power: 0.8 });
 * console.log(nFirst, n, power.toFixed(4)); // 64 128 0.8015
 * ```
 */
export function sampleSizeTTest(
  design: SampleSizeOptions & TTestDesign & { ratio?: number },
): TTestSampleSize {
  checkedOptions(design, ['effectSize', 'power', 'ratio', 'kind', 'significance', 'alternative']);
  const plan = checkedPlan(design);
  const two = plan.kind === 'two-sample';
  if (!two && design.ratio !== undefined) throw onlyOneGroup('ratio', design.ratio);
  const ratio = checkedPositive('ratio', design.ratio ?? 1);
  const wanted = checkedPower(design.power, plan.significance);
  const excess = (n: number) => powerAt(plan, n, two ? ratio * n : undefined) - wanted;
  const effect = { name: 'effectSize', value: plan.effectSize };
  const { whole, fraction } = leastSize(excess, two ? Math.max(2, 2 / ratio) : 2, effect);
  if (!two) return { ...recordOf(plan, whole), n: whole, exactNFirst: fraction };
  const nSecond = Math.ceil(ratio * fraction - 1e-9);
  return { ...recordOf(plan, whole, nSecond), n: whole + nSecond, exactNFirst: fraction };
}

interface Plan {
  effectSize: number;
  kind: 'two-sample' | 'paired' | 'one-sample';
  significance: number;
  alternative: Alternative;
}

function checkedPlan(design: PlanningOptions & TTestDesign): Plan {
  const { effectSize, kind } = design;
  if (!(typeof effectSize === 'number' && Number.isFinite(effectSize))) {
    throw new InvalidArgumentError('effectSize', effectSize, 'a finite number');
  }
  return {
    effectSize,
    kind: checkedChoice('kind', kind ?? 'two-sample', ['two-sample', 'paired', 'one-sample']),
    ...checkedPlanning(design),
  };
}

function onlyOneGroup(name: string, value: number): InvalidArgumentError {
  return new InvalidArgumentError(name, value, "nothing, unless kind is 'two-sample'");
}

function recordOf(plan: Plan, nFirst: number, nSecond?: number): TTestPower {
  const { effectSize, kind, significance, alternative } = plan;
  return {
    power: powerAt(plan, nFirst, nSecond),
    nFirst,
    ...(nSecond === undefined ? {} : { nSecond }),
    effectSize,
    significance,
    alternative,
    method: `power of the ${kind} t test by the non-central t distribution`,
  };
}

function powerAt(plan: Plan, nFirst: number, nSecond: number | undefined): number {
  const { effectSize, significance, alternative } = plan;
  const degreesOfFreedom = nSecond === undefined ? nFirst - 1 : nFirst + nSecond - 2;
  const root =
    nSecond === undefined ? Math.sqrt(nFirst) : Math.sqrt((nFirst * nSecond) / (nFirst + nSecond));
  const delta = towards(effectSize, alternative) * root;
  const critical = studentUpperQuantile(tailOf(significance, alternative), degreesOfFreedom);
  const { upper } = noncentralT(critical, degreesOfFreedom, delta);
  if (alternative !== 'two-sided') return upper;
  return Math.min(1, upper + noncentralT(-critical, degreesOfFreedom, delta).lower);
}
