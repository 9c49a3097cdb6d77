import { InvalidArgumentError } from '@steatosis/core';
import { finiteOrThrow, keptSample, type Numbers } from '../checks.js';
import { centre, meanOf } from '../numeric/centre.js';
import { compensatedSum, dot } from '../numeric/sum.js';
import type { NanPolicy } from '../reason.js';

/** Size, mean and spread of one sample. */
export interface Moments {
  n: number;
  mean: number;
  /** What the rounding of `mean` left out, so that differences of means keep their digits. */
  rest: number;
  /** With the divisor n − 1; NaN for a single value. */
  standardDeviation: number;
}

/** Moments of finite values. */
export function momentsOf(values: Float64Array): Moments {
  const n = values.length;
  const mean = meanOf(values);
  const rest = compensatedSum(values.map((value) => value - mean)) / n;
  const { deviations, scale } = centre(values);
  const standardDeviation =
    n < 2 ? Number.NaN : Math.sqrt(dot(deviations, deviations) / (n - 1)) * scale;
  return { n, mean, rest, standardDeviation };
}

/**
 * One sample as the NaN policy has it, for methods that need the size of every value.
 *
 * @throws InvalidArgumentError for infinities, what is no number, and NaN under `raise`
 */
export function finiteSample(
  name: string,
  values: Numbers,
  policy?: NanPolicy,
): Float64Array | 'nan' {
  const kept = keptSample(name, values, policy);
  if (kept !== 'nan') finiteOrThrow(name, kept);
  return kept;
}

/**
 * Several samples; `'nan'` when one holds a NaN under `propagate`.
 *
 * @throws InvalidArgumentError unless `groups` is an array of at least two
 */
export function samples(
  groups: readonly Numbers[],
  policy: NanPolicy | undefined,
  keep: (name: string, values: Numbers, policy?: NanPolicy) => Float64Array | 'nan',
): Float64Array[] | 'nan' {
  const found: unknown = groups;
  if (!Array.isArray(found) || groups.length < 2) {
    throw new InvalidArgumentError(
      'groups',
      Array.isArray(found) ? `${groups.length} groups` : found,
      'an array of two groups or more, each an array of numbers',
    );
  }
  const kept: Float64Array[] = [];
  let missing = false;
  groups.forEach((group, i) => {
    const values = keep(`groups[${i}]`, group, policy);
    if (values === 'nan') missing = true;
    else kept.push(values);
  });
  return missing ? 'nan' : kept;
}

/** Are all values of all samples equal? */
export function allEqual(groups: readonly Float64Array[]): boolean {
  const first = groups.find((group) => group.length > 0)?.[0];
  return groups.every((group) => group.every((value) => value === first));
}
