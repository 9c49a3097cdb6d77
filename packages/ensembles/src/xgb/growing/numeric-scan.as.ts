/** Exact gains of the splits of one numeric feature that a pass found worth a look. */
import { gainOfSplit } from './gains.as';
import { isSettled, isTight, nearlyMost, offer, worthwhile } from './best-split.as';
import { NODE_SUMS, SLOT_BYTES } from './layout';

/** Bins from the first on go left, missing values right. */
function offerUpwards(
  settings: usize,
  node: usize,
  best: usize,
  slots: usize,
  bins: i32,
  feature: i32,
  values: usize,
  least: f64,
): void {
  const total = v128.load(node + NODE_SUMS);
  let limit = least;
  let left = f64x2.splat(0);
  for (let bin = 0; bin < bins; bin++, slots += SLOT_BYTES, values += 16) {
    left = f64x2.add(left, v128.load(slots));
    if (!(<f64>load<f32>(values) >= limit)) continue;
    const right = f64x2.sub(total, left);
    const gain = gainOfSplit(
      settings,
      node,
      <usize>feature,
      f64x2.extract_lane(left, 0),
      f64x2.extract_lane(left, 1),
      f64x2.extract_lane(right, 0),
      f64x2.extract_lane(right, 1),
    );
    if (offer(best, gain, feature, bin, false, left, right)) {
      limit = max(limit, worthwhile(node, best));
    }
  }
}

/** Bins from the last on go right, missing values left. */
function offerDownwards(
  settings: usize,
  node: usize,
  best: usize,
  slots: usize,
  bins: i32,
  feature: i32,
  values: usize,
  least: f64,
): void {
  const total = v128.load(node + NODE_SUMS);
  let limit = least;
  let right = f64x2.splat(0);
  for (let bin = bins - 1; bin >= 0; bin--) {
    right = f64x2.add(right, v128.load(slots + <usize>bin * SLOT_BYTES));
    if (!(<f64>load<f32>(values + ((<usize>bin) << 4)) >= limit)) continue;
    const left = f64x2.sub(total, right);
    const gain = gainOfSplit(
      settings,
      node,
      <usize>feature,
      f64x2.extract_lane(left, 0),
      f64x2.extract_lane(left, 1),
      f64x2.extract_lane(right, 0),
      f64x2.extract_lane(right, 1),
    );
    if (offer(best, gain, feature, bin - 1, true, left, right)) {
      limit = max(limit, worthwhile(node, best));
    }
  }
}

/**
 * Offer the best splits of a feature.
 *
 * @param slots the feature's first pair
 * @param values the feature's approximate values, 16 bytes apart
 * @param most the greatest of them
 */
export function scanNumeric(
  settings: usize,
  node: usize,
  best: usize,
  slots: usize,
  bins: i32,
  feature: i32,
  values: usize,
  most: f32,
  upwards: bool,
): void {
  const limit = worthwhile(node, best);
  if (!(<f64>most >= limit)) return;
  if (isTight(settings)) {
    const near = nearlyMost(limit, most);
    if (upwards) offerUpwards(settings, node, best, slots, bins, feature, values, near);
    else offerDownwards(settings, node, best, slots, bins, feature, values, near);
    if (isSettled(node, best, feature, most)) return;
  }
  if (upwards) offerUpwards(settings, node, best, slots, bins, feature, values, limit);
  else offerDownwards(settings, node, best, slots, bins, feature, values, limit);
}
