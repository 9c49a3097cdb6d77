import type { Random } from '@steatosis/core';
import { argsort } from '../numeric/argsort.js';
import type { Clusters } from './clusters.js';

/** Units (observations, or whole clusters) that are drawn with replacement, with what the AUC needs of them. */
export interface ResamplingPlan {
  /** Drawn from separately, as many as there are: members of units are `members[starts[u]] …`. */
  strata: Uint32Array[];
  starts: Uint32Array;
  members: Uint32Array;
  /** Position of each observation's score among the distinct scores. */
  levels: Uint32Array;
  levelCount: number;
  classes: Uint8Array;
}

/**
 * Scores are sorted once here; a replicate then is counts at every distinct score and one pass over them.
 *
 * @param stratified draw from each class by itself; with clusters, from those with positives only, with negatives only
 * and with both
 * @internal
 */
export function resamplingPlan(
  classes: Uint8Array,
  scores: Float64Array,
  clusters: Clusters | undefined,
  stratified: boolean,
): ResamplingPlan {
  const n = classes.length;
  const order = argsort(scores);
  const levels = new Uint32Array(n);
  let level = 0;
  for (let k = 0; k < n; k++) {
    if (k > 0 && scores[order[k]] !== scores[order[k - 1]]) level++;
    levels[order[k]] = level;
  }
  const count = clusters === undefined ? n : clusters.count;
  const unitOf = (i: number) => (clusters === undefined ? i : clusters.of[i]);
  const starts = new Uint32Array(count + 1);
  for (let i = 0; i < n; i++) starts[unitOf(i) + 1]++;
  for (let u = 0; u < count; u++) starts[u + 1] += starts[u];
  const places = starts.slice();
  const members = new Uint32Array(n);
  // In the order of scores, so that those of a unit rise.
  for (let k = 0; k < n; k++) members[places[unitOf(order[k])]++] = order[k];
  const holds = new Uint8Array(count);
  for (let i = 0; i < n; i++) holds[unitOf(i)] |= 1 << classes[i];
  const units = Uint32Array.from(holds.keys());
  const strata = stratified
    ? [1, 2, 3].map((kind) => units.filter((u) => holds[u] === kind))
    : [units];
  return {
    strata: strata.filter((stratum) => stratum.length > 0),
    starts,
    members,
    levels,
    levelCount: level + 1,
    classes,
  };
}

/**
 * AUCs of resamples; NaN where a resample has one class only.
 *
 * @internal
 */
export function resampledAucs(
  plan: ResamplingPlan,
  replicates: number,
  random: Random,
): Float64Array {
  const drawn = new Uint32Array(plan.strata.reduce((sum, stratum) => sum + stratum.length, 0));
  const counts = new Uint32Array(2 * plan.levelCount);
  return Float64Array.from({ length: replicates }, () => {
    let next = 0;
    for (const stratum of plan.strata) {
      for (let k = 0; k < stratum.length; k++)
        drawn[next++] = stratum[random.integer(stratum.length)];
    }
    return aucOfUnits(plan, drawn, counts);
  });
}

/** The AUC of a sample of units, which may be the same ones several times. @internal */
export function aucOfUnits(
  { starts, members, levels, levelCount, classes }: ResamplingPlan,
  units: ArrayLike<number>,
  counts = new Uint32Array(2 * levelCount),
): number {
  counts.fill(0);
  for (let k = 0; k < units.length; k++) {
    const end = starts[units[k] + 1];
    for (let place = starts[units[k]]; place < end; place++) {
      const i = members[place];
      counts[2 * levels[i] + classes[i]]++;
    }
  }
  let positives = 0;
  let below = 0;
  let twiceWon = 0;
  for (let level = 0; level < counts.length; level += 2) {
    const negatives = counts[level];
    twiceWon += counts[level + 1] * (2 * below + negatives);
    positives += counts[level + 1];
    below += negatives;
  }
  return twiceWon / (2 * positives * below);
}
