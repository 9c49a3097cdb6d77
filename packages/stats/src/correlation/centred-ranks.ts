import { doubledRanks } from '../numeric/ranks.js';

/**
 * Doubled mid-ranks about their mean n + 1: whole numbers, exact.
 *
 * @internal
 */
export function centredRanks(values: Float64Array): Float64Array {
  const ranks = doubledRanks(values);
  const middle = ranks.length + 1;
  for (let i = 0; i < ranks.length; i++) ranks[i] -= middle;
  return ranks;
}

/** Whether all values tie: their mid-rank is the mean. */
export function isConstant(centred: Float64Array): boolean {
  return centred.every((rank) => rank === 0);
}

/** Whether any values tie: their rank occurs more than once. */
export function hasTies(centred: Float64Array): boolean {
  return new Set(centred).size < centred.length;
}
