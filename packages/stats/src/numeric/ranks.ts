import { argsort } from './argsort.js';

/**
 * Twice the mid-rank of each value (2 … 2n), so that ranks of ties stay whole numbers. −0 and +0 tie.
 *
 * @internal
 */
export function doubledRanks(values: Float64Array): Float64Array {
  const n = values.length;
  const order = argsort(values);
  const ranks = new Float64Array(n);
  for (let first = 0; first < n;) {
    let next = first + 1;
    const value = values[order[first]];
    while (next < n && values[order[next]] === value) next++;
    for (let k = first; k < next; k++) ranks[order[k]] = first + next + 1;
    first = next;
  }
  return ranks;
}
