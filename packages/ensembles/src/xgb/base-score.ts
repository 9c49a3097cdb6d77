import type { LabelledRows } from './objectives/training-objective.js';
import { sigmoid } from './objectives/links.js';
import { weightedMedian } from './weighted-median.js';

const { fround } = Math;

/** float32 of 1e-6, which XGBoost adds to a class's share before its logarithm is taken. */
const SHARE_OFFSET = 9.999999974752427e-7;

/** The (weighted) mean label, summed up in float64 and rounded once. */
export function meanLabel({ labels, weights }: LabelledRows): number {
  const rows = labels.length;
  let total = rows;
  if (weights) {
    total = 0;
    for (let row = 0; row < rows; row++) total += weights[row];
  }
  let mean = 0;
  for (let row = 0; row < rows; row++) {
    mean += (labels[row] * (weights ? weights[row] : 1)) / total;
  }
  return fround(mean);
}

/** The probability after one Newton step of the log loss from margin 0, rows of label 1 weighing more. */
export function newtonProbability({ labels, weights }: LabelledRows, factor: number): number {
  let gradient = 0;
  let hessian = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    const given = weights ? weights[row] : 1;
    const weight = label === 1 ? fround(given * factor) : given;
    gradient += fround((0.5 - label) * weight);
    hessian += fround(0.25 * weight);
  }
  return sigmoid(fround(-gradient / Math.max(hessian, 1e-6)));
}

/** The median label, multiplied by the sum of weights and divided by it, as XGBoost does to share it among machines. */
export function medianLabel({ labels, weights }: LabelledRows): number {
  let total = labels.length;
  if (weights) {
    total = 0;
    for (let row = 0; row < labels.length; row++) total += weights[row];
  }
  return fround(fround(weightedMedian(labels, weights) * total) / total);
}

/**
 * Logarithms of the classes' shares less their mean.
 *
 * Each logarithm is the nearest float32. XGBoost's is that of the C library, which misses the nearest by one unit in the
 * last place for some 0.7 % of arguments, and so may the base score.
 */
export function logPriors({ labels, weights }: LabelledRows, classes: number): Float32Array {
  const priors = new Float32Array(classes);
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights ? weights[row] : 1;
    priors[labels[row]] += weight;
    total += weight;
  }
  const factor = 1 / total;
  let mean = 0;
  for (let k = 0; k < classes; k++) {
    const share = fround(priors[k] * factor);
    priors[k] = Math.log(fround(share + SHARE_OFFSET));
    mean = fround(mean + fround(priors[k] / classes));
  }
  return priors.map((prior) => prior - mean);
}
