import type { OnProgress } from '@steatosis/core';
import { createRandom, throwIfAborted } from '@steatosis/core';
import { withCartMemory } from '../cart/cart-memory.js';
import { leafOf } from '../cart/decision-tree.js';
import { presort } from '../cart/presorted.js';
import { SquaredError } from '../cart/squared-error.js';
import { type GrowthRules, TreeBuilder } from '../cart/tree-builder.js';
import type { DenseMatrix } from '../data/matrix.js';
import { BoostingWeights } from './case-weights.js';
import type { WeightedTree } from './samme.js';

export interface R2Settings {
  nEstimators: number;
  learningRate: number;
  loss: 'linear' | 'square' | 'exponential';
  rules: GrowthRules;
  /** How often each row is in the sample that a round's tree is fitted to. */
  draw: (weights: Float64Array, round: number) => Int32Array;
}

export interface RegressionRows {
  x: DenseMatrix<Float32Array>;
  y: Float64Array;
  /** Case weights; undefined: all 1. */
  weights: Float64Array | undefined;
}

/**
 * AdaBoost.R2 (Drucker 1997, Improving regressors using boosting techniques, ICML, 107–115) with scikit-learn's rules:
 * a perfect tree is kept with weight 1 and ends the boosting; one whose mean loss is ½ or more ends it and is
 * dropped, unless it is the only one.
 */
export function boostR2(
  { x, y, weights: caseWeights }: RegressionRows,
  settings: R2Settings,
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: OnProgress | undefined },
): WeightedTree[] {
  throwIfAborted(signal);
  const { nEstimators, learningRate, loss, rules, draw } = settings;
  const weights = new BoostingWeights(x.rows, caseWeights);
  const trees: WeightedTree[] = [];
  return withCartMemory((memory) => {
    const builder = new TreeBuilder(presort(memory, x, caseWeights), rules);
    const criterion = new SquaredError(memory, x.rows, undefined);
    criterion.aim(y);
    for (let round = 0; round < nEstimators; round++) {
      weights.keepFromVanishing();
      const { tree } = builder.build(criterion, { times: draw(weights.values, round) });
      const errors = y.map((outcome, row) =>
        weights.counts(row) ? Math.abs(tree.value[leafOf(tree, x, row)] - outcome) : 0,
      );
      const losses = lossesOf(errors, loss);
      const error = weights.values.reduce((sum, weight, row) => sum + weight * losses[row], 0);
      if (error <= 0) {
        trees.push({ tree, weight: 1, error: 0 });
        break;
      }
      if (error >= 0.5) {
        if (trees.length === 0) trees.push({ tree, weight: 0, error });
        break;
      }
      const beta = error / (1 - error);
      trees.push({ tree, weight: learningRate * Math.log(1 / beta), error });
      onProgress?.({ done: round + 1, total: nEstimators, message: 'boosting rounds' });
      throwIfAborted(signal);
      const { values } = weights;
      for (let row = 0; row < values.length; row++) {
        values[row] *= beta ** ((1 - losses[row]) * learningRate);
      }
      if (!weights.normalise()) break;
    }
    return trees;
  });
}

/** Losses of errors as a share of the greatest error, in [0, 1]. */
function lossesOf(errors: Float64Array, loss: R2Settings['loss']): Float64Array {
  const greatest = errors.reduce((a, b) => Math.max(a, b), 0);
  const shares = greatest === 0 ? errors : errors.map((error) => error / greatest);
  if (loss === 'square') return shares.map((share) => share * share);
  if (loss === 'exponential') return shares.map((share) => 1 - Math.exp(-share));
  return shares;
}

/** Samples with replacement, as many rows as there are, row r with probability ∝ weights[r]; each round its own stream. */
export function weightedSamples(seed: number): R2Settings['draw'] {
  const random = createRandom(seed);
  return (weights, round) => {
    const stream = random.split(round);
    const cumulative = new Float64Array(weights.length);
    let sum = 0;
    let last = 0;
    weights.forEach((weight, row) => {
      sum += weight;
      cumulative[row] = sum;
      if (weight > 0) last = row;
    });
    const times = new Int32Array(weights.length);
    for (let i = 0; i < weights.length; i++) {
      times[Math.min(last, firstAbove(cumulative, stream.uniform() * sum))]++;
    }
    return times;
  };
}

/** First index whose value is above `wanted`; the values ascend. */
function firstAbove(values: Float64Array, wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
