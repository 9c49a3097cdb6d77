/**
 * The best split so far: score (f64; −∞ before there is one), threshold (f64), feature (i32) and how many of the
 * node's rows go left (i32).
 *
 * Features are looked at in ascending order and positions from the left, and only what is strictly better replaces
 * the best: so the lowest feature and then the lowest threshold win ties.
 */

/** Two values closer than this are one to scikit-learn's splitter; float32 of 1e-7. */
const FEATURE_THRESHOLD: f32 = 1e-7;

/**
 * Scores are compared without a division first: a² / v + b² / w > best by its multiple with v · w. This factor on
 * best, further from 1 than any rounding, keeps that from turning down what the exact comparison would take.
 */
export const CLEARLY_WORSE: f64 = 1.0 - 1e-12;

export function valueAt(values: usize, list: usize, position: usize): f32 {
  return load<f32>(values + ((<usize>load<u32>(list + (position << 2))) << 2));
}

/** Whether a node may be cut before a position of a feature's sorted list. */
export function isBoundary(values: usize, list: usize, position: usize): bool {
  return valueAt(values, list, position) > valueAt(values, list, position - 1) + FEATURE_THRESHOLD;
}

export function scoreOf(best: usize): f64 {
  return load<f64>(best);
}

/** Keep a feature's best split, found at `position`, if it is better than that of the features before. */
export function takeSplit(
  best: usize,
  score: f64,
  feature: i32,
  values: usize,
  list: usize,
  start: usize,
  position: usize,
): void {
  if (position === 0 || !(score > load<f64>(best))) return;
  const below = <f64>valueAt(values, list, position - 1);
  const above = <f64>valueAt(values, list, position);
  store<f64>(best, score);
  // Half of each first, so that nothing overflows.
  store<f64>(best, below / 2 + above / 2, 8);
  store<i32>(best, feature, 16);
  store<i32>(best, <i32>(position - start), 20);
}
