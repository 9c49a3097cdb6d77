import { InvalidArgumentError } from '@steatosis/core';
import type { Numbers } from '../checks.js';
import type { DesignOptions } from './design.js';

/** Options of the models that are solved step by step. */
export interface IteratedOptions extends DesignOptions {
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  level?: number;
  /**
   * A known part of each row's linear predictor (its logit, with that link), as the logarithm of an exposure; its coefficient is
   * held at 1. Default none.
   */
  offset?: Numbers;
  /** Steps at most, a whole number ≥ 1. Default 200; usually 5 to 20 are needed. */
  maxIterations?: number;
}

/** @internal */
export const ITERATED_OPTIONS: readonly (keyof IteratedOptions)[] = [
  'names',
  'intercept',
  'nanPolicy',
  'level',
  'offset',
  'maxIterations',
];

/**
 * @throws InvalidArgumentError unless it is a whole number ≥ 1
 * @internal
 */
export function checkedIterations(maxIterations = 200): number {
  if (!Number.isInteger(maxIterations) || maxIterations < 1) {
    throw new InvalidArgumentError('maxIterations', maxIterations, 'a whole number ≥ 1');
  }
  return maxIterations;
}
