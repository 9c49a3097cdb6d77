import { createRandom, InvalidArgumentError, type Random } from '@steatosis/core';
import { spatialSizes } from '../architecture/config.js';
import { checkInteger, checkOptions } from '../check.js';
import { onBackend, startBackend } from '../engine/backend.js';
import { backward } from '../model/backward.js';
import { type DenseNet, type DenseNetModel, modelOf } from '../model/dense-net.js';
import { forward } from '../model/forward.js';
import { batchOf, checkPatches, type Patches } from '../model/patches.js';
import type { Observation } from '../model/pass.js';
import { crossEntropy, type LossOptions, resolveLoss, type ResolvedLoss } from './loss.js';

/** What a net learns from. */
export interface TrainingData {
  /** [n, channels, height, width]; best scaled to about zero mean and unit deviation. */
  patches: Patches;
  /** The class of each patch, 0 … classes − 1. */
  labels: ArrayLike<number>;
}

/** Loss and gradients of one batch, see {@link lossAndGradients}. */
export interface LossAndGradients {
  /** Mean cross entropy. */
  loss: number;
  /** Logits by batch statistics, [n, classes] row-major. */
  logits: Float32Array;
  /** By torchvision's names, in torch's layouts. */
  gradients: Map<string, Float32Array>;
}

/**
 * Loss and gradients of all weights for one batch in training mode, without changing the net.
 *
 * @throws InvalidArgumentError when the data do not fit the net
 * @example
 * ```ts
 * import ndarray from 'ndarray';
 * import { createDenseNet, lossAndGradients } from '@steatosis/densenet';
 *
 * const net = createDenseNet({ growthRate: 4, blocks: [2], inChannels: 1, classes: 2 });
 * const patches = ndarray(Float32Array.from({ length: 128 }, (_, i) => Math.sin(i)), [2, 1, 8, 8]);
 * const { gradients } = await lossAndGradients(net, { patches, labels: [0, 1] });
 * console.log(gradients.get('classifier.weight')?.length); // 32
 * net.dispose();
 * ```
 */
export async function lossAndGradients(
  net: DenseNet,
  data: TrainingData,
  options: LossOptions & {
    /** Seed of the dropout; ignored when the net's dropRate is 0. Default 0. */
    seed?: number;
  } = {},
): Promise<LossAndGradients> {
  const model = modelOf(net);
  model.checkUsable();
  checkOptions('options', options, ['labelSmoothing', 'classWeights', 'seed']);
  const seed = checkInteger(
    'seed',
    options.seed ?? 0,
    Number.MIN_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER,
  );
  const loss = resolveLoss(options, model.config.classes);
  checkTrainingData(model, data, loss);
  const indices = Array.from({ length: data.labels.length }, (_, i) => i);
  checkBatchStatistics(model, data.patches, indices.length);
  await startBackend();
  model.checkUsable();
  const result = trainingPass(model, data, indices, loss, createRandom(seed).split('dropout'));
  return { loss: result.loss, logits: result.logits, gradients: result.gradients };
}

/** @throws InvalidArgumentError when patches or labels do not fit the net */
export function checkTrainingData(
  { config }: DenseNetModel,
  data: TrainingData,
  loss: ResolvedLoss,
): void {
  checkOptions('data', data, ['patches', 'labels']);
  checkPatches(data.patches, config);
  const { labels } = data;
  const n = data.patches.shape[0];
  if (typeof labels !== 'object' || labels === null || labels.length !== n) {
    throw new InvalidArgumentError('labels', labels, `${n} labels, one for each patch`);
  }
  for (let i = 0; i < n; i++) {
    checkInteger(`labels[${i}]`, labels[i], 0, config.classes - 1);
    if (loss.classWeights[labels[i]] === 0) {
      throw new InvalidArgumentError(
        'classWeights',
        Array.from(loss.classWeights),
        `a weight > 0 for class ${labels[i]}, which patch ${i} has`,
      );
    }
  }
}

/** A batch must give each normalisation at least two values, or its variance is no estimate. */
export function checkBatchStatistics(
  { config }: DenseNetModel,
  patches: Patches,
  smallestBatch: number,
): void {
  const [height, width] = patches.shape.slice(2) as [number, number];
  const [lastHeight, lastWidth] = spatialSizes(config, height, width).blocks.at(-1)!;
  if (smallestBatch * lastHeight * lastWidth < 2) {
    throw new InvalidArgumentError(
      'batchSize',
      smallestBatch,
      'batches of at least two patches, the last one included, since the last block has one pixel a patch',
    );
  }
}

/** Loss, gradients and batch statistics of the patches at `indices`. */
export function trainingPass(
  model: DenseNetModel,
  { patches, labels }: TrainingData,
  indices: ArrayLike<number>,
  loss: ResolvedLoss,
  random: Random,
): LossAndGradients & { correct: number; observed: Observation[] } {
  const { plan, state, scratch, config } = model;
  const [height, width] = patches.shape.slice(2) as [number, number];
  const observed: Observation[] = [];
  const training = { random, dropRate: config.dropRate, observed };
  const batchLabels = Array.from(indices, (i) => labels[i]);
  return onBackend(() => {
    const sizes = spatialSizes(config, height, width);
    const input = batchOf(patches, indices);
    const { logits, tape } = forward({ state, scratch, training }, plan, input, sizes);
    const entropy = crossEntropy(logits, batchLabels, config.classes, loss);
    const gradients = new Map<string, Float32Array>();
    if (tape) backward({ state, scratch, gradients }, plan, tape, entropy.gradient);
    return { loss: entropy.loss, correct: entropy.correct, logits, gradients, observed };
  });
}
