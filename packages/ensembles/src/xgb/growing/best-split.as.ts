/** The best split of a node so far, and which splits are worth a look. */
import {
  ALPHA,
  BEST_BIN,
  BEST_CATEGORIES,
  BEST_COUNT,
  BEST_BYTES,
  BEST_DEFAULT_LEFT,
  BEST_FEATURE,
  BEST_GAIN,
  BEST_LEFT,
  BEST_RIGHT,
  BESTS,
  GIVEN_WEIGHT,
  LEAST_GAIN,
  NODE_GAIN,
} from './layout';

/**
 * More than all roundings to float32 together: a split whose approximate worth is lower than another's by this share
 * cannot be better.
 */
const SLACK: f64 = 4e-6;

/** Forget a member's best splits. */
export function clearBests(settings: usize, member: usize): void {
  const count = <usize>load<u32>(settings + BEST_COUNT);
  const bytes = <usize>load<u32>(settings + BEST_BYTES);
  let best = <usize>load<u32>(settings + BESTS) + member * count * bytes;
  for (let i: usize = 0; i < count; i++, best += bytes) {
    store<f32>(best + BEST_GAIN, <f32>LEAST_GAIN);
    store<i32>(best + BEST_FEATURE, -1);
  }
}

/** Where a member keeps the best split of a node of the step. */
export function bestOf(settings: usize, member: usize, number: usize): usize {
  const count = <usize>load<u32>(settings + BEST_COUNT);
  const bytes = <usize>load<u32>(settings + BEST_BYTES);
  return <usize>load<u32>(settings + BESTS) + (member * count + number) * bytes;
}

/** Of the gains of both sides together: less than this cannot be the best split. */
export function worthwhile(node: usize, best: usize): f64 {
  const gain = <f64>load<f32>(best + BEST_GAIN);
  const parent = <f64>load<f32>(node + NODE_GAIN);
  return gain + parent - (gain + Math.abs(parent)) * SLACK;
}

/** Whether the sides' gains are G²/(H+λ), of which the passes give all but the last bits, or only bounded by it. */
export function isTight(settings: usize): bool {
  return load<i32>(settings + GIVEN_WEIGHT) === 0 && load<f32>(settings + ALPHA) === 0;
}

/**
 * What the bins of a feature have to reach to be its best split, given the greatest approximate value of its bins.
 */
export function nearlyMost(limit: f64, most: f32): f64 {
  // An infinite value is no gain that could be chosen, so it says nothing of the others.
  return most < f32.MAX_VALUE ? max(limit, <f64>most * (1 - SLACK)) : limit;
}

/** Whether the best split is the best of this feature, too: nothing that {@link nearlyMost} left out can beat it. */
export function isSettled(node: usize, best: usize, feature: i32, most: f32): bool {
  if (load<i32>(best + BEST_FEATURE) !== feature) return false;
  const sides = <f64>load<f32>(best + BEST_GAIN) + <f64>load<f32>(node + NODE_GAIN);
  return sides >= <f64>most * (1 - SLACK / 2);
}

/** Take a split if it is better; of equally good ones that of the lower feature, then that offered first. */
export function offer(
  best: usize,
  gain: f32,
  feature: i32,
  bin: i32,
  defaultLeft: bool,
  left: v128,
  right: v128,
): bool {
  const most = load<f32>(best + BEST_GAIN);
  if (!(gain > most || (gain === most && feature < load<i32>(best + BEST_FEATURE)))) return false;
  if (gain === <f32>Infinity) return false;
  store<f32>(best + BEST_GAIN, gain);
  store<i32>(best + BEST_FEATURE, feature);
  store<i32>(best + BEST_BIN, bin);
  store<i32>(best + BEST_DEFAULT_LEFT, <i32>defaultLeft);
  v128.store(best + BEST_LEFT, left);
  v128.store(best + BEST_RIGHT, right);
  return true;
}

/** Where the bits of the categories that go right stand. */
export function categoriesOf(best: usize): usize {
  return best + BEST_CATEGORIES;
}
