import { shapiroWilk } from '../group-tests/shapiro-wilk.js';

/** Below it a group is not taken for normal. */
export const LEAST_NORMAL_P = 0.05;

/** P of Shapiro and Wilk's test of each sample; NaN where a sample is too small for it or does not vary. */
export function normalityOf(samples: readonly Float64Array[]): number[] {
  return samples.map((sample) => shapiroWilk(sample).p);
}

/** Does any sample look other than normal? One that cannot be tested does not. */
export function looksNonNormal(normalityP: readonly number[]): boolean {
  return normalityP.some((p) => p < LEAST_NORMAL_P);
}
