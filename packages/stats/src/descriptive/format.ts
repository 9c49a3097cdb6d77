import { InvalidArgumentError } from '@steatosis/core';
import { checkedCount, checkedOptions, checkedRecord } from '../checks.js';
import { proportionInterval } from '../proportions/proportion-interval.js';
import type { Description } from './describe.js';

/** Options of the formatters. */
export interface FormatOptions {
  /** Decimal places, 0 … 20. Default 1 for means and percentages, 3 for P. */
  digits?: number;
  /** What stands for an undefined value. Default `'n/a'`. */
  undefinedText?: string;
}

/**
 * `mean ± SD`, as tables of patients have it.
 *
 * @param description from `describe`, or any mean and standard deviation
 * @throws InvalidArgumentError for impossible digits
 * @example
 * ```ts
 * import { describe, formatMeanSd } from '@steatosis/stats';
 *
 * console.log(formatMeanSd(describe([21, 34, 45, 52, 38]))); // 38.0 ± 11.7
 * ```
 */
export function formatMeanSd(
  description: Pick<Description, 'mean' | 'standardDeviation'>,
  options: FormatOptions = {},
): string {
  checkedOptions(options, OPTIONS);
  checkedRecord('description', description, 'a record with mean and standardDeviation');
  const { mean, standardDeviation } = description;
  for (const [name, value] of Object.entries({ mean, standardDeviation })) {
    if (typeof value !== 'number') throw new InvalidArgumentError(name, value, 'a number');
  }
  return `${fixed(mean, 1, options)} ± ${fixed(standardDeviation, 1, options)}`;
}

/**
 * `n (%)`, as tables of patients have it.
 *
 * @param count whole number, 0 … total
 * @param total whole number ≥ 0; of 0 the percentage is undefined
 * @throws InvalidArgumentError for impossible counts or digits
 * @example
 * ```ts
 * import { formatCountPercent } from '@steatosis/stats';
 *
 * console.log(formatCountPercent(12, 50)); // 12 (24.0%)
 * ```
 */
export function formatCountPercent(
  count: number,
  total: number,
  options: FormatOptions = {},
): string {
  checkedOptions(options, OPTIONS);
  const { estimate } = proportionInterval(checkedCount('count', count), total);
  const percent = fixed(100 * estimate, 1, options);
  return `${count} (${percent}${Number.isNaN(estimate) ? '' : '%'})`;
}

/**
 * A P value as journals print it: `<0.001` rather than `0.000`, and `>0.999` rather than a rounded 1.
 *
 * @param p 0 … 1, or NaN
 * @throws InvalidArgumentError for other numbers or impossible digits
 * @example
 * ```ts
 * import { formatP } from '@steatosis/stats';
 *
 * console.log(formatP(0.0279), formatP(1e-9), formatP(0.9999)); // 0.028 <0.001 >0.999
 * ```
 */
export function formatP(p: number, options: FormatOptions = {}): string {
  checkedOptions(options, OPTIONS);
  if (typeof p !== 'number' || p < 0 || p > 1)
    throw new InvalidArgumentError('p', p, 'a probability, 0 … 1');
  const digits = checkedDigits(options.digits ?? 3);
  const text = fixed(p, 3, options);
  if (Number.isNaN(p)) return text;
  const smallest = 10 ** -digits;
  if (p < smallest) return `<${smallest.toFixed(digits)}`;
  if (p < 1 && Number(text) === 1) return `>${(1 - smallest).toFixed(digits)}`;
  return text;
}

const OPTIONS: readonly (keyof FormatOptions)[] = ['digits', 'undefinedText'];

function fixed(value: number, usualDigits: number, options: FormatOptions): string {
  const digits = checkedDigits(options.digits ?? usualDigits);
  return Number.isNaN(value) ? (options.undefinedText ?? 'n/a') : value.toFixed(digits);
}

function checkedDigits(digits: number): number {
  if (!Number.isInteger(digits) || digits < 0 || digits > 20) {
    throw new InvalidArgumentError('digits', digits, 'a whole number, 0 … 20');
  }
  return digits;
}
