/** Checks of options at the door; each throws an `InvalidArgumentError` that names the option. */
import { InvalidArgumentError } from '@steatosis/core';

export function checkInteger(name: string, value: unknown, least: number, most: number): number {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw new InvalidArgumentError(name, value, `an integer ${least} … ${most}`);
  }
  return value as number;
}

export function checkNumber(
  name: string,
  value: unknown,
  fits: (value: number) => boolean,
  expected: string,
): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || !fits(value)) {
    throw new InvalidArgumentError(name, value, expected);
  }
  return value;
}

export function checkBoolean(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new InvalidArgumentError(name, value, 'true or false');
  return value;
}

export function checkOneOf<T extends string>(
  name: string,
  value: unknown,
  allowed: readonly T[],
): T {
  if (!allowed.includes(value as T)) {
    throw new InvalidArgumentError(name, value, allowed.map((a) => `"${a}"`).join(' or '));
  }
  return value as T;
}

/** A misspelt option must not be ignored silently. */
export function checkOptions(name: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new InvalidArgumentError(name, options, 'an object');
  }
  for (const [key, value] of Object.entries(options)) {
    if (value !== undefined && !known.includes(key)) {
      throw new InvalidArgumentError(
        `${name}.${key}`,
        value,
        `no such option; known: ${known.join(', ')}`,
      );
    }
  }
}
