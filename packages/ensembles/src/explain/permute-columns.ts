import { createRandom, InvalidArgumentError, type LongTaskOptions } from '@steatosis/core';
import { throwIfAborted } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import type { DenseMatrix } from '../data/matrix.js';
import type { Outcome } from '../model-selection/scoring/outcome.js';
import type { Scorer } from '../model-selection/scoring/scorers.js';
import { type Blocks, shuffled } from './blocks.js';
import { type FittedModel, inRows, predictsLabels } from './fitted-model.js';

/** A model and rows with known answers. */
export interface ScoredRows {
  model: FittedModel;
  x: DenseMatrix;
  y: Float64Array;
  weights: Float64Array | undefined;
  scorer: Scorer;
}

/** Which values are exchanged how often. */
export interface Permutations {
  blocks: Blocks;
  seed: number;
  repeats: number;
}

/** The score of the rows as they are. */
export function plainScore({ model, x, y, weights, scorer }: ScoredRows): number {
  return scorer.score(lazyOutcome(model, x, y, weights));
}

/** Scores after each permutation of the columns `from` … `to` − 1, column by column. Progress counts columns. */
export function permutedScores(
  scored: ScoredRows,
  { blocks, seed, repeats }: Permutations,
  [from, to]: readonly [number, number],
  { signal, onProgress }: Pick<LongTaskOptions, 'signal' | 'onProgress'>,
): Float64Array {
  const { data, rows, columns } = scored.x;
  const x = { data: data.slice(), rows, columns };
  const random = createRandom(seed).split('permutationImportance');
  const scores = new Float64Array((to - from) * repeats);
  for (let column = from; column < to; column++) {
    const ofFeature = random.split(column);
    for (let repeat = 0; repeat < repeats; repeat++) {
      throwIfAborted(signal);
      const source = shuffled(blocks, rows, ofFeature.split(repeat));
      for (let row = 0; row < rows; row++) {
        x.data[row * columns + column] = data[source[row] * columns + column];
      }
      scores[(column - from) * repeats + repeat] = plainScore({ ...scored, x });
    }
    for (let at = column; at < data.length; at += columns) x.data[at] = data[at];
    onProgress?.({ done: column - from + 1, total: to - from, message: 'features permuted' });
  }
  return scores;
}

/** What a model says of some rows; it is asked for what the score looks at and for nothing else. */
function lazyOutcome(
  model: FittedModel,
  x: DenseMatrix,
  y: Float64Array,
  weights: Float64Array | undefined,
): Outcome {
  const classes = predictsLabels(model) ? (model.classes ?? []) : [];
  const probabilities = () =>
    predictsLabels(model) && model.predictProba
      ? inRows(model.predictProba(x), x.rows).values
      : undefined;
  return {
    y,
    weights,
    classes,
    get predictions() {
      return oneEach(model.predict(x), x.rows);
    },
    get probabilities() {
      return probabilities();
    },
    get decisions() {
      if (classes.length !== 2) return undefined;
      if (hasDecisions(model)) return oneEach(model.decisionFunction!(x), x.rows);
      return probabilities()?.filter((_, i) => i % 2 === 1);
    },
  };
}

/** What a model gives where one value per row is needed. */
function oneEach(given: ArrayLike<number> | NdArray, rows: number): Float64Array {
  const { values, columns } = inRows(given, rows);
  if (columns !== 1) {
    throw new InvalidArgumentError(
      'model',
      `one that gives ${columns} values per row`,
      'a model that predicts one label or outcome per row',
    );
  }
  return values;
}

/** A pipeline has every method, whether its model has it or not. */
function hasDecisions(model: FittedModel): boolean {
  const own = (model as { model?: FittedModel }).model ?? model;
  return typeof own.decisionFunction === 'function';
}
