/**
 * Weighted quantile summaries: values in ascending order, each with bounds of its rank.
 *
 * Chen and Guestrin 2016 (doi:10.1145/2939672.2939785), appendix. An entry is four float32 side by side. Every sum is
 * rounded to float32 where XGBoost's is: cut points depend on it.
 */
import { valueOf } from './sort.as';

/** Bytes of an entry. */
export const ENTRY: usize = 16;
/** Least rank of the entry: the weight of all smaller values. */
const RANK_MIN: usize = 0;
/** Greatest rank of the entry: the weight of all values up to and including it. */
const RANK_MAX: usize = 4;
/** Weight known to lie at the value itself. */
const WEIGHT: usize = 8;
const VALUE: usize = 12;

function put(entry: usize, rankMin: f32, rankMax: f32, weight: f32, value: f32): void {
  store<f32>(entry, rankMin, RANK_MIN);
  store<f32>(entry, rankMax, RANK_MAX);
  store<f32>(entry, weight, WEIGHT);
  store<f32>(entry, value, VALUE);
}

function copyEntry(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
}

export function valueAt(entry: usize): f32 {
  return load<f32>(entry, VALUE);
}

/** Greatest rank of a value just below the entry. */
function rankBefore(entry: usize): f32 {
  return load<f32>(entry, RANK_MAX) - load<f32>(entry, WEIGHT);
}

/** Least rank of a value just above the entry. */
function rankAfter(entry: usize): f32 {
  return load<f32>(entry, RANK_MIN) + load<f32>(entry, WEIGHT);
}

/** The exact summary of n sorted keys of weight 1. @returns number of entries */
export function summariseKeys(keys: usize, n: u32, to: usize): u32 {
  const end = keys + ((<usize>n) << 2);
  let entry = to;
  let below: f32 = 0;
  for (let at = keys; at < end;) {
    const key = load<u32>(at);
    let weight: f32 = 1;
    for (at += 4; at < end && load<u32>(at) === key; at += 4) weight += 1;
    const upTo = below + weight;
    put(entry, below, upTo, weight, valueOf(key));
    below = upTo;
    entry += ENTRY;
  }
  return <u32>((entry - to) / ENTRY);
}

/** The same of pairs of a key and a weight. */
export function summarisePairs(pairs: usize, n: u32, to: usize): u32 {
  const end = pairs + ((<usize>n) << 3);
  let entry = to;
  let below: f32 = 0;
  for (let at = pairs; at < end;) {
    const key = load<u32>(at, 4);
    let weight = load<f32>(at);
    for (at += 8; at < end && load<u32>(at, 4) === key; at += 8) weight += load<f32>(at);
    const upTo = below + weight;
    put(entry, below, upTo, weight, valueOf(key));
    below = upTo;
    entry += ENTRY;
  }
  return <u32>((entry - to) / ENTRY);
}

/**
 * At most `limit` entries of a longer summary, both ends included, spread evenly over the ranks.
 *
 * @param to room for `limit` entries, apart from the source
 * @returns number of entries
 */
export function prune(from: usize, size: u32, limit: u32, to: usize): u32 {
  const last = from + <usize>(size - 1) * ENTRY;
  const begin = load<f32>(from, RANK_MAX);
  const range = load<f32>(last, RANK_MIN) - begin;
  const steps = limit - 1;
  const divisor = <f32>steps;
  copyEntry(to, from);
  let entry = to + ENTRY;
  let at = from + ENTRY;
  let kept = from;
  for (let step: u32 = 1; step < steps; step++) {
    const twiceRank = <f32>2 * ((<f32>step * range) / divisor + begin);
    while (
      at < last &&
      twiceRank >= load<f32>(at, ENTRY + RANK_MAX) + load<f32>(at, ENTRY + RANK_MIN)
    ) {
      at += ENTRY;
    }
    if (at === last) break;
    const isLower = twiceRank < rankAfter(at) + rankBefore(at + ENTRY);
    const chosen = at + (isLower ? 0 : ENTRY);
    // Written in any case, counted if new: as often as not it is, in no order that a processor could guess.
    copyEntry(entry, chosen);
    entry += chosen !== kept ? ENTRY : 0;
    kept = chosen;
  }
  if (kept !== last) {
    copyEntry(entry, last);
    entry += ENTRY;
  }
  return <u32>((entry - to) / ENTRY);
}

/**
 * The summary of the values of two summaries together.
 *
 * @param to room for the entries of both, apart from the sources
 * @returns number of entries
 */
export function combine(a: usize, sizeA: u32, b: usize, sizeB: u32, to: usize): u32 {
  const endA = a + <usize>sizeA * ENTRY;
  const endB = b + <usize>sizeB * ENTRY;
  let entry = to;
  let belowA: f32 = 0;
  let belowB: f32 = 0;
  while (a < endA && b < endB) {
    const valueA = valueAt(a);
    const valueB = valueAt(b);
    if (valueA === valueB) {
      put(
        entry,
        load<f32>(a, RANK_MIN) + load<f32>(b, RANK_MIN),
        load<f32>(a, RANK_MAX) + load<f32>(b, RANK_MAX),
        load<f32>(a, WEIGHT) + load<f32>(b, WEIGHT),
        valueA,
      );
      belowA = rankAfter(a);
      belowB = rankAfter(b);
      a += ENTRY;
      b += ENTRY;
    } else {
      const isA = valueA < valueB;
      const next = isA ? a : b;
      const other = isA ? b : a;
      const below = isA ? belowB : belowA;
      const after = rankAfter(next);
      put(
        entry,
        load<f32>(next, RANK_MIN) + below,
        load<f32>(next, RANK_MAX) + rankBefore(other),
        load<f32>(next, WEIGHT),
        valueAt(next),
      );
      belowA = isA ? after : belowA;
      belowB = isA ? belowB : after;
      a += isA ? ENTRY : 0;
      b += isA ? 0 : ENTRY;
    }
    entry += ENTRY;
  }
  // Of the summary that is used up the last entry is known to lie below what is left.
  const totalA = load<f32>(endA - ENTRY, RANK_MAX);
  const totalB = load<f32>(endB - ENTRY, RANK_MAX);
  entry = append(a, endA, belowB, totalB, entry);
  entry = append(b, endB, belowA, totalA, entry);
  restoreOrder(to, entry);
  return <u32>((entry - to) / ENTRY);
}

function append(from: usize, end: usize, below: f32, total: f32, to: usize): usize {
  for (; from < end; from += ENTRY) {
    put(
      to,
      load<f32>(from, RANK_MIN) + below,
      load<f32>(from, RANK_MAX) + total,
      load<f32>(from, WEIGHT),
      valueAt(from),
    );
    to += ENTRY;
  }
  return to;
}

/** Undo what rounding did to the order of the ranks. */
function restoreOrder(from: usize, end: usize): void {
  let rankMin: f32 = 0;
  let rankMax: f32 = 0;
  for (let entry = from; entry < end; entry += ENTRY) {
    rankMin = max(rankMin, load<f32>(entry, RANK_MIN));
    rankMax = max(max(rankMax, load<f32>(entry, RANK_MAX)), rankMin + load<f32>(entry, WEIGHT));
    store<f32>(entry, rankMin, RANK_MIN);
    store<f32>(entry, rankMax, RANK_MAX);
  }
}
