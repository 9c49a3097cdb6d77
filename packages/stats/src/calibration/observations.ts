import { InvalidArgumentError } from '@steatosis/core';
import {
  checkedLabels,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import type { NanPolicy } from '../reason.js';

/** Labels and probabilities that the NaN policy keeps. */
export interface Observations {
  labels: Uint8Array;
  probabilities: Float64Array;
}

/**
 * `'nan'` when a probability is NaN under `propagate`.
 *
 * @throws InvalidArgumentError for arrays of different length, labels other than 0 and 1, probabilities outside 0 … 1
 * @internal
 */
export function checkedObservations(
  labels: Numbers,
  probabilities: Numbers,
  policy: NanPolicy | undefined,
): Observations | 'nan' {
  sameLength('labels', labels, 'probabilities', probabilities);
  const classes = checkedLabels('labels', labels);
  const kept = keptObservations({ probabilities }, policy);
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i];
    if (p < 0 || p > 1) {
      throw new InvalidArgumentError(`probabilities[${i}]`, p, 'a probability of 0 … 1');
    }
  }
  if (kept === 'nan') return 'nan';
  return {
    labels: kept === 'all' ? classes : Uint8Array.from(kept, (i) => classes[i]),
    probabilities: keptValues(probabilities, kept),
  };
}

/** How many labels are 1. */
export function countPositives(labels: Uint8Array): number {
  let positives = 0;
  for (const label of labels) positives += label;
  return positives;
}
