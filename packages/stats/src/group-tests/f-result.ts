import type { Reason } from '../reason.js';
import type { PValue } from '../special/p-value.js';

/** A test of several groups against a distribution with given degrees of freedom. */
export interface GroupsTest<DegreesOfFreedom> extends PValue {
  statistic: number;
  degreesOfFreedom: DegreesOfFreedom;
  /** P of the null hypothesis. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Values used. */
  n: number;
  /** The test in words. */
  method: string;
  /** Why a value is NaN; absent when none is. */
  reason?: Reason;
}

/** Between and within the groups. */
export type FDegreesOfFreedom = [between: number, within: number];

/** The record of an input that has no such statistic. */
export function undefinedGroups<DegreesOfFreedom>(
  n: number,
  degreesOfFreedom: DegreesOfFreedom,
  method: string,
  reason: Reason,
): GroupsTest<DegreesOfFreedom> {
  const { NaN: nan } = Number;
  return { statistic: nan, degreesOfFreedom, p: nan, logP: nan, n, method, reason };
}

/** Values in all. */
export function sizeOf(groups: readonly ArrayLike<number>[]): number {
  return groups.reduce((n, group) => n + group.length, 0);
}
