import { InvalidArgumentError } from '@steatosis/core';
import { UnsupportedParameterError } from '../errors.js';

/** What a number has to fulfil, in code and in words. */
export interface NumberRule {
  test(value: number): boolean;
  expected: string;
}

export const wholeFrom1: NumberRule = {
  test: (value) => Number.isInteger(value) && value >= 1,
  expected: 'an integer ≥ 1',
};

export const wholeFrom0: NumberRule = {
  test: (value) => Number.isInteger(value) && value >= 0,
  expected: 'an integer ≥ 0',
};

export const positive: NumberRule = {
  test: (value) => Number.isFinite(value) && value > 0,
  expected: 'a finite number > 0',
};

export const anySeed: NumberRule = {
  test: Number.isSafeInteger,
  expected: 'an integer between −(2⁵³ − 1) and 2⁵³ − 1',
};

/** How a parameter is checked: as a number; undefined leaves the check to the caller. */
export type Rule = NumberRule | undefined;

/**
 * Fill in defaults and refuse what cannot be meant: unknown names (the nearest valid one is named), names
 * that are not supported, and values out of range. A parameter given as undefined counts as left out.
 */
export function completeParameters<T extends object>(
  owner: string,
  given: object,
  defaults: T,
  rules: { readonly [K in keyof T]: Rule },
  unsupported: readonly string[],
): T {
  checkObject(owner, given);
  const complete = { ...defaults } as Record<string, unknown>;
  const names = Object.keys(rules);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!names.includes(name)) refuseName(owner, name, value, names, unsupported);
    const rule = rules[name as keyof T];
    if (rule && !(typeof value === 'number' && rule.test(value))) {
      throw new InvalidArgumentError(`${owner}'s ${name}`, value, rule.expected);
    }
    complete[name] = value;
  }
  return complete as T;
}

/**
 * Throw for a name in `given` that is not among `names`, for what is no object at all, and for a `signal` or an
 * `onProgress` that cannot be one.
 */
export function checkNames(
  owner: string,
  given: object,
  names: readonly string[],
  unsupported: readonly string[],
): void {
  checkObject(owner, given);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!names.includes(name)) refuseName(owner, name, value, names, unsupported);
    if (name === 'onProgress' && typeof value !== 'function') {
      throw new InvalidArgumentError(`${owner}'s onProgress`, value, 'a function');
    }
    if (name === 'signal' && typeof (value as AbortSignal | null)?.aborted !== 'boolean') {
      throw new InvalidArgumentError(`${owner}'s signal`, value, 'an AbortSignal');
    }
  }
}

/** Throw unless parameters or options are an object. */
export function checkObject(owner: string, given: unknown): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new InvalidArgumentError(`what ${owner} takes by name`, given, 'an object');
  }
}

function refuseName(
  owner: string,
  name: string,
  value: unknown,
  names: readonly string[],
  unsupported: readonly string[],
): never {
  if (unsupported.includes(name)) {
    throw new UnsupportedParameterError(
      name,
      `${owner} does not support ${name} yet; leave it out. Supported: ${names.join(', ')}.`,
    );
  }
  const nearest = nearestName(name, [...names, ...unsupported]);
  throw new InvalidArgumentError(
    `${owner}'s ${name}`,
    value,
    `no such parameter: did you mean ${nearest}? The names are ${names.join(', ')}`,
  );
}

/** The one of `names` that `name` was most likely meant to be. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  return names.toSorted((a, b) => unlikeness(name, a) - unlikeness(name, b))[0];
}

/** Edits from one name to the other, less the letters that they begin with alike. */
function unlikeness(a: string, b: string): number {
  const from = a.toLowerCase();
  const to = b.toLowerCase();
  let alike = 0;
  while (alike < Math.min(from.length, to.length) && from[alike] === to[alike]) alike++;
  return editDistance(from, to) - alike;
}

/** Levenshtein's distance. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const current = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = previous[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[to.length];
}
