import { argsort } from './argsort.js';

/** The position of each value among the distinct ones, upwards from 0. −0 and +0 are the same. */
export interface Levels {
  of: Uint32Array;
  count: number;
}

/**
 * @param values at least one
 * @internal
 */
export function levelsOf(values: Float64Array): Levels {
  const order = argsort(values);
  const of = new Uint32Array(values.length);
  let level = 0;
  for (let k = 0; k < order.length; k++) {
    if (k > 0 && values[order[k]] !== values[order[k - 1]]) level++;
    of[order[k]] = level;
  }
  return { of, count: level + 1 };
}
