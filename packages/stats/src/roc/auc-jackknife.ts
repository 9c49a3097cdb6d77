import { levelsOf } from '../numeric/levels.js';
import type { ResamplingUnits } from '../resampling/units.js';
import { placements } from './placements.js';

/**
 * AUCs without one unit each; NaN where leaving it out leaves out a class.
 *
 * @internal
 */
export function aucsLeavingOut(
  classes: Uint8Array,
  scores: Float64Array,
  { starts, members }: ResamplingUnits,
): Float64Array {
  const { auc, deviations, unit } = placements(classes, scores);
  const { of: levels } = levelsOf(scores);
  const total = [0, 0];
  for (let i = 0; i < classes.length; i++) total[classes[i]]++;
  const [negatives, positives] = total;
  return Float64Array.from({ length: starts.length - 1 }, (_, u) => {
    // Twice the pairs won, without those of the unit's members; pairs within the unit went twice.
    let twiceWon = auc * unit;
    const own = [0, 0];
    let levelStart = [0, 0];
    let level = -1;
    const rising = members.subarray(starts[u], starts[u + 1]).slice();
    if (rising.length > 1) rising.sort((i, j) => levels[i] - levels[j]);
    for (const i of rising) {
      const size = classes[i] === 1 ? positives : negatives;
      twiceWon -= (deviations[i] + auc * unit) / size;
      if (levels[i] !== level) {
        level = levels[i];
        levelStart = [own[0], own[1]];
      }
      // Against members of the unit that came before: a positive wins against lower negatives and half ties; a
      // negative only ties with positives of its own level, the others being below it.
      if (classes[i] === 1) twiceWon += levelStart[0] + own[0];
      else twiceWon += own[1] - levelStart[1];
      own[classes[i]]++;
    }
    return twiceWon / (2 * (positives - own[1]) * (negatives - own[0]));
  });
}
