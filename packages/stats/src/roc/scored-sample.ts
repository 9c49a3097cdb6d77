import { InvalidArgumentError } from '@steatosis/core';
import {
  checkedLabels,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import type { NanPolicy, Reason } from '../reason.js';
import { type Clusters, numberedClusters } from './clusters.js';

/** Labels and one or more columns of scores after all checks, without the observations that are left out. */
export interface ScoredSample {
  classes: Uint8Array;
  /** The scores of each column, without NaN. */
  columns: Float64Array[];
  /** Above 0, when they were given. */
  weights?: Float64Array;
  clusters?: Clusters;
  n: number;
  positives: number;
  negatives: number;
  /** Why there is nothing to estimate; the columns are empty for `nan-input`. */
  reason?: Reason;
}

/** Options that concern which observations count and how much. */
export interface SampleOptions {
  weights?: Numbers | undefined;
  clusters?: ArrayLike<number | string> | undefined;
  nanPolicy?: NanPolicy | undefined;
}

/**
 * @throws InvalidArgumentError for arrays of different length, labels other than 0 and 1, scores that are no numbers,
 * impossible weights, missing clusters, or a NaN under `raise`
 * @internal
 */
export function scoredSample(
  labels: Numbers,
  scores: Readonly<Record<string, Numbers>>,
  { weights, clusters, nanPolicy }: SampleOptions = {},
): ScoredSample {
  const names = Object.keys(scores);
  for (const name of names) sameLength('labels', labels, name, scores[name]);
  if (clusters !== undefined) sameLength('labels', labels, 'clusters', clusters);
  const classes = checkedLabels('labels', labels);
  const checkedWeights = weights === undefined ? undefined : weightsOf(labels, weights);
  const kept = withWeight(keptObservations(scores, nanPolicy), checkedWeights);
  if (kept === 'nan') return { ...counted(classes), columns: [], reason: 'nan-input' };
  const used = kept === 'all' ? classes : Uint8Array.from(kept, (i) => classes[i]);
  const sample: ScoredSample = {
    ...counted(used),
    columns: names.map((name) => keptValues(scores[name], kept)),
  };
  if (checkedWeights !== undefined) sample.weights = keptValues(checkedWeights, kept);
  if (clusters !== undefined) sample.clusters = numberedClusters(clusters, kept);
  if (sample.n === 0) sample.reason = 'too-few-observations';
  else if (sample.positives === 0 || sample.negatives === 0) sample.reason = 'single-class';
  return sample;
}

function counted(classes: Uint8Array) {
  let positives = 0;
  for (let i = 0; i < classes.length; i++) positives += classes[i];
  const n = classes.length;
  return { classes, n, positives, negatives: n - positives };
}

function weightsOf(labels: Numbers, weights: Numbers): Float64Array {
  sameLength('labels', labels, 'weights', weights);
  const checked = Float64Array.from(weights);
  const bad = checked.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (bad >= 0) {
    throw new InvalidArgumentError(`weights[${bad}]`, checked[bad], 'a finite number ≥ 0');
  }
  return checked;
}

/** Observations of weight 0 are as if they were not there. */
function withWeight(
  kept: Uint32Array | 'all' | 'nan',
  weights: Float64Array | undefined,
): Uint32Array | 'all' | 'nan' {
  if (kept === 'nan' || weights === undefined || !weights.includes(0)) return kept;
  const everyone = kept === 'all' ? Uint32Array.from(weights.keys()) : kept;
  return everyone.filter((i) => weights[i] > 0);
}
