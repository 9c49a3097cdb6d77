import { levelsOf } from '../numeric/levels.js';
import type { StatisticOfObservations } from '../resampling/replicates.js';

/**
 * The AUC of resamples; NaN where one has a single class. Scores are sorted once; a resample then is counts at every distinct
 * score and one pass over them.
 *
 * @internal
 */
export function aucOfResamples(classes: Uint8Array, scores: Float64Array): StatisticOfObservations {
  const { of: levels, count } = levelsOf(scores);
  /** Where an observation is counted: its level's negatives, or the positives beside them. */
  const cells = levels.map((level, i) => 2 * level + classes[i]);
  const counts = new Uint32Array(2 * count);
  return (observations) => {
    counts.fill(0);
    for (let k = 0; k < observations.length; k++) counts[cells[observations[k]]]++;
    let positives = 0;
    let below = 0;
    let twiceWon = 0;
    for (let cell = 0; cell < counts.length; cell += 2) {
      const negatives = counts[cell];
      twiceWon += counts[cell + 1] * (2 * below + negatives);
      positives += counts[cell + 1];
      below += negatives;
    }
    return twiceWon / (2 * positives * below);
  };
}
