import { placements } from './placements.js';
import type { ResamplingPlan } from './auc-resamples.js';

/**
 * The acceleration of the BCa interval from AUCs that leave out one unit each: Σ d³/(6 (Σ d²)^1.5) with d their mean less each
 * (Efron 1987, JASA 82:171). NaN where leaving out a unit leaves out a class, or nothing varies.
 *
 * @internal
 */
export function jackknifeAcceleration(plan: ResamplingPlan, scores: Float64Array): number {
  const left = leaveOneOut(plan, scores);
  const mean = left.reduce((sum, value) => sum + value, 0) / left.length;
  let squares = 0;
  let cubes = 0;
  for (const value of left) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}

function leaveOneOut({ starts, members, levels, classes }: ResamplingPlan, scores: Float64Array) {
  const { auc, deviations, unit } = placements(classes, scores);
  const total = [0, 0];
  for (let i = 0; i < classes.length; i++) total[classes[i]]++;
  const [negatives, positives] = total;
  return Float64Array.from({ length: starts.length - 1 }, (_, u) => {
    // Twice the pairs won, without those of the unit's members; pairs within the unit went twice.
    let twiceWon = auc * unit;
    const own = [0, 0];
    let levelStart = [0, 0];
    let level = -1;
    for (let place = starts[u]; place < starts[u + 1]; place++) {
      const i = members[place];
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
