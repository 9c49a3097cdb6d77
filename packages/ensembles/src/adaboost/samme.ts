import type { OnProgress } from '@steatosis/core';
import { throwIfAborted } from '@steatosis/core';
import type { DecisionTree } from '../cart/decision-tree.js';
import { Gini } from '../cart/gini.js';
import { presort } from '../cart/presorted.js';
import { TreeBuilder } from '../cart/tree-builder.js';
import type { DenseMatrix } from '../data/matrix.js';
import { InvalidDataError } from '../errors.js';

/** One weak learner of the ensemble. */
export interface WeightedTree {
  tree: DecisionTree;
  /** Say in the vote. */
  weight: number;
  /** Weighted share of training rows that the tree got wrong. */
  error: number;
}

export interface SammeSettings {
  nEstimators: number;
  learningRate: number;
  maxDepth: number;
}

/**
 * SAMME (Zhu, Zou, Rosset and Hastie 2009, Stat Interface 2:349–360, doi:10.4310/SII.2009.v2.n3.a8, algorithm 2)
 * with scikit-learn's rules: a perfect tree is kept with weight 1 and ends the boosting, one no better than chance
 * is dropped and ends it.
 */
export function boostSamme(
  x: DenseMatrix<Float32Array>,
  codes: Int32Array,
  classes: number,
  caseWeights: Float64Array | undefined,
  settings: SammeSettings,
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: OnProgress | undefined },
): WeightedTree[] {
  throwIfAborted(signal);
  const { nEstimators, learningRate, maxDepth } = settings;
  const sorted = presort(x, caseWeights);
  const builder = new TreeBuilder(sorted, { maxDepth, minSamplesLeaf: 1 });
  const weights = caseWeights?.slice() ?? new Float64Array(x.rows).fill(1);
  normalise(weights);
  const trees: WeightedTree[] = [];
  for (let round = 0; round < nEstimators; round++) {
    keepFromVanishing(weights);
    const { tree, leaves } = builder.build(new Gini(codes, classes, weights));
    const isWrong = findErrors(tree, leaves, codes, classes);
    const error = weightedShare(isWrong, weights);
    if (error <= 0) {
      trees.push({ tree, weight: 1, error: 0 });
      break;
    }
    if (error >= 1 - 1 / classes) {
      if (trees.length > 0) break;
      throw new InvalidDataError(
        'x',
        `the first tree of depth ${maxDepth} gets ${(100 * error).toFixed(1)} % of the weight wrong, no better than ` +
          'chance, so there is nothing to boost; try a greater maxDepth or other features.',
      );
    }
    const weight = learningRate * (Math.log((1 - error) / error) + Math.log(classes - 1));
    trees.push({ tree, weight, error });
    onProgress?.({ done: round + 1, total: nEstimators, message: 'boosting rounds' });
    throwIfAborted(signal);
    if (round === nEstimators - 1) break;
    for (let row = 0; row < weights.length; row++) {
      weights[row] = Math.exp(Math.log(weights[row]) + (isWrong[row] === 1 ? weight : 0));
    }
    if (!normalise(weights)) break;
  }
  return trees;
}

/** Divide by the sum; false if that is impossible. */
function normalise(weights: Float64Array): boolean {
  let sum = 0;
  for (const weight of weights) sum += weight;
  if (!(sum > 0) || sum === Infinity) return false;
  for (let row = 0; row < weights.length; row++) weights[row] /= sum;
  return true;
}

/** Weights that are not 0 stay at 2⁻⁵² or more. */
function keepFromVanishing(weights: Float64Array): void {
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] > 0 && weights[row] < Number.EPSILON) weights[row] = Number.EPSILON;
  }
}

function findErrors(
  tree: DecisionTree,
  leaves: Int32Array,
  codes: Int32Array,
  classes: number,
): Uint8Array {
  const classOf = Int32Array.from(tree.left, (_, node) => majority(tree, node, classes));
  const isWrong = new Uint8Array(leaves.length);
  for (let row = 0; row < leaves.length; row++) {
    const leaf = leaves[row];
    if (leaf >= 0 && classOf[leaf] !== codes[row]) isWrong[row] = 1;
  }
  return isWrong;
}

/** Class with the greatest share in a node; the lower one of equals. */
export function majority({ value }: DecisionTree, node: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) {
    if (value[node * classes + k] > value[node * classes + best]) best = k;
  }
  return best;
}

function weightedShare(isWrong: Uint8Array, weights: Float64Array): number {
  let wrong = 0;
  let total = 0;
  for (let row = 0; row < weights.length; row++) {
    total += weights[row];
    if (isWrong[row] === 1) wrong += weights[row];
  }
  return wrong / total;
}
