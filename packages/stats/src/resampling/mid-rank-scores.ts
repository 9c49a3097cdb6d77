import { levelsOf } from '../numeric/levels.js';

/**
 * Doubled mid-ranks about their mean of resampled values. Values are sorted once; a resample's ranks then follow from counts at every
 * distinct value.
 *
 * @internal
 */
export function midRankScores(values: Float64Array): (observations: Uint32Array) => Float64Array {
  const { of: levels, count } = levelsOf(values);
  const counts = new Uint32Array(count);
  const ranks = new Float64Array(count);
  return (observations) => {
    const n = observations.length;
    counts.fill(0);
    for (let k = 0; k < n; k++) counts[levels[observations[k]]]++;
    let below = 0;
    for (let level = 0; level < count; level++) {
      ranks[level] = 2 * below + counts[level] - n;
      below += counts[level];
    }
    const scores = new Float64Array(n);
    for (let k = 0; k < n; k++) scores[k] = ranks[levels[observations[k]]];
    return scores;
  };
}
