import { InvalidArgumentError } from '@steatosis/core';
import { checkNumber } from '../check.js';

/** How the cross entropy treats labels and classes; as torch's `CrossEntropyLoss` has it. */
export interface LossOptions {
  /** ε: each label counts 1 − ε for its class and ε/classes for every class, 0 ≤ ε < 1. Default 0. */
  labelSmoothing?: number;
  /** One weight ≥ 0 a class; the loss is the weighted mean. Default: all 1. */
  classWeights?: ArrayLike<number>;
}

/** {@link LossOptions} with every default filled in. */
export interface ResolvedLoss {
  readonly labelSmoothing: number;
  readonly classWeights: Float64Array;
}

export function resolveLoss(options: LossOptions, classes: number): ResolvedLoss {
  const labelSmoothing = checkNumber(
    'labelSmoothing',
    options.labelSmoothing ?? 0,
    (v) => v >= 0 && v < 1,
    'a number ≥ 0 and < 1',
  );
  const given = options.classWeights;
  const weights =
    given === undefined ? new Float64Array(classes).fill(1) : Float64Array.from(given);
  if (weights.length !== classes || weights.some((w) => !(w >= 0 && Number.isFinite(w)))) {
    throw new InvalidArgumentError('classWeights', given, `${classes} finite numbers ≥ 0`);
  }
  return { labelSmoothing, classWeights: weights };
}

/** Softmax of each row, in float64. */
export function softmax(logits: Float32Array, classes: number): Float64Array {
  const result = new Float64Array(logits.length);
  for (let row = 0; row < logits.length; row += classes) {
    let largest = -Infinity;
    for (let j = 0; j < classes; j++) largest = Math.max(largest, logits[row + j]);
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += result[row + j] = Math.exp(logits[row + j] - largest);
    for (let j = 0; j < classes; j++) result[row + j] /= sum;
  }
  return result;
}

/**
 * Cross entropy of a batch, its gradient with respect to the logits, and how many rows have their label
 * as the largest logit.
 *
 * loss = Σₙ [(1 − ε) w(yₙ) (−log pₙ(yₙ)) + ε/C · Σ_c w(c) (−log pₙ(c))] / Σₙ w(yₙ)
 */
export function crossEntropy(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  { labelSmoothing, classWeights }: ResolvedLoss,
): { loss: number; gradient: Float64Array; correct: number } {
  const probabilities = softmax(logits, classes);
  const gradient = new Float64Array(logits.length);
  const spread = labelSmoothing / classes;
  const totalWeight = classWeights.reduce((sum, w) => sum + w, 0);
  let labelWeight = 0;
  for (let n = 0; n < labels.length; n++) labelWeight += classWeights[labels[n]];
  let loss = 0;
  let correct = 0;
  for (let n = 0; n < labels.length; n++) {
    const row = n * classes;
    const label = labels[n];
    const logSum = logSumExp(logits, row, classes);
    const sharp = (1 - labelSmoothing) * classWeights[label];
    const mass = sharp + spread * totalWeight;
    let best = 0;
    for (let j = 0; j < classes; j++) {
      const target = (j === label ? sharp : 0) + spread * classWeights[j];
      if (target > 0) loss += target * (logSum - logits[row + j]);
      gradient[row + j] = (mass * probabilities[row + j] - target) / labelWeight;
      if (logits[row + j] > logits[row + best]) best = j;
    }
    if (best === label) correct++;
  }
  return { loss: loss / labelWeight, gradient, correct };
}

function logSumExp(logits: Float32Array, row: number, classes: number): number {
  let largest = -Infinity;
  for (let j = 0; j < classes; j++) largest = Math.max(largest, logits[row + j]);
  let sum = 0;
  for (let j = 0; j < classes; j++) sum += Math.exp(logits[row + j] - largest);
  return largest + Math.log(sum);
}
