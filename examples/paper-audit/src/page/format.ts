import { formatP } from '@steatosis/stats';
import type { RowRange } from '../table2.ts';

export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

/** A P value; a very small one by its power of ten, which is known from its logarithm when the value underflows. */
export function pText(p: number, logP = Math.log(p)): string {
  if (p >= 0.001) return formatP(p);
  const power = Math.floor(logP / Math.LN10);
  return `${Math.exp(logP - power * Math.LN10).toFixed(1)} × 10⁻${superscript(-power)}`;
}

export function rangeText(range: RowRange, open = false): string {
  if (range === undefined) return 'none';
  return open ? `${range.from} or more` : `${range.from} to ${range.to}`;
}

export const interval = ([low, high]: [number, number], digits = 2): string =>
  `${low.toFixed(digits)}–${high.toFixed(digits)}`;

/** `a, b and c` */
export function list(items: readonly (string | number)[]): string {
  const texts = items.map(String);
  const last = texts.pop() ?? '';
  return texts.length === 0 ? last : `${texts.join(', ')} and ${last}`;
}

function superscript(n: number): string {
  return Array.from(String(n), (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}
