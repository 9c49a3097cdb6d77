import { NO_VALUE } from './summaries.js';
import {
  standardisedMeanDifference,
  standardisedShareDifference,
} from './standardised-difference.js';
import type { StandardisedDifference } from './table-one-result.js';

/** The standardised mean difference of every pair of samples. */
export function differenceOfNumbers(samples: readonly Float64Array[]): StandardisedDifference {
  return ofPairs(
    samples.length,
    (a, b) => standardisedMeanDifference(samples[a], samples[b]),
    samples.every(({ length }) => length >= 2),
  );
}

/**
 * The same of shares.
 *
 * @param counts by level and group
 */
export function differenceOfShares(
  counts: readonly (readonly number[])[],
  groups: number,
): StandardisedDifference {
  const ofGroup = (group: number): number[] => counts.map((level) => level[group]);
  const known = Array.from({ length: groups }, (_, g) => ofGroup(g).some((count) => count > 0));
  return ofPairs(
    groups,
    (a, b) => standardisedShareDifference(ofGroup(a), ofGroup(b)),
    known.every(Boolean),
  );
}

function ofPairs(
  groups: number,
  difference: (a: number, b: number) => number,
  enough: boolean,
): StandardisedDifference {
  const pairs: StandardisedDifference['pairs'] = [];
  for (let a = 0; a < groups; a++) {
    for (let b = a + 1; b < groups; b++) pairs.push({ groups: [a, b], value: difference(a, b) });
  }
  const value = pairs.reduce((sum, pair) => sum + pair.value, 0) / pairs.length;
  return {
    value,
    text: Number.isNaN(value) ? NO_VALUE : value.toFixed(3),
    pairs,
    ...(Number.isNaN(value) ? { reason: enough ? 'zero-variance' : 'too-few-observations' } : {}),
  };
}
