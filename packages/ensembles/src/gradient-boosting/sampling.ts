import { createRandom, type Random } from '@steatosis/core';
import { rowsThatCount } from '../cart/presorted.js';

/** A draw of rows for every round from a stream of its own; undefined where every round takes all rows. */
export function roundSamples(
  rows: number,
  weights: Float64Array | undefined,
  share: number,
  seed: number,
): ((round: number) => Int32Array) | undefined {
  if (share === 1) return undefined;
  const counting = rowsThatCount(rows, weights);
  const random = createRandom(seed).split('rows');
  return (round) => drawRows(counting, rows, share, random.split(round));
}

/**
 * Draw a share of rows without replacement, rounded down but at least one.
 *
 * @param counting the rows to draw from
 * @returns for each of all rows 1 if it is drawn, else 0
 */
function drawRows(counting: Int32Array, rows: number, share: number, random: Random): Int32Array {
  const pool = counting.slice();
  const wanted = Math.max(1, Math.floor(share * pool.length));
  const times = new Int32Array(rows);
  for (let i = 0; i < wanted; i++) {
    const at = i + random.integer(pool.length - i);
    times[pool[at]] = 1;
    pool[at] = pool[i];
  }
  return times;
}
