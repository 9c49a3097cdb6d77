import type { Random } from '@steatosis/core';

/** Decide which of `length` features stay: 1 stays, 0 is dropped. */
export function keptFeatures(random: Random, dropRate: number, length: number): Uint8Array {
  const threshold = dropRate * 4294967296;
  return Uint8Array.from({ length }, () => (random.uint32() >= threshold ? 1 : 0));
}

/** Drop features, or their gradients, and scale the rest by 1/(1 − p), so that the expectation stays. */
export function dropFeatures(values: Float32Array, kept: Uint8Array, dropRate: number): void {
  const factor = 1 / (1 - dropRate);
  for (let i = 0; i < values.length; i++) values[i] *= kept[i] * factor;
}
