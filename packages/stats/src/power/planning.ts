import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedAlternative } from '../alternative.js';

/** What the planning of every test takes. */
export interface PlanningOptions {
  /** P below which the test rejects, between 0 and 1. Default 0.05. */
  significance?: number;
  /** Which departures the test looks for. Default `'two-sided'`, which counts rejections on either side. */
  alternative?: Alternative;
}

/** The same of a sample size. */
export interface SampleSizeOptions extends PlanningOptions {
  /** Probability of rejecting that is wanted, between `significance` and 1. Default 0.8. */
  power?: number;
}

/** @internal */
export function checkedPlanning(options: PlanningOptions) {
  return {
    significance: openShare('significance', options.significance ?? 0.05),
    alternative: checkedAlternative(options.alternative),
  };
}

/** @throws InvalidArgumentError unless it lies between the significance and 1 */
export function checkedPower(power = 0.8, significance: number): number {
  if (openShare('power', power) <= significance) {
    throw new InvalidArgumentError('power', power, `more than the significance ${significance}`);
  }
  return power;
}

/** @throws InvalidArgumentError unless 0 < value < 1 */
export function openShare(name: string, value: number): number {
  if (!(typeof value === 'number' && value > 0 && value < 1)) {
    throw new InvalidArgumentError(name, value, 'a number between 0 and 1');
  }
  return value;
}

/** @throws InvalidArgumentError unless it is a finite number above 0 */
export function checkedPositive(name: string, value: number): number {
  if (!(typeof value === 'number' && value > 0 && value < Infinity)) {
    throw new InvalidArgumentError(name, value, 'a finite number above 0');
  }
  return value;
}

/** @throws InvalidArgumentError unless it is a whole number of at least `least` */
export function checkedSize(name: string, n: number, least: number): number {
  if (!(Number.isSafeInteger(n) && n >= least)) {
    throw new InvalidArgumentError(name, n, `a whole number of at least ${least}`);
  }
  return n;
}

/**
 * The effect in the direction of the alternative: its size where the test is two-sided.
 *
 * @internal
 */
export function towards(effect: number, alternative: Alternative): number {
  if (alternative === 'two-sided') return Math.abs(effect);
  return alternative === 'greater' ? effect : -effect;
}

/** The probability of rejecting by chance, on one side. */
export function tailOf(significance: number, alternative: Alternative): number {
  return alternative === 'two-sided' ? significance / 2 : significance;
}
