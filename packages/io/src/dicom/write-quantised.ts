import type { TypedArray } from '@steatosis/core';

/** A map in 16-bit integers: value = stored × step. */
export interface QuantisedMap {
  stored: Int16Array;
  step: number;
  /** Voxels beyond ± 32767 steps, stored as the nearest value that fits. */
  saturated: number;
  /** Voxels without a value (NaN), stored as {@link PADDING}. */
  undefinedVoxels: number;
}

/** Stored value of voxels that have none. */
export const PADDING = -32768;
const LARGEST = 32767;

/**
 * Round a map to multiples of a step; 0 stays exactly 0.
 *
 * @param step default the smallest of 1, 2, 5 × 10ⁿ that holds every finite value
 */
export function quantiseMap(values: TypedArray, step = fittingStep(values)): QuantisedMap {
  const stored = new Int16Array(values.length);
  let saturated = 0;
  let undefinedVoxels = 0;
  for (let i = 0; i < values.length; i++) {
    const steps = Math.round(values[i] / step);
    if (Number.isNaN(steps)) {
      stored[i] = PADDING;
      undefinedVoxels++;
    } else {
      const kept = Math.max(-LARGEST, Math.min(LARGEST, steps));
      if (kept !== steps) saturated++;
      stored[i] = kept;
    }
  }
  return { stored, step, saturated, undefinedVoxels };
}

function fittingStep(values: TypedArray): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size > largest && size < Infinity) largest = size;
  }
  if (largest === 0) return 1;
  const least = largest / LARGEST;
  const exponent = Math.floor(Math.log10(least));
  const steps = [1, 2, 5, 10].map((n) => Number(`${n}e${exponent}`));
  return steps.find((n) => n >= least) ?? steps[3];
}
