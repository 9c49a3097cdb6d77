import { InvalidArgumentError } from '@steatosis/core';
import type { NanPolicy } from './reason.js';

/** Numbers in any array; typed arrays are read without a copy where that is possible. */
export type Numbers = ArrayLike<number>;

/** @throws InvalidArgumentError unless it is an object of which every key is one of `known` */
export function checkedOptions<T extends object>(options: T, known: readonly (keyof T)[]): T {
  checkedRecord('options', options, `an object with any of ${known.join(', ')}`);
  for (const key of Object.keys(options)) {
    if (!(known as readonly string[]).includes(key)) {
      throw new InvalidArgumentError('options', { [key]: true }, `only ${known.join(', ')}`);
    }
  }
  return options;
}

/** @throws InvalidArgumentError unless it is an object and no list */
export function checkedRecord(name: string, value: unknown, expected: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidArgumentError(name, value, expected);
  }
}

/** @throws InvalidArgumentError unless 0 < level < 1 */
export function checkedLevel(level = 0.95): number {
  if (!(typeof level === 'number' && level > 0 && level < 1)) {
    throw new InvalidArgumentError('level', level, 'a confidence level between 0 and 1, as 0.95');
  }
  return level;
}

/** @throws InvalidArgumentError unless both are arrays of one length */
export function sameLength(
  nameA: string,
  a: ArrayLike<unknown>,
  nameB: string,
  b: ArrayLike<unknown>,
) {
  checkedArray(nameA, a);
  checkedArray(nameB, b);
  if (a.length !== b.length) {
    throw new InvalidArgumentError(
      nameB,
      `${b.length} values`,
      `as many as ${nameA} (${a.length}): one for each observation`,
    );
  }
}

/** @throws InvalidArgumentError unless it has a length and entries, as arrays and typed arrays have */
export function checkedArray(name: string, values: ArrayLike<unknown>): void {
  const found: unknown = values;
  if (typeof found !== 'object' || found === null || !('length' in found)) {
    throw new InvalidArgumentError(name, found, 'an array or typed array');
  }
}

/** Labels as bytes. @throws InvalidArgumentError unless each is 0 or 1 */
export function checkedLabels(name: string, labels: Numbers): Uint8Array {
  const bytes = new Uint8Array(labels.length);
  for (let i = 0; i < bytes.length; i++) {
    const label = labels[i];
    if (label !== 0 && label !== 1) {
      throw new InvalidArgumentError(`${name}[${i}]`, label, '0 (negative) or 1 (positive)');
    }
    bytes[i] = label;
  }
  return bytes;
}

/** @throws InvalidArgumentError unless `count` is a whole number ≥ 0 that a double holds exactly */
export function checkedCount(name: string, count: number): number {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new InvalidArgumentError(name, count, 'a whole number ≥ 0');
  }
  return count;
}

/**
 * Which observations the NaN policy keeps: undefined for all of them, or their indices; `'nan'` when one is
 * NaN under `propagate`.
 *
 * @throws InvalidArgumentError for values that are no numbers, a NaN under `raise`, or an unknown policy
 */
export function keptObservations(
  columns: Readonly<Record<string, Numbers>>,
  policy: 'omit',
): Uint32Array | 'all';
export function keptObservations(
  columns: Readonly<Record<string, Numbers>>,
  policy?: NanPolicy,
): Uint32Array | 'all' | 'nan';
export function keptObservations(
  columns: Readonly<Record<string, Numbers>>,
  policy: NanPolicy = 'propagate',
): Uint32Array | 'all' | 'nan' {
  checkedNanPolicy(policy);
  const names = Object.keys(columns);
  for (const name of names) checkedArray(name, columns[name]);
  const n = columns[names[0]].length;
  let missing: Set<number> | undefined;
  for (const name of names) {
    const values = columns[name];
    for (let i = 0; i < n; i++) {
      const value: unknown = values[i];
      if (typeof value !== 'number') {
        throw new InvalidArgumentError(`${name}[${i}]`, value, 'a number, NaN where it is missing');
      }
      if (!Number.isNaN(value)) continue;
      if (policy === 'propagate') return 'nan';
      if (policy === 'raise') {
        throw new InvalidArgumentError(`${name}[${i}]`, Number.NaN, 'a number');
      }
      (missing ??= new Set()).add(i);
    }
  }
  if (missing === undefined) return 'all';
  return Uint32Array.from({ length: n }, (_, i) => i).filter((i) => !missing.has(i));
}

/** @throws InvalidArgumentError unless it is one of the three */
export function checkedNanPolicy(policy: NanPolicy = 'propagate'): NanPolicy {
  if (policy !== 'propagate' && policy !== 'omit' && policy !== 'raise') {
    throw new InvalidArgumentError('nanPolicy', policy, "'propagate', 'omit' or 'raise'");
  }
  return policy;
}

/** The kept values as doubles; a copy unless they already are all of a `Float64Array`. */
export function keptValues(values: Numbers, kept: Uint32Array | 'all'): Float64Array {
  if (kept !== 'all') return Float64Array.from(kept, (i) => values[i]);
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

/**
 * The values of one sample that the NaN policy keeps, as doubles; `'nan'` when one is NaN under `propagate`.
 *
 * @throws InvalidArgumentError for values that are no numbers, a NaN under `raise`, or an unknown policy
 */
export function keptSample(
  name: string,
  values: Numbers,
  policy?: NanPolicy,
): Float64Array | 'nan' {
  const kept = keptObservations({ [name]: values }, policy);
  return kept === 'nan' ? kept : keptValues(values, kept);
}

/**
 * For methods that need the size of every value. Ranks can do with infinities, means cannot.
 *
 * @throws InvalidArgumentError for an infinity, naming where it is
 */
export function finiteOrThrow(name: string, values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]) === Infinity) {
      throw new InvalidArgumentError(
        `${name}[${i}]`,
        values[i],
        'a finite number: means and variances have no value with infinities; leave such observations out, mark them as NaN, or use ranks',
      );
    }
  }
}
