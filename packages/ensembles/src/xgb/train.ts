import type { OnProgress } from '@steatosis/core';
import { throwIfAborted } from '@steatosis/core';
import type { DenseMatrix } from '../data/matrix.js';
import { estimateBaseScore } from './base-score.js';
import { binMatrix } from './binned-matrix.js';
import { Booster } from './booster.js';
import { TreeGrower } from './grower.js';
import type { TrainingObjective } from './objectives/training-objective.js';
import type { CompleteXGBParameters } from './parameters.js';
import type { RegressionTree } from './tree.js';

const { fround } = Math;

/** One set of training data, all float32. */
export interface TrainingData {
  x: DenseMatrix<Float32Array>;
  /** 0 or 1 for the logistic objective. */
  labels: Float32Array;
  weights: Float32Array | undefined;
}

/** Boost trees one after the other. */
export function trainBooster(
  objective: TrainingObjective,
  { x, labels, weights }: TrainingData,
  parameters: CompleteXGBParameters,
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: OnProgress | undefined },
): Booster {
  throwIfAborted(signal);
  const { nEstimators, scalePosWeight } = parameters;
  // XGBoost's sketch sees the case weights, the gradients see them times scalePosWeight.
  const binned = binMatrix(x, weights, parameters.maxBin);
  const scaled = scalePosWeight === 1 ? undefined : scaleWeights(labels, weights, scalePosWeight);
  const rowWeights = scaled ?? weights;
  const baseScore = fround(
    parameters.baseScore ?? estimateBaseScore(objective, labels, weights, scaled),
  );
  const grower = new TreeGrower(binned, {
    maxDepth: parameters.maxDepth,
    learningRate: fround(parameters.learningRate),
    lambda: fround(parameters.lambda),
    gamma: fround(parameters.gamma),
    minChildWeight: fround(parameters.minChildWeight),
  });
  const margins = new Float32Array(x.rows).fill(objective.marginOf(baseScore));
  const gradients = new Float32Array(x.rows * 2);
  const trees: RegressionTree[] = [];
  for (let round = 0; round < nEstimators; round++) {
    objective.gradients(margins, labels, rowWeights, gradients);
    trees.push(grower.grow(gradients, margins));
    onProgress?.({ done: round + 1, total: nEstimators, message: 'boosting rounds' });
    throwIfAborted(signal);
  }
  return new Booster({
    objective,
    features: x.columns,
    baseScores: Float32Array.of(baseScore),
    trees,
    treeInfo: new Int32Array(nEstimators),
    iterationStarts: Int32Array.from({ length: nEstimators + 1 }, (_, round) => round),
  });
}

function scaleWeights(
  labels: Float32Array,
  weights: Float32Array | undefined,
  scalePosWeight: number,
): Float32Array {
  const factor = fround(scalePosWeight);
  return labels.map((label, row) => {
    const weight = weights ? weights[row] : 1;
    return label === 1 ? weight * factor : weight;
  });
}
