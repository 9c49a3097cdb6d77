import type { Random } from '@steatosis/core';
import type { Scratch } from '../kernels/scratch.js';
import type { Moments } from '../kernels/statistics.js';
import type { ModelState } from './state.js';

/** One way of a batch through the net. */
export interface Pass {
  readonly state: ModelState;
  readonly scratch: Scratch;
  /** Set in training: normalise by the batch, drop features, remember what the gradients need. */
  readonly training: Training | undefined;
}

interface Training {
  /** Decides which features are dropped; one stream a step. */
  readonly random: Random;
  readonly dropRate: number;
  /** What each normalisation saw. */
  readonly observed: Observation[];
}

/** Batch statistics of one normalisation, for its running statistics. */
export interface Observation {
  readonly key: string;
  readonly channels: number;
  readonly moments: Moments;
  /** Values that each statistic was taken over. */
  readonly count: number;
}

/** The way back. */
export interface BackwardPass {
  readonly state: ModelState;
  readonly scratch: Scratch;
  /** Filled by the layers: name of a weight → gradient in its layout. */
  readonly gradients: Map<string, Float32Array>;
}
