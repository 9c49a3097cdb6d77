import { InvalidArgumentError } from '@steatosis/core';
import type { Interval } from '../reason.js';

/** `0.832 (0.714–0.950)`, with "to" where a limit is negative; `–` for what is undefined. */
export function intervalInWords(estimate: number, [low, high]: Interval, digits: number): string {
  if (!Number.isInteger(digits) || digits < 0 || digits > 20) {
    throw new InvalidArgumentError('digits', digits, 'a whole number, 0 … 20');
  }
  const print = (value: number): string =>
    Number.isNaN(value) ? '–' : value.toFixed(digits).replace('-', '−').replace('Infinity', '∞');
  if (Number.isNaN(low) || Number.isNaN(high)) return `${print(estimate)} (no interval)`;
  return `${print(estimate)} (${print(low)}${low < 0 ? ' to ' : '–'}${print(high)})`;
}
