import { InvalidArgumentError } from '@steatosis/core';
import type { NumberRule } from '../data/parameters.js';

/** A number from 2 on. */
export const wholeFrom2: NumberRule = {
  test: (value) => Number.isInteger(value) && value >= 2,
  expected: 'an integer ≥ 2',
};

/** A number in (0, 1]. */
export const share: NumberRule = {
  test: (value) => value > 0 && value <= 1,
  expected: 'a number above 0 and at most 1',
};

/** A number in (0, 1). */
export const properShare: NumberRule = {
  test: (value) => value > 0 && value < 1,
  expected: 'a number between 0 and 1',
};

export const notNegative: NumberRule = {
  test: (value) => Number.isFinite(value) && value >= 0,
  expected: 'a finite number ≥ 0',
};

/** Throw unless `value` is null or a number that fulfils the rule. */
export function checkNumberOrNull(
  owner: string,
  name: string,
  value: number | null,
  rule: NumberRule,
): void {
  if (value === null || (typeof value === 'number' && rule.test(value))) return;
  throw new InvalidArgumentError(`${owner}'s ${name}`, value, `${rule.expected}, or null for none`);
}

/** Throw unless `value` is one of the choices. */
export function checkChoice(
  owner: string,
  name: string,
  value: unknown,
  choices: readonly string[],
): void {
  if (typeof value === 'string' && choices.includes(value)) return;
  throw new InvalidArgumentError(
    `${owner}'s ${name}`,
    value,
    choices.map((choice) => `'${choice}'`).join(' or '),
  );
}
