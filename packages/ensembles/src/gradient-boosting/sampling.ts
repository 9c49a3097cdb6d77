import type { Random } from '@steatosis/core';

/**
 * Draw a share of rows without replacement, rounded down but at least one.
 *
 * @param counting the rows to draw from
 * @returns for each of all rows 1 if it is drawn, else 0
 */
export function drawRows(
  counting: Int32Array,
  rows: number,
  share: number,
  random: Random,
): Int32Array {
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
