/** Splits of a categorical feature: one category, or a set of them, against the others. */
import { categoriesOf, offer } from './best-split.as';
import { freeWeight, gainOfSplit } from './gains.as';
import {
  BEST_BYTES,
  BEST_CATEGORIES,
  CATEGORICAL,
  MAX_CATEGORIES,
  NODE_SUMS,
  SLOT_BYTES,
} from './layout';

/** Offer a split of which the categories are not written yet. @returns whether it is the best so far */
function offerSides(
  settings: usize,
  node: usize,
  best: usize,
  feature: i32,
  defaultLeft: bool,
  left: v128,
  right: v128,
): bool {
  const gain = gainOfSplit(
    settings,
    node,
    <usize>feature,
    f64x2.extract_lane(left, 0),
    f64x2.extract_lane(left, 1),
    f64x2.extract_lane(right, 0),
    f64x2.extract_lane(right, 1),
  );
  return offer(best, gain, feature, CATEGORICAL, defaultLeft, left, right);
}

function clearCategories(settings: usize, best: usize): void {
  const bytes = <usize>load<u32>(settings + BEST_BYTES) - BEST_CATEGORIES;
  memory.fill(categoriesOf(best), 0, bytes);
}

function addCategory(best: usize, category: u32): void {
  const word = categoriesOf(best) + ((category >> 5) << 2);
  store<u32>(word, load<u32>(word) | (1 << (category & 31)));
}

/** Each category alone goes right, missing values once left and once with it. */
export function scanOneHot(
  settings: usize,
  node: usize,
  best: usize,
  slots: usize,
  bins: i32,
  feature: i32,
): void {
  const total = v128.load(node + NODE_SUMS);
  let present = f64x2.splat(0);
  for (let bin = 0; bin < bins; bin++) {
    present = f64x2.add(present, v128.load(slots + <usize>bin * SLOT_BYTES));
  }
  const missing = f64x2.sub(total, present);
  for (let bin = 0; bin < bins; bin++) {
    const alone = v128.load(slots + <usize>bin * SLOT_BYTES);
    const others = f64x2.sub(total, alone);
    let chosen = offerSides(settings, node, best, feature, true, others, alone);
    const right = f64x2.add(alone, missing);
    const left = f64x2.sub(total, right);
    if (offerSides(settings, node, best, feature, false, left, right)) chosen = true;
    if (chosen) {
      clearCategories(settings, best);
      addCategory(best, bin);
    }
  }
}

/** Bytes that {@link scanPartition} needs for so many categories. */
export function partitionScratch(bins: usize): usize {
  return bins * 12;
}

/**
 * The categories in order of their weights, first a growing number of them right with missing values left, then the
 * other way round: Fisher's exact grouping for a convex loss, with XGBoost's limit on the size of the sets.
 */
export function scanPartition(
  settings: usize,
  node: usize,
  best: usize,
  slots: usize,
  bins: i32,
  feature: i32,
  scratch: usize,
): void {
  const order = sortByWeight(settings, slots, bins, scratch);
  const total = v128.load(node + NODE_SUMS);
  const most = min(bins, load<i32>(settings + MAX_CATEGORIES));
  let chosen = 0;
  let right = f64x2.splat(0);
  for (let i = 0; i < most - 1; i++) {
    right = f64x2.add(right, v128.load(slots + <usize>load<u32>(order + (i << 2)) * SLOT_BYTES));
    const left = f64x2.sub(total, right);
    if (offerSides(settings, node, best, feature, true, left, right)) chosen = i + 1;
  }
  let left = f64x2.splat(0);
  for (let i = bins - 1; i > bins - most; i--) {
    left = f64x2.add(left, v128.load(slots + <usize>load<u32>(order + (i << 2)) * SLOT_BYTES));
    const rest = f64x2.sub(total, left);
    if (offerSides(settings, node, best, feature, false, left, rest)) chosen = i;
  }
  if (chosen === 0) return;
  clearCategories(settings, best);
  for (let i = 0; i < chosen; i++) addCategory(best, load<u32>(order + (i << 2)));
}

/** Categories by ascending weight, those of equal weight by number: merges of runs of 1, 2, 4, … @returns address */
function sortByWeight(settings: usize, slots: usize, bins: i32, scratch: usize): usize {
  const weights = scratch;
  let from = scratch + ((<usize>bins) << 2);
  let to = from + ((<usize>bins) << 2);
  for (let bin = 0; bin < bins; bin++) {
    const slot = slots + <usize>bin * SLOT_BYTES;
    store<f32>(weights + (bin << 2), freeWeight(settings, load<f64>(slot), load<f64>(slot, 8)));
    store<u32>(from + (bin << 2), bin);
  }
  for (let width = 1; width < bins; width <<= 1) {
    for (let start = 0; start < bins; start += 2 * width) {
      const middle = min(start + width, bins);
      const end = min(start + 2 * width, bins);
      let a = start;
      let b = middle;
      for (let i = start; i < end; i++) {
        let takeB = a >= middle;
        if (!takeB && b < end) {
          takeB =
            load<f32>(weights + (load<u32>(from + (b << 2)) << 2)) <
            load<f32>(weights + (load<u32>(from + (a << 2)) << 2));
        }
        store<u32>(to + (i << 2), load<u32>(from + ((takeB ? b++ : a++) << 2)));
      }
    }
    const sorted = to;
    to = from;
    from = sorted;
  }
  return from;
}
