import type { TransitionPlan } from '../architecture/plan.js';
import { multiply } from '../engine/operations.js';
import { type Images, newImages } from '../kernels/matrix.js';
import { normRelu } from '../kernels/norm-relu.js';
import { type BatchNorm, normReluBackward } from '../kernels/norm-relu-backward.js';
import { averagePool, averagePoolBackward } from '../kernels/pooling.js';
import { putColumns, takeColumns, transpose } from '../kernels/rearrange.js';
import { measure, type Moments } from '../kernels/statistics.js';
import type { BackwardPass, Pass } from '../model/pass.js';
import { tensorOf } from '../model/state.js';
import { keepNormGradients, normalisation } from './normalisation.js';
import { pointwise, pointwiseWeightGradient } from './pointwise.js';

export interface TransitionTape {
  readonly norm: BatchNorm;
  /** After normalisation, ReLU and pooling. */
  readonly pooled: Images;
}

/**
 * BN – ReLU – pooling – 1×1, into the first columns of the next block. Averaging and a 1×1 convolution
 * without bias commute; pooling first does a quarter of the products.
 */
export function transition(
  pass: Pass,
  plan: TransitionPlan,
  from: Images,
  moments: Moments,
  to: Images,
  toMoments: Moments,
): TransitionTape {
  const { state, scratch, training } = pass;
  const { inChannels, outChannels, key } = plan;
  const norm = normalisation(pass, `${key}.norm`, inChannels, moments, from.rows);
  const activation = scratch.take('activation', from.rows * inChannels);
  normRelu(from, norm, activation);
  const pooled = newImages(to.images, to.height, to.width, inChannels);
  averagePool({ ...from, data: activation }, pooled);
  const weights = tensorOf(state.values, `${key}.conv.weight`);
  const channels = { inputs: inChannels, outputs: outChannels };
  const result = pointwise(pooled.data, weights, to.rows, channels, scratch);
  putColumns(result, 0, outChannels, to);
  if (training) measure(to, 0, outChannels, toMoments);
  return { norm, pooled };
}

export function transitionBackward(
  pass: BackwardPass,
  plan: TransitionPlan,
  tape: TransitionTape,
  from: Images,
  ofTo: Images,
  ofFrom: Images,
): void {
  const { state, scratch, gradients } = pass;
  const { inChannels, outChannels, key } = plan;
  const { pooled, norm } = tape;
  const { rows } = pooled;
  const ofResult = takeColumns(ofTo, 0, outChannels, scratch.take('output', rows * outChannels));
  const transposed = scratch.take('transposed', rows * inChannels);
  transpose(pooled.data, rows, inChannels, transposed);
  const channels = { inputs: inChannels, outputs: outChannels };
  gradients.set(
    `${key}.conv.weight`,
    pointwiseWeightGradient(transposed, ofResult, rows, channels),
  );
  const weights = tensorOf(state.values, `${key}.conv.weight`);
  const ofPooled = { ...pooled, data: multiply(ofResult, weights, rows, outChannels, inChannels) };
  const ofActivation = scratch.take('gradient', from.rows * inChannels);
  averagePoolBackward(ofPooled, { ...from, data: ofActivation });
  keepNormGradients(pass, `${key}.norm`, normReluBackward(from, norm, ofActivation, ofFrom));
}
