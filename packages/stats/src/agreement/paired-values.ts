import {
  finiteOrThrow,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import type { NanPolicy } from '../reason.js';

/**
 * The pairs that the NaN policy keeps.
 *
 * @throws InvalidArgumentError for arrays of different length or infinities
 * @internal
 */
export function pairedValues(
  x: Numbers,
  y: Numbers,
  policy: NanPolicy | undefined,
): { x: Float64Array; y: Float64Array } | 'nan' {
  sameLength('x', x, 'y', y);
  const kept = keptObservations({ x, y }, policy);
  if (kept === 'nan') return 'nan';
  const pairs = { x: keptValues(x, kept), y: keptValues(y, kept) };
  finiteOrThrow('x', pairs.x);
  finiteOrThrow('y', pairs.y);
  return pairs;
}
