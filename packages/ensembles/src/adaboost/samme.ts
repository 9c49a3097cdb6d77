import type { OnProgress } from '@steatosis/core';
import { throwIfAborted } from '@steatosis/core';
import { withCartMemory } from '../cart/cart-memory.js';
import type { DecisionTree } from '../cart/decision-tree.js';
import { Gini } from '../cart/gini.js';
import { presort } from '../cart/presorted.js';
import { type BuiltTree, type GrowthRules, TreeBuilder } from '../cart/tree-builder.js';
import type { DenseMatrix } from '../data/matrix.js';
import { InvalidDataError } from '../errors.js';
import { BoostingWeights } from './case-weights.js';
import { clippedLogarithms, majorities } from './votes.js';

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
  algorithm: 'SAMME' | 'SAMME.R';
  rules: GrowthRules;
}

export interface LabelledRows {
  x: DenseMatrix<Float32Array>;
  /** Class of each row, 0 … classes − 1. */
  codes: Int32Array;
  classes: number;
  /** Case weights; undefined: all 1. */
  weights: Float64Array | undefined;
}

/**
 * SAMME and SAMME.R (Zhu, Zou, Rosset and Hastie 2009, Stat Interface 2:349–360, doi:10.4310/SII.2009.v2.n3.a8,
 * algorithms 2 and 4) with scikit-learn's rules: a perfect tree is kept with weight 1 and ends the boosting. By
 * algorithm 2 one no better than chance is dropped and ends it; algorithm 4 weighs all trees alike.
 */
export function boostSamme(
  rows: LabelledRows,
  settings: SammeSettings,
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: OnProgress | undefined },
): WeightedTree[] {
  throwIfAborted(signal);
  const { x, codes, classes } = rows;
  const { nEstimators, learningRate, rules } = settings;
  const isReal = settings.algorithm === 'SAMME.R';
  const weights = new BoostingWeights(x.rows, rows.weights);
  const trees: WeightedTree[] = [];
  return withCartMemory((memory) => {
    const builder = new TreeBuilder(presort(memory, x, rows.weights), rules);
    const criterion = new Gini(memory, codes, classes);
    for (let round = 0; round < nEstimators; round++) {
      weights.keepFromVanishing();
      criterion.weigh(weights.values);
      const built = builder.build(criterion);
      const { tree } = built;
      const isWrong = findErrors(built, codes, classes);
      const error = weightedShare(isWrong, weights.values);
      if (error <= 0) {
        trees.push({ tree, weight: 1, error: 0 });
        break;
      }
      if (!isReal && error >= 1 - 1 / classes) {
        if (trees.length > 0) break;
        throw uselessTree(error, rules.maxDepth);
      }
      const weight = isReal
        ? 1
        : learningRate * (Math.log((1 - error) / error) + Math.log(classes - 1));
      trees.push({ tree, weight, error });
      onProgress?.({ done: round + 1, total: nEstimators, message: 'boosting rounds' });
      throwIfAborted(signal);
      if (round === nEstimators - 1) break;
      if (isReal) reweighByProbability(weights, built, codes, classes, learningRate);
      else reweighByError(weights.values, isWrong, weight);
      if (!weights.normalise()) break;
    }
    return trees;
  });
}

function uselessTree(error: number, maxDepth: number): InvalidDataError {
  return new InvalidDataError(
    'x',
    `the first tree of depth ${maxDepth} gets ${(100 * error).toFixed(1)} % of the weight wrong, no better than ` +
      'chance, so there is nothing to boost; try a greater maxDepth or other features.',
  );
}

function reweighByError(weights: Float64Array, isWrong: Uint8Array, say: number): void {
  for (let row = 0; row < weights.length; row++) {
    weights[row] = Math.exp(Math.log(weights[row]) + (isWrong[row] === 1 ? say : 0));
  }
}

/** Step (c) of algorithm 4: rows whose class the tree thinks improbable gain weight. */
function reweighByProbability(
  weights: BoostingWeights,
  { tree, leaves }: BuiltTree,
  codes: Int32Array,
  classes: number,
  learningRate: number,
): void {
  const logarithms = clippedLogarithms(tree);
  const factor = -learningRate * ((classes - 1) / classes);
  const { values } = weights;
  for (let row = 0; row < values.length; row++) {
    if (leaves[row] < 0) continue;
    const at = leaves[row] * classes;
    let coded = 0;
    for (let k = 0; k < classes; k++) {
      coded += logarithms[at + k] * (k === codes[row] ? 1 : -1 / (classes - 1));
    }
    values[row] = Math.exp(Math.log(values[row]) + factor * coded);
  }
}

function findErrors({ tree, leaves }: BuiltTree, codes: Int32Array, classes: number): Uint8Array {
  const classOf = majorities(tree, classes);
  const isWrong = new Uint8Array(leaves.length);
  for (let row = 0; row < leaves.length; row++) {
    const leaf = leaves[row];
    if (leaf >= 0 && classOf[leaf] !== codes[row]) isWrong[row] = 1;
  }
  return isWrong;
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
