import type { OnProgress } from '@steatosis/core';
import { throwIfAborted } from '@steatosis/core';
import { type DecisionTree, leafOf } from '../cart/decision-tree.js';
import { presort } from '../cart/presorted.js';
import { SquaredError } from '../cart/squared-error.js';
import { type BuiltTree, TreeBuilder } from '../cart/tree-builder.js';
import type { DenseMatrix } from '../data/matrix.js';
import type { Loss } from './losses.js';

/** Raw predictions are `initial` plus `learningRate` times the trees' values. */
export interface BoostedTrees {
  initial: number;
  learningRate: number;
  trees: readonly DecisionTree[];
  /** Weighted mean loss of the training rows after each tree. */
  trainScore: Float64Array;
}

export interface BoostSettings {
  nEstimators: number;
  learningRate: number;
  maxDepth: number;
  minSamplesLeaf: number;
}

/** Gradient boosting over exact regression trees: Friedman 2001, doi:10.1214/aos/1013203451, algorithms 2 and 5. */
export function boostTrees(
  loss: Loss,
  x: DenseMatrix<Float32Array>,
  y: Float64Array,
  weights: Float64Array | undefined,
  settings: BoostSettings,
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: OnProgress | undefined },
): BoostedTrees {
  throwIfAborted(signal);
  const { nEstimators, learningRate } = settings;
  const builder = new TreeBuilder(presort(x, weights), settings);
  const initial = loss.initial(weightedMean(y, weights));
  const raw = new Float64Array(x.rows).fill(initial);
  const residuals = new Float64Array(x.rows);
  const losses = new Float64Array(x.rows);
  const trees: DecisionTree[] = [];
  const trainScore: number[] = [];
  for (let round = 0; round < nEstimators; round++) {
    loss.residuals(y, raw, residuals);
    const built = builder.build(new SquaredError(residuals, weights));
    if (loss.curvature) newtonSteps(built, y, residuals, weights, loss.curvature);
    const { tree, leaves } = built;
    for (let row = 0; row < x.rows; row++) {
      const leaf = leaves[row] >= 0 ? leaves[row] : leafOf(tree, x, row);
      raw[row] += learningRate * tree.value[leaf];
      losses[row] = loss.of(y[row], raw[row]);
    }
    trees.push(tree);
    trainScore.push(weightedMean(losses, weights));
    onProgress?.({ done: round + 1, total: nEstimators, message: 'boosting rounds' });
    throwIfAborted(signal);
  }
  return { initial, learningRate, trees, trainScore: Float64Array.from(trainScore) };
}

/** Raw predictions of all rows of `x`. */
export function rawPredictions(
  { initial, learningRate, trees }: BoostedTrees,
  x: DenseMatrix<Float32Array>,
): Float64Array {
  const raw = new Float64Array(x.rows).fill(initial);
  for (const tree of trees) {
    for (let row = 0; row < x.rows; row++) {
      raw[row] += learningRate * tree.value[leafOf(tree, x, row)];
    }
  }
  return raw;
}

/** Set each leaf to one Newton step, 0 where the curvature vanishes. */
function newtonSteps(
  { tree, leaves }: BuiltTree,
  y: Float64Array,
  residuals: Float64Array,
  weights: Float64Array | undefined,
  curvature: (y: number, residual: number) => number,
): void {
  const nodes = tree.left.length;
  const gradients = new Float64Array(nodes);
  const curvatures = new Float64Array(nodes);
  const totals = new Float64Array(nodes);
  for (let row = 0; row < leaves.length; row++) {
    const leaf = leaves[row];
    if (leaf < 0) continue;
    const weight = weights ? weights[row] : 1;
    gradients[leaf] += weight * residuals[row];
    curvatures[leaf] += weight * curvature(y[row], residuals[row]);
    totals[leaf] += weight;
  }
  for (let node = 0; node < nodes; node++) {
    if (tree.left[node] !== -1) continue;
    const denominator = curvatures[node] / totals[node];
    tree.value[node] =
      Math.abs(denominator) < 1e-150 ? 0 : gradients[node] / totals[node] / denominator;
  }
}

function weightedMean(values: Float64Array, weights: Float64Array | undefined): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights ? weights[row] : 1;
    sum += weight * values[row];
    total += weight;
  }
  return sum / total;
}
