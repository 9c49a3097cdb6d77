import { compensatedSum, sumInRuns } from './sum.js';

/** Values about their mean in units of a power of two, so that no square over- or underflows. */
export interface Centred {
  /** (xᵢ − mean) / scale, within −2 … 2 */
  deviations: Float64Array;
  /** A power of two; 0 when all values are equal. */
  scale: number;
}

/** Σx/n of finite values without overflow on the way; NaN for none. */
export function meanOf(values: ArrayLike<number>): number {
  const n = values.length;
  const sum = compensatedSum(values);
  return Number.isFinite(sum) ? sum / n : (compensatedSum(values, 2 ** -64) / n) * 2 ** 64;
}

/** Centre finite values; a second pass removes what the rounding of the mean left behind. */
export function centre(values: Float64Array): Centred {
  const n = values.length;
  let largest = 0;
  let constant = true;
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, Math.abs(values[i]));
    if (values[i] !== values[0]) constant = false;
  }
  const deviations = new Float64Array(n);
  if (constant) return { deviations, scale: 0 };
  const exponent = Math.floor(Math.log2(largest)) + 1;
  // Two factors, since 2^1074 is no double.
  const half = 2 ** -Math.floor(exponent / 2);
  const rest = 2 ** -Math.ceil(exponent / 2);
  for (let i = 0; i < n; i++) deviations[i] = values[i] * half * rest;
  for (let pass = 0; pass < 2; pass++) {
    const shift = sumInRuns(deviations) / n;
    for (let i = 0; i < n; i++) deviations[i] -= shift;
  }
  return { deviations, scale: 1 / half / rest };
}
