import { CLEARLY_WORSE, isBoundary, scoreOf, takeSplit } from './split-record.as';

function score(difference: f64, weight: f64, otherDifference: f64, otherWeight: f64): f64 {
  return (difference * difference) / weight + (otherDifference * otherDifference) / otherWeight;
}

/**
 * Best split of two classes by Gini impurity. With t the weight and d the difference of the classes' weights on a
 * side, Σₖ Wₖ² / W = (t + d²/t) / 2, and t adds up to the same over both sides for every split: so d²/t is compared,
 * and one number per row, its weight with the sign of its class, is all that is read.
 *
 * Two features are scanned at a time, one in each lane: the additions of one feature wait for each other.
 */
export function scanTwoClasses(
  signed: usize,
  weight: f64,
  difference: f64,
  values: usize,
  rows: usize,
  lists: usize,
  stride: usize,
  features: usize,
  count: usize,
  start: usize,
  end: usize,
  minSamplesLeaf: usize,
  best: usize,
): void {
  const first = start + minSamplesLeaf;
  const last = end - minSamplesLeaf;
  const totalWeight = f64x2.splat(weight);
  const totalDifference = f64x2.splat(difference);
  for (let pair: usize = 0; pair < count; pair += 2) {
    const featureA = load<i32>(features + (pair << 2));
    // The last of an odd number is scanned in both lanes.
    const featureB = pair + 1 < count ? load<i32>(features + (pair << 2), 4) : featureA;
    const listA = lists + ((featureA * stride) << 2);
    const listB = lists + ((featureB * stride) << 2);
    const valuesA = values + ((featureA * rows) << 2);
    const valuesB = values + ((featureB * rows) << 2);
    let scoreA = scoreOf(best);
    let scoreB = scoreA;
    let positionA: usize = 0;
    let positionB: usize = 0;
    let bound = f64x2.splat(scoreA * CLEARLY_WORSE);
    let w = f64x2.splat(0);
    let d = f64x2.splat(0);
    for (let i = start; i < last; i++) {
      let own = v128.load_zero<f64>(signed + (load<u32>(listA + (i << 2)) << 3));
      own = v128.load_lane<f64>(signed + (load<u32>(listB + (i << 2)) << 3), own, 1);
      w = f64x2.add(w, f64x2.abs(own));
      d = f64x2.add(d, own);
      if (i + 1 < first) continue;
      const ow = f64x2.sub(totalWeight, w);
      const od = f64x2.sub(totalDifference, d);
      const gain = f64x2.add(f64x2.mul(f64x2.mul(d, d), ow), f64x2.mul(f64x2.mul(od, od), w));
      const better = f64x2.gt(gain, f64x2.mul(bound, f64x2.mul(w, ow)));
      if (!v128.any_true(better)) continue;
      const right = f64x2.extract_lane(ow, 0);
      const a = score(
        f64x2.extract_lane(d, 0),
        f64x2.extract_lane(w, 0),
        f64x2.extract_lane(od, 0),
        right,
      );
      if (a > scoreA && right > 0 && isBoundary(valuesA, listA, i + 1)) {
        scoreA = a;
        positionA = i + 1;
        bound = f64x2.replace_lane(bound, 0, a * CLEARLY_WORSE);
      }
      const rightB = f64x2.extract_lane(ow, 1);
      const b = score(
        f64x2.extract_lane(d, 1),
        f64x2.extract_lane(w, 1),
        f64x2.extract_lane(od, 1),
        rightB,
      );
      if (b > scoreB && rightB > 0 && isBoundary(valuesB, listB, i + 1)) {
        scoreB = b;
        positionB = i + 1;
        bound = f64x2.replace_lane(bound, 1, b * CLEARLY_WORSE);
      }
    }
    takeSplit(best, scoreA, featureA, valuesA, listA, start, positionA);
    takeSplit(best, scoreB, featureB, valuesB, listB, start, positionB);
  }
}
