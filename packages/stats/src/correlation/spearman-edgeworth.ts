import { normalUpper } from '../special/normal.js';
import type { PValue } from '../special/p-value.js';

/** P of a tail, and whether the series had to be cut to stay within 0 … 1. */
export interface EdgeworthTail extends PValue {
  cut: boolean;
}

/**
 * P(Σd² ≥ `sum`) or, for the lower tail, P(Σd² < `sum`) of untied ranks without association, by an Edgeworth series.
 *
 * Source: Best and Roberts (1975, algorithm AS 89, Appl. Statist. 24:377).
 *
 * @internal
 */
export function edgeworthTail(sum: number, n: number, tail: 'lower' | 'upper'): EdgeworthTail {
  const b = 1 / n;
  const x = ((6 * (sum - 1) * b) / (n * n - 1) - 1) * Math.sqrt(n - 1);
  const y = x * x;
  const inner = 0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y);
  const middle = -0.0758 + b * (0.1033 + 0.3932 * b) - y * b * (0.0879 + 0.0151 * b - y * inner);
  const series = x * b * (0.2274 + b * (0.2531 + 0.1745 * b) + y * middle);
  const sign = tail === 'upper' ? 1 : -1;
  const p = normalUpper(sign * x) + sign * series * Math.exp(-y / 2);
  if (p <= 0) return { p: 0, logP: -Infinity, cut: true };
  if (p >= 1) return { p: 1, logP: 0, cut: true };
  return { p, logP: Math.log(p), cut: false };
}
