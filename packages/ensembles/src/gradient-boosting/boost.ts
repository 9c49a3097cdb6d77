import type { OnProgress } from '@steatosis/core';
import { createRandom, throwIfAborted } from '@steatosis/core';
import { type CartMemory, withCartMemory } from '../cart/cart-memory.js';
import { type DecisionTree, leafOf } from '../cart/decision-tree.js';
import { addLeafValues, type LeafValues } from '../cart/leaf-values.js';
import { presort } from '../cart/presorted.js';
import { SquaredError } from '../cart/squared-error.js';
import { type GrowthRules, TreeBuilder } from '../cart/tree-builder.js';
import type { DenseMatrix } from '../data/matrix.js';
import { InvalidDataError } from '../errors.js';
import { stepLeaves } from './leaf-steps.js';
import type { Loss, WeighedTargets } from './losses/loss.js';
import { evenlyScaled, unscaled } from './weight-scale.js';

/** Raw predictions are `initial` plus `learningRate` times the trees' values. */
export interface BoostedTrees {
  /** One number per output. */
  initial: Float64Array;
  learningRate: number;
  /** One per output in every round, in this order. */
  trees: readonly DecisionTree[];
  /** Weighted mean loss of the rows of each round after it. */
  trainScore: Float64Array;
  /** Fall of the weighted mean loss of the rows left out of each round; undefined where none are. */
  oobImprovement: Float64Array | undefined;
}

export interface BoostSettings {
  nEstimators: number;
  learningRate: number;
  rules: GrowthRules;
  /** How often each row is taken, by round: 1 or 0, and 0 for rows of weight 0. Undefined: every round takes all. */
  sample: ((round: number) => Int32Array) | undefined;
  /** Seed of the features that nodes look at. */
  seed: number;
}

/** Features and targets. */
export interface TargetedRows extends WeighedTargets {
  x: DenseMatrix<Float32Array>;
}

/** Rows that judge when to stop. */
export interface Judge {
  rows: TargetedRows;
  /** Rounds without improvement after which boosting ends. */
  patience: number;
  /** Least improvement that counts. */
  tolerance: number;
}

interface Observers {
  signal?: AbortSignal | undefined;
  onProgress?: OnProgress | undefined;
}

/**
 * Gradient boosting over exact regression trees: Friedman 2001, doi:10.1214/aos/1013203451, algorithms 2 to 6, and with
 * `subsample` Friedman 2002, doi:10.1016/S0167-9473(01)00065-2.
 */
export function boostTrees(
  loss: Loss,
  given: TargetedRows,
  settings: BoostSettings,
  judge: Judge | undefined,
  observers: Observers,
): BoostedTrees {
  throwIfAborted(observers.signal);
  const { weights, scale } = evenlyScaled(given.weights);
  const rows = { ...given, weights };
  const boosted = withCartMemory((memory) =>
    runRounds(memory, loss, rows, settings, judge, observers),
  );
  for (const tree of boosted.trees) unscaled(tree.weight, scale);
  return boosted;
}

function runRounds(
  memory: CartMemory,
  loss: Loss,
  { x, y, weights }: TargetedRows,
  settings: BoostSettings,
  judge: Judge | undefined,
  { signal, onProgress }: Observers,
): BoostedTrees {
  const { nEstimators, learningRate, rules, sample } = settings;
  const { outputs } = loss;
  const builder = new TreeBuilder(presort(memory, x, weights), rules);
  const criterion = new SquaredError(memory, x.rows, weights);
  const initial = loss.initial({ y, weights });
  const raw = startOf(initial, x.rows);
  const residuals = new Float64Array(x.rows);
  const random = createRandom(settings.seed).split('features');
  const trees: DecisionTree[] = [];
  const trainScore: number[] = [];
  const oobImprovement: number[] = [];
  const score = new Scores(loss, y, weights);
  const hasConverged = judge && earlyStopping(loss, judge, initial, learningRate);
  const choosesFeatures = rules.maxFeatures !== undefined && rules.maxFeatures < x.columns;
  let lastOut: number | undefined;
  for (let round = 0; round < nEstimators; round++) {
    const times = sample?.(round);
    loss.prepare?.({ y, weights }, raw);
    if (times) lastOut ??= score.mean(raw, (row) => times[row] === 0);
    const before = outputs > 1 ? raw.slice() : raw;
    const grown: DecisionTree[] = [];
    for (let output = 0; output < outputs; output++) {
      loss.residuals(y, before, output, residuals);
      criterion.aim(residuals);
      const features = choosesFeatures ? random.split(round).split(output) : undefined;
      const built = builder.build(criterion, { times, random: features });
      stepLeaves(built, loss, { y, weights, raw, residuals, output });
      const { tree, leaves } = built;
      for (let row = 0; row < x.rows; row++) {
        const leaf = leaves[row] >= 0 ? leaves[row] : leafOf(tree, x, row);
        raw[row * outputs + output] += learningRate * tree.value[leaf];
      }
      grown.push(tree);
    }
    trees.push(...grown);
    const inBag = score.mean(raw, times && ((row) => times[row] > 0));
    if (!Number.isFinite(inBag)) throw divergence(round, learningRate);
    trainScore.push(inBag);
    if (times) {
      const out = score.mean(raw, (row) => times[row] === 0);
      oobImprovement.push((lastOut ?? out) - out);
      lastOut = out;
    }
    onProgress?.({ done: round + 1, total: nEstimators, message: 'boosting rounds' });
    throwIfAborted(signal);
    if (hasConverged?.(grown)) break;
  }
  return {
    initial,
    learningRate,
    trees,
    trainScore: Float64Array.from(trainScore),
    oobImprovement: sample ? Float64Array.from(oobImprovement) : undefined,
  };
}

/** Mean losses of some of the rows. */
class Scores {
  readonly #loss: Loss;
  readonly #y: Float64Array;
  readonly #weights: Float64Array | undefined;

  constructor(loss: Loss, y: Float64Array, weights: Float64Array | undefined) {
    this.#loss = loss;
    this.#y = y;
    this.#weights = weights;
  }

  /** Weighted mean loss of the rows that `takes` picks, 0 where none of them counts. */
  mean(raw: Float64Array, takes?: (row: number) => boolean): number {
    let sum = 0;
    let total = 0;
    for (let row = 0; row < this.#y.length; row++) {
      const weight = this.#weights ? this.#weights[row] : 1;
      if (weight === 0 || (takes && !takes(row))) continue;
      sum += weight * this.#loss.of(this.#y, raw, row);
      total += weight;
    }
    return total === 0 ? 0 : sum / total;
  }
}

/**
 * A function that is told of each round's trees and says whether to stop: when the loss of the judging rows is not
 * better by the tolerance than any of the last rounds that were.
 */
function earlyStopping(
  loss: Loss,
  { rows: { x, y, weights }, patience, tolerance }: Judge,
  initial: Float64Array,
  learningRate: number,
): (grown: readonly DecisionTree[]) => boolean {
  const { outputs } = loss;
  const raw = startOf(initial, x.rows);
  const scores = new Scores(loss, y, weights);
  const history = new Float64Array(patience).fill(Infinity);
  let round = 0;
  return (grown) => {
    addLeafValues(scaledLeaves(grown, learningRate, outputs), x, raw, outputs);
    const score = scores.mean(raw);
    if (!history.some((earlier) => score + tolerance < earlier)) return true;
    history[round % patience] = score;
    round++;
    return false;
  };
}

function divergence(round: number, learningRate: number): InvalidDataError {
  return new InvalidDataError(
    'y',
    `after tree ${round + 1} the loss is no finite number; a smaller learningRate than ${learningRate} or ` +
      'outcomes in a greater unit keep it finite.',
  );
}

/** The trees with their values times the learning rate; tree i belongs to output i modulo their number. */
export function scaledLeaves(
  trees: readonly DecisionTree[],
  learningRate: number,
  outputs: number,
): LeafValues[] {
  return trees.map((tree, i) => ({
    tree,
    values: tree.value.map((value) => learningRate * value),
    each: 1,
    output: i % outputs,
  }));
}

/** Raw predictions of all rows of `x`, rows × outputs. */
export function rawPredictions(
  { initial, learningRate, trees }: BoostedTrees,
  x: DenseMatrix<Float32Array>,
): Float64Array {
  const outputs = initial.length;
  const raw = startOf(initial, x.rows);
  addLeafValues(scaledLeaves(trees, learningRate, outputs), x, raw, outputs);
  return raw;
}

/** The same after one round, after two, and so on; the array is one and the same, so it is to be copied. */
export function* stagedRawPredictions(
  { initial, learningRate, trees }: BoostedTrees,
  x: DenseMatrix<Float32Array>,
): Generator<Float64Array, void, undefined> {
  const outputs = initial.length;
  const raw = startOf(initial, x.rows);
  const leaves = scaledLeaves(trees, learningRate, outputs);
  for (let first = 0; first < leaves.length; first += outputs) {
    addLeafValues(leaves.slice(first, first + outputs), x, raw, outputs);
    yield raw;
  }
}

function startOf(initial: Float64Array, rows: number): Float64Array {
  return Float64Array.from(
    { length: rows * initial.length },
    (_, i) => initial[i % initial.length],
  );
}
