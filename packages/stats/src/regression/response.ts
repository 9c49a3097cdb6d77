import { InvalidArgumentError } from '@steatosis/core';
import type { GeeFamily } from './gee-family.js';

/**
 * @throws InvalidArgumentError for a response that the family cannot have, naming the row that was given
 * @internal
 */
export function checkedResponse(
  name: string,
  y: Float64Array,
  family: GeeFamily,
  kept: Uint32Array | 'all',
): Float64Array {
  if (family === 'gaussian') return y;
  const isPossible =
    family === 'binomial'
      ? (value: number) => value === 0 || value === 1
      : (value: number) => Number.isInteger(value) && value >= 0;
  const wrong = y.findIndex((value) => !isPossible(value));
  if (wrong >= 0) {
    throw new InvalidArgumentError(
      `${name}[${kept === 'all' ? wrong : kept[wrong]}]`,
      y[wrong],
      family === 'binomial' ? '0 (negative) or 1 (positive)' : 'a count, a whole number ≥ 0',
    );
  }
  return y;
}
