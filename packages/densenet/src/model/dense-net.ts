import { InvalidArgumentError, throwIfAborted, type LongTaskOptions } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import {
  type DenseNetConfig,
  resolveConfig,
  type ResolvedConfig,
  spatialSizes,
} from '../architecture/config.js';
import { type ParameterSpec, parameterSpecs } from '../architecture/parameters.js';
import { type Plan, planNet } from '../architecture/plan.js';
import { type NetSummary, summarise } from '../architecture/summary.js';
import { checkInteger, checkOptions } from '../check.js';
import { onBackend, startBackend } from '../engine/backend.js';
import { NetStateError } from '../errors.js';
import { Scratch } from '../kernels/scratch.js';
import { nextTask } from '../training/next-task.js';
import { softmax } from '../training/loss.js';
import { initialiseWeights } from '../weights/initial-weights.js';
import { forward } from './forward.js';
import { batchOf, checkPatches, type Patches } from './patches.js';
import { type ModelState, newState } from './state.js';

/** Options of {@link DenseNet.logits} and {@link DenseNet.predict}. */
export interface PredictOptions extends Pick<LongTaskOptions, 'signal' | 'onProgress'> {
  /** Patches that go through the net at once; it bounds the memory and changes no result. Default 32. */
  batchSize?: number;
}

/** A DenseNet-BC with its weights. Made by {@link createDenseNet}. */
export interface DenseNet {
  /** The configuration, with every default filled in. */
  readonly config: ResolvedConfig;
  /**
   * Class scores before the softmax, by the running statistics (torch's eval mode).
   *
   * @param patches [n, channels, height, width]
   * @returns [n, classes], all finite
   * @throws NetStateError when the net is disposed of, or its weights have diverged
   */
  logits(patches: Patches, options?: PredictOptions): Promise<NdArray<Float32Array>>;
  /**
   * Class probabilities (softmax of the logits); every row sums to 1.
   *
   * @param patches [n, channels, height, width]
   * @returns [n, classes], all finite
   * @throws NetStateError when the net is disposed of, or its weights have diverged
   */
  predict(patches: Patches, options?: PredictOptions): Promise<NdArray<Float64Array>>;
  /** Parameters, depth and connections. */
  summary(): NetSummary;
  /** Let go of the weights and buffers. Using the net afterwards is a `NetStateError`. */
  dispose(): void;
}

/**
 * Make a DenseNet-BC with seeded initial weights: He's normal distribution for convolutions, 1 and 0 for
 * normalisations, uniform ±1/√features for the classifier, as torchvision initialises it.
 *
 * Everything waits inside the functions that need it: the backend starts with the first prediction or
 * training step.
 *
 * @throws InvalidArgumentError when an option is unknown or impossible
 * @example
 * ```ts
 * import { createDenseNet } from '@steatosis/densenet';
 *
 * const net = createDenseNet({ growthRate: 8, blocks: [3, 3, 3], inChannels: 6, classes: 2, seed: 1 });
 * console.log(net.summary().parameters); // 32662
 * console.log(net.summary().connections); // 18
 * net.dispose();
 * ```
 */
export function createDenseNet(config: DenseNetConfig = {}): DenseNet {
  return new DenseNetModel(resolveConfig(config));
}

/** The net behind the interface. */
export class DenseNetModel implements DenseNet {
  readonly config: ResolvedConfig;
  readonly plan: Plan;
  readonly specs: readonly ParameterSpec[];
  readonly state: ModelState;
  readonly scratch = new Scratch();
  training = false;
  #disposed = false;

  constructor(config: ResolvedConfig) {
    this.config = config;
    this.plan = planNet(config);
    this.specs = parameterSpecs(this.plan);
    this.state = newState(this.specs);
    initialiseWeights(this.state, this.specs, config.seed);
  }

  async logits(patches: Patches, options: PredictOptions = {}): Promise<NdArray<Float32Array>> {
    this.checkUsable();
    checkOptions('options', options, ['batchSize', 'signal', 'onProgress']);
    const batchSize = checkInteger('batchSize', options.batchSize ?? 32, 1, 65536);
    checkPatches(patches, this.config);
    const [n, , height, width] = patches.shape as [number, number, number, number];
    const sizes = spatialSizes(this.config, height, width);
    const { classes } = this.config;
    const result = new Float32Array(n * classes);
    throwIfAborted(options.signal);
    await startBackend();
    for (let from = 0; from < n; from += batchSize) {
      if (from > 0) await nextTask();
      throwIfAborted(options.signal);
      this.checkUsable();
      const indices = Array.from({ length: Math.min(batchSize, n - from) }, (_, i) => from + i);
      const pass = { state: this.state, scratch: this.scratch, training: undefined };
      const { logits } = onBackend(() =>
        forward(pass, this.plan, batchOf(patches, indices), sizes),
      );
      if (!logits.every(Number.isFinite)) throw new NetStateError('diverged');
      result.set(logits, from * classes);
      options.onProgress?.({ done: from + indices.length, total: n });
    }
    return ndarray(result, [n, classes]);
  }

  async predict(patches: Patches, options: PredictOptions = {}): Promise<NdArray<Float64Array>> {
    const logits = await this.logits(patches, options);
    return ndarray(softmax(logits.data, this.config.classes), [...logits.shape]);
  }

  summary(): NetSummary {
    return summarise(this.plan, this.specs);
  }

  dispose(): void {
    this.#disposed = true;
    this.state.values.clear();
    this.state.batchesTracked.clear();
    this.scratch.clear();
  }

  /** @throws NetStateError after `dispose()` */
  checkUsable(): void {
    if (this.#disposed) throw new NetStateError('disposed');
  }

  /** @throws NetStateError after `dispose()`, and while `fit` runs */
  checkChangeable(): void {
    this.checkUsable();
    if (this.training) throw new NetStateError('training');
  }
}

/** @throws InvalidArgumentError when it is not a net of this package */
export function modelOf(net: DenseNet): DenseNetModel {
  if (net instanceof DenseNetModel) return net;
  throw new InvalidArgumentError('net', net, 'a net made by createDenseNet or densenet121');
}
