import { createRandom, type LongTaskOptions, throwIfAborted } from '@steatosis/core';
import { isTrainable } from '../architecture/parameters.js';
import { checkBoolean, checkInteger, checkOptions } from '../check.js';
import { startBackend } from '../engine/backend.js';
import { TrainingDivergedError } from '../errors.js';
import { trackStatistics } from '../layers/normalisation.js';
import { type DenseNet, modelOf } from '../model/dense-net.js';
import { tensorOf } from '../model/state.js';
import {
  checkBatchStatistics,
  checkTrainingData,
  type TrainingData,
  trainingPass,
} from './gradients.js';
import { type LossOptions, resolveLoss } from './loss.js';
import { nextTask } from './next-task.js';
import { createOptimizer, type OptimizerOptions } from './optimizer.js';
import { resolveSchedule, type Schedule } from './schedule.js';

/** Options of {@link fit}. */
export interface FitOptions extends LossOptions, Pick<LongTaskOptions, 'signal' | 'onProgress'> {
  /** How often every patch is seen. Default 10. */
  epochs?: number;
  /** Patches a step; the last batch of an epoch may be smaller. Default 32. */
  batchSize?: number;
  /** Default `{ name: 'sgd' }` with the settings of the DenseNet paper. */
  optimizer?: OptimizerOptions;
  /** How the learning rate goes. Default `'constant'`. */
  schedule?: Schedule;
  /** Take the patches in a new random order in each epoch. Default true. */
  shuffle?: boolean;
  /** Seed of the order and of the dropout. Default 0. */
  seed?: number;
}

/** How training went. */
export interface TrainingHistory {
  /** Loss of each step, before the step changed the weights. */
  loss: number[];
  /** Learning rate of each step. */
  learningRate: number[];
  /** Means over each epoch's patches, as they were met during the epoch. */
  epochs: { loss: number; accuracy: number }[];
}

/**
 * Train a net. The same data, options and seed give the same weights, bit for bit (same package versions
 * and JavaScript engine), on any thread. `onProgress` counts steps. After an abort or an error the net
 * keeps the weights of the last whole step.
 *
 * @param net changed in place; also its running statistics
 * @returns the loss of every step
 * @throws InvalidArgumentError when an option or the data do not fit
 * @throws TrainingDivergedError when the loss is no longer finite
 * @throws AbortedError when the signal fires
 * @throws NetStateError when `fit` is already running on this net
 * @example
 * ```ts
 * import ndarray from 'ndarray';
 * import { createDenseNet, fit } from '@steatosis/densenet';
 *
 * // Class 1 has vertical stripes, class 0 horizontal ones.
 * const patches = ndarray(new Float32Array(40 * 64), [40, 1, 8, 8]);
 * const labels = Array.from({ length: 40 }, (_, n) => n % 2);
 * labels.forEach((label, n) => {
 *   for (let y = 0; y < 8; y++) {
 *     for (let x = 0; x < 8; x++) patches.set(n, 0, y, x, Math.sin(n + 2 * (label ? x : y)));
 *   }
 * });
 * const net = createDenseNet({ growthRate: 4, blocks: [2, 2], inChannels: 1, classes: 2, seed: 1 });
 * const history = await fit(net, { patches, labels }, { epochs: 10, batchSize: 8, seed: 1 });
 * console.log(history.loss.length); // 50
 * console.log(history.epochs[9].accuracy); // 1
 * net.dispose();
 * ```
 */
export async function fit(
  net: DenseNet,
  data: TrainingData,
  options: FitOptions = {},
): Promise<TrainingHistory> {
  const model = modelOf(net);
  model.checkChangeable();
  const settings = resolveFit(options);
  const loss = resolveLoss(options, model.config.classes);
  checkTrainingData(model, data, loss);
  const n = data.labels.length;
  const { epochs, batchSize, optimizer, schedule } = settings;
  checkBatchStatistics(model, data.patches, n % batchSize || batchSize);
  const stepsPerEpoch = Math.ceil(n / batchSize);
  const steps = epochs * stepsPerEpoch;
  const trainable = model.specs.filter(isTrainable);
  const random = createRandom(settings.seed);
  const history: TrainingHistory = { loss: [], learningRate: [], epochs: [] };

  throwIfAborted(options.signal);
  model.training = true;
  try {
    await startBackend();
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = settings.shuffle
        ? random.split('order').split(epoch).permutation(n)
        : Uint32Array.from({ length: n }, (_, i) => i);
      let lossSum = 0;
      let correct = 0;
      for (let from = 0; from < n; from += batchSize) {
        await nextTask();
        throwIfAborted(options.signal);
        model.checkUsable();
        const step = history.loss.length;
        const batch = order.subarray(from, from + batchSize);
        const result = trainingPass(model, data, batch, loss, random.split('dropout').split(step));
        if (!Number.isFinite(result.loss)) throw new TrainingDivergedError(step, result.loss);
        const rate = optimizer.learningRate * schedule({ step, steps, epoch, epochs });
        optimizer.begin();
        for (const { name } of trainable) {
          const weights = tensorOf(model.state.values, name);
          optimizer.step(name, weights, tensorOf(result.gradients, name), rate);
        }
        trackStatistics(model.state, result.observed);
        history.loss.push(result.loss);
        history.learningRate.push(rate);
        lossSum += result.loss * batch.length;
        correct += result.correct;
        options.onProgress?.({
          done: step + 1,
          total: steps,
          message: `epoch ${epoch + 1} of ${epochs}`,
        });
      }
      history.epochs.push({ loss: lossSum / n, accuracy: correct / n });
    }
  } finally {
    model.training = false;
  }
  return history;
}

function resolveFit(options: FitOptions) {
  checkOptions('options', options, [
    'epochs',
    'batchSize',
    'optimizer',
    'schedule',
    'shuffle',
    'labelSmoothing',
    'classWeights',
    'seed',
    'signal',
    'onProgress',
  ]);
  return {
    epochs: checkInteger('epochs', options.epochs ?? 10, 1, 1_000_000),
    batchSize: checkInteger('batchSize', options.batchSize ?? 32, 1, 65536),
    optimizer: createOptimizer(options.optimizer),
    schedule: resolveSchedule(options.schedule),
    shuffle: checkBoolean('shuffle', options.shuffle ?? true),
    seed: checkInteger('seed', options.seed ?? 0, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  };
}
