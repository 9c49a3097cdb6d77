import { CLEARLY_WORSE, isBoundary, scoreOf, takeSplit } from './split-record.as';

function score(sum: f64, weight: f64, otherSum: f64, otherWeight: f64): f64 {
  return (sum * sum) / weight + (otherSum * otherSum) / otherWeight;
}

/**
 * Best split by squared error, all rows weighing 1: S²/n is summed over both sides, S being a sum of targets. Two
 * features at a time, as in `scanTwoClasses`.
 */
export function scanSquares(
  targets: usize,
  sum: f64,
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
  const last = end - minSamplesLeaf;
  const totalSum = f64x2.splat(sum);
  for (let pair: usize = 0; pair < count; pair += 2) {
    const featureA = load<i32>(features + (pair << 2));
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
    let s = f64x2.splat(0);
    let left: f64 = 0;
    let right = <f64>(end - start);
    for (let i = start; i < last; i++) {
      let own = v128.load_zero<f64>(targets + (load<u32>(listA + (i << 2)) << 3));
      own = v128.load_lane<f64>(targets + (load<u32>(listB + (i << 2)) << 3), own, 1);
      s = f64x2.add(s, own);
      left += 1;
      right -= 1;
      if (i + 1 < start + minSamplesLeaf) continue;
      const os = f64x2.sub(totalSum, s);
      const gain = f64x2.add(
        f64x2.mul(f64x2.mul(s, s), f64x2.splat(right)),
        f64x2.mul(f64x2.mul(os, os), f64x2.splat(left)),
      );
      const better = f64x2.gt(gain, f64x2.mul(bound, f64x2.splat(left * right)));
      if (!v128.any_true(better)) continue;
      const a = score(f64x2.extract_lane(s, 0), left, f64x2.extract_lane(os, 0), right);
      if (a > scoreA && isBoundary(valuesA, listA, i + 1)) {
        scoreA = a;
        positionA = i + 1;
        bound = f64x2.replace_lane(bound, 0, a * CLEARLY_WORSE);
      }
      const b = score(f64x2.extract_lane(s, 1), left, f64x2.extract_lane(os, 1), right);
      if (b > scoreB && isBoundary(valuesB, listB, i + 1)) {
        scoreB = b;
        positionB = i + 1;
        bound = f64x2.replace_lane(bound, 1, b * CLEARLY_WORSE);
      }
    }
    takeSplit(best, scoreA, featureA, valuesA, listA, start, positionA);
    takeSplit(best, scoreB, featureB, valuesB, listB, start, positionB);
  }
}

/** As {@link scanSquares} with weights: row r's weight and weighted target stand side by side in `pairs`. */
export function scanWeightedSquares(
  pairs: usize,
  sum: f64,
  weight: f64,
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
  const last = end - minSamplesLeaf;
  const totalSum = f64x2.splat(sum);
  const totalWeight = f64x2.splat(weight);
  for (let pair: usize = 0; pair < count; pair += 2) {
    const featureA = load<i32>(features + (pair << 2));
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
    let s = f64x2.splat(0);
    for (let i = start; i < last; i++) {
      const ownA = v128.load(pairs + (load<u32>(listA + (i << 2)) << 4));
      const ownB = v128.load(pairs + (load<u32>(listB + (i << 2)) << 4));
      w = f64x2.add(w, v128.shuffle<f64>(ownA, ownB, 0, 2));
      s = f64x2.add(s, v128.shuffle<f64>(ownA, ownB, 1, 3));
      if (i + 1 < start + minSamplesLeaf) continue;
      const ow = f64x2.sub(totalWeight, w);
      const os = f64x2.sub(totalSum, s);
      const gain = f64x2.add(f64x2.mul(f64x2.mul(s, s), ow), f64x2.mul(f64x2.mul(os, os), w));
      const better = f64x2.gt(gain, f64x2.mul(bound, f64x2.mul(w, ow)));
      if (!v128.any_true(better)) continue;
      const right = f64x2.extract_lane(ow, 0);
      const a = score(
        f64x2.extract_lane(s, 0),
        f64x2.extract_lane(w, 0),
        f64x2.extract_lane(os, 0),
        right,
      );
      if (a > scoreA && right > 0 && isBoundary(valuesA, listA, i + 1)) {
        scoreA = a;
        positionA = i + 1;
        bound = f64x2.replace_lane(bound, 0, a * CLEARLY_WORSE);
      }
      const rightB = f64x2.extract_lane(ow, 1);
      const b = score(
        f64x2.extract_lane(s, 1),
        f64x2.extract_lane(w, 1),
        f64x2.extract_lane(os, 1),
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
