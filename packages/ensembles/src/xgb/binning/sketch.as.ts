/**
 * Weighted quantiles of a column in one pass over its values, as XGBoost's `hist` makes them.
 *
 * Values gather in a queue; a full queue becomes a summary, which is merged upwards through levels like the carry of
 * a binary number. With few distinct values everything is exact.
 */
import { COUNTERS, sortPairs, sortValues } from './sort.as';
import { combine, ENTRY, prune, summariseKeys, summarisePairs, valueAt } from './summary.as';

/** Summaries keep this many times more entries than there will be bins. */
const FACTOR: u32 = 8;
/** float32 of 1e-5: what lies between the extremes and the ends of the cuts. */
const MARGIN: f64 = 9.999999747378752e-6;
/** More levels than any number of rows needs. */
const MOST_LEVELS: usize = 32;

// A sketch begins with these, 32 bits each; its queue and levels follow.
const LIMIT: usize = 0;
const QUEUED: usize = 4;
/** Whether the queue has weights other than 1. */
const WEIGHTED: usize = 8;
const COUNT: usize = 12;
const SIZES: usize = 16;
const QUEUE: usize = SIZES + 4 * MOST_LEVELS;

/**
 * Number of levels that so many values need, and of entries that a summary may keep so that the error over all levels
 * stays below 1 / (8 bins): `levels << 32 | limit`.
 */
function shapeOf(count: u32, maxBin: u32): u64 {
  const bins = max<u32>(1, min(maxBin, count));
  const error = 1 / <f64>(bins * FACTOR);
  let levels: u32 = 1;
  let limit = summaryLimit(count, levels, error);
  while ((<u64>limit) << levels < <u64>count) limit = summaryLimit(count, ++levels, error);
  return ((<u64>levels) << 32) | (<u64>limit);
}

function summaryLimit(count: u32, levels: u32, error: f64): u32 {
  return min(count, <u32>ceil(<f64>levels / error) + 1);
}

function limitOf(count: u32, maxBin: u32): u32 {
  return <u32>shapeOf(count, maxBin);
}

function capacityOf(sketch: usize): u32 {
  return load<u32>(sketch, LIMIT) << 1;
}

function levelAt(sketch: usize, level: usize): usize {
  const limit = <usize>load<u32>(sketch, LIMIT);
  return sketch + QUEUE + (limit << 4) + level * limit * ENTRY;
}

/** Bytes of a sketch of at most `count` values, a multiple of 16. */
export function sketchBytes(count: u32, maxBin: u32): usize {
  const shape = shapeOf(max<u32>(1, count), maxBin);
  const limit = <usize>(<u32>shape);
  const levels = <usize>(shape >> 32) + 1;
  return QUEUE + (limit << 4) + levels * limit * ENTRY;
}

/** Bytes of scratch that sketches of at most `count` values share. */
export function sketchScratchBytes(count: u32, maxBin: u32): usize {
  const limit = <usize>limitOf(max<u32>(1, count), maxBin);
  // Two sorted queues or merged summaries of 2 · limit, one pruned summary.
  return COUNTERS + 2 * (2 * limit * ENTRY) + limit * ENTRY;
}

/** Begin a sketch of exactly `count` values, zero weights included. */
export function sketchBegin(sketch: usize, count: u32, maxBin: u32): void {
  memory.fill(sketch, 0, QUEUE);
  store<u32>(sketch, limitOf(max<u32>(1, count), maxBin), LIMIT);
  store<u32>(sketch, count, COUNT);
}

/**
 * Add values to a sketch; NaN is left out.
 *
 * @param values f32[n]
 * @param weights f32[n], or 0 where all are 1
 */
export function sketchPush(
  sketch: usize,
  values: usize,
  weights: usize,
  n: u32,
  scratch: usize,
): void {
  if (weights === 0) pushValues(sketch, values, n, scratch);
  else pushPairs(sketch, values, weights, n, scratch);
}

function pushValues(sketch: usize, values: usize, n: u32, scratch: usize): void {
  const queue = sketch + QUEUE;
  const full = queue + ((<usize>capacityOf(sketch)) << 2);
  const toWeight = full - queue;
  let to = queue + ((<usize>load<u32>(sketch, QUEUED)) << 2);
  let last: f32 = to > queue ? load<f32>(to - 4) : NaN;
  let isWeighted = load<u32>(sketch, WEIGHTED) !== 0;
  for (const end = values + ((<usize>n) << 2); values < end; values += 4) {
    const value = load<f32>(values);
    if (value !== value) continue;
    if (value === last) {
      // Once one value of the queue has been merged all get weights.
      if (!isWeighted) fillWithOnes(full, full + (to - queue));
      isWeighted = true;
      store<f32>(to - 4 + toWeight, load<f32>(to - 4 + toWeight) + 1);
      continue;
    }
    // Only a value that cannot be merged turns a full queue into a summary.
    if (to === full) {
      store<u32>(sketch, (<u32>(to - queue)) >> 2, QUEUED);
      store<u32>(sketch, <u32>isWeighted, WEIGHTED);
      flush(sketch, scratch);
      isWeighted = false;
      to = queue;
    }
    store<f32>(to, value);
    if (isWeighted) store<f32>(to + toWeight, 1);
    to += 4;
    last = value;
  }
  store<u32>(sketch, (<u32>(to - queue)) >> 2, QUEUED);
  store<u32>(sketch, <u32>isWeighted, WEIGHTED);
}

function fillWithOnes(from: usize, end: usize): void {
  for (; from < end; from += 4) store<f32>(from, 1);
}

function pushPairs(sketch: usize, values: usize, weights: usize, n: u32, scratch: usize): void {
  const queue = sketch + QUEUE;
  const full = queue + ((<usize>capacityOf(sketch)) << 2);
  const toWeight = full - queue;
  let to = queue + ((<usize>load<u32>(sketch, QUEUED)) << 2);
  let last: f32 = to > queue ? load<f32>(to - 4) : NaN;
  for (const end = values + ((<usize>n) << 2); values < end; values += 4, weights += 4) {
    const value = load<f32>(values);
    const weight = load<f32>(weights);
    if (value !== value || weight === 0) continue;
    if (value === last) {
      store<f32>(to - 4 + toWeight, load<f32>(to - 4 + toWeight) + weight);
      continue;
    }
    if (to === full) {
      store<u32>(sketch, (<u32>(to - queue)) >> 2, QUEUED);
      store<u32>(sketch, 1, WEIGHTED);
      flush(sketch, scratch);
      to = queue;
    }
    store<f32>(to, value);
    store<f32>(to + toWeight, weight);
    to += 4;
    last = value;
  }
  store<u32>(sketch, (<u32>(to - queue)) >> 2, QUEUED);
  store<u32>(sketch, 1, WEIGHTED);
}

/** The summary of the queue, which is empty then; at `to`, 2 · limit entries. @returns number of entries */
function summariseQueue(sketch: usize, scratch: usize, to: usize, other: usize): u32 {
  const n = load<u32>(sketch, QUEUED);
  const values = sketch + QUEUE;
  const capacity = <usize>capacityOf(sketch);
  store<u32>(sketch, 0, QUEUED);
  const isWeighted = load<u32>(sketch, WEIGHTED);
  store<u32>(sketch, 0, WEIGHTED);
  if (isWeighted) {
    sortPairs(values, values + (capacity << 2), n, to, other, scratch);
    return summarisePairs(other, n, to);
  }
  sortValues(values, n, other, to, scratch);
  return summariseKeys(other, n, to);
}

/** Make a summary of the queue and carry it upwards. */
function flush(sketch: usize, scratch: usize): void {
  const limit = load<u32>(sketch, LIMIT);
  const a = scratch + COUNTERS;
  const b = a + ((<usize>limit) << 1) * ENTRY;
  const pruned = b + ((<usize>limit) << 1) * ENTRY;
  let merged = a;
  let size = summariseQueue(sketch, scratch, a, b);
  for (let level: usize = 0; ; level++) {
    const present = levelAt(sketch, level);
    const sizeAt = sketch + SIZES + (level << 2);
    const presentSize = load<u32>(sizeAt);
    if (presentSize === 0) {
      store<u32>(sizeAt, pruneOrCopy(merged, size, limit, present));
      return;
    }
    const isShort = size <= limit;
    const carry = isShort ? merged : pruned;
    const carrySize = isShort ? size : prune(merged, size, limit, pruned);
    const to = carry === a ? b : a;
    size = combine(carry, carrySize, present, presentSize, to);
    merged = to;
    if (size <= limit) {
      memory.copy(present, merged, <usize>size * ENTRY);
      store<u32>(sizeAt, size);
      return;
    }
    store<u32>(sizeAt, 0);
  }
}

function pruneOrCopy(from: usize, size: u32, limit: u32, to: usize): u32 {
  if (size > limit) return prune(from, size, limit, to);
  memory.copy(to, from, <usize>size * ENTRY);
  return size;
}

/**
 * The cut points of everything pushed.
 *
 * @param to f32[min(count, maxBin) + 1]: a number below every value, then the upper bounds of the bins
 * @returns number of bins, ≥ 1
 */
export function sketchCuts(sketch: usize, maxBin: u32, scratch: usize, to: usize): u32 {
  const limit = load<u32>(sketch, LIMIT);
  const count = load<u32>(sketch, COUNT);
  const a = scratch + COUNTERS;
  const b = a + ((<usize>limit) << 1) * ENTRY;
  const pruned = b + ((<usize>limit) << 1) * ENTRY;
  let size = summariseQueue(sketch, scratch, a, b);
  size = pruneOrCopy(a, size, limit, pruned);
  for (let level: usize = 0; level < MOST_LEVELS; level++) {
    const presentSize = load<u32>(sketch + SIZES + (level << 2));
    if (presentSize === 0) continue;
    const present = levelAt(sketch, level);
    if (size === 0) {
      memory.copy(pruned, present, <usize>presentSize * ENTRY);
      size = presentSize;
    } else {
      size = combine(pruned, size, present, presentSize, a);
      size = pruneOrCopy(a, size, limit, pruned);
    }
  }
  if (size === 0) {
    store<f32>(to, <f32>MARGIN);
    store<f32>(to, <f32>(MARGIN + (MARGIN + MARGIN)), 4);
    return 1;
  }
  const intermediate = <u32>min<u64>(<u64>count, <u64>maxBin * <u64>FACTOR);
  const bins = min(intermediate, maxBin);
  size = pruneOrCopy(pruned, size, intermediate, a);
  size = pruneOrCopy(a, size, bins + 1, b);
  return writeCuts(b, size, bins, to);
}

function writeCuts(summary: usize, size: u32, bins: u32, to: usize): u32 {
  let cuts: u32 = 0;
  let last: f32 = 0;
  const required = min(size, bins);
  for (let i: u32 = 1; i < required; i++) {
    const cut = valueAt(summary + <usize>i * ENTRY);
    if (cuts !== 0 && cut <= last) continue;
    last = cut;
    store<f32>(to + ((<usize>++cuts) << 2), cut);
  }
  // Both ends are computed in double and rounded once: the order of the operations is part of the format.
  const maximum = <f64>valueAt(summary + <usize>(size - 1) * ENTRY);
  store<f32>(to + ((<usize>++cuts) << 2), <f32>(maximum + (abs(maximum) + MARGIN)));
  const minimum = <f64>valueAt(summary);
  store<f32>(to, <f32>(minimum - abs(minimum) - MARGIN));
  return cuts;
}
