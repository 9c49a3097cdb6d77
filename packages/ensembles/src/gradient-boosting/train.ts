import type { FitOptions } from '../data/fit-options.js';
import { InvalidDataError } from '../errors.js';
import { rowsThatCount } from '../cart/presorted.js';
import { trainTestSplit } from '../model-selection/train-test-split.js';
import { type BoostedTrees, boostTrees, type Judge, type TargetedRows } from './boost.js';
import type { Loss } from './losses/loss.js';
import { roundSamples } from './sampling.js';
import {
  type CompleteGradientBoostingParameters,
  type CompleteGradientBoostingRegressorParameters,
  growthRules,
} from './parameters.js';

/** Train by the parameters of an estimator, with rows set aside where it is to stop early. */
export function trainBoosting(
  loss: Loss,
  rows: TargetedRows,
  parameters: CompleteGradientBoostingParameters | CompleteGradientBoostingRegressorParameters,
  options: FitOptions,
  classes: number,
): BoostedTrees {
  const { nIterNoChange, validationFraction, tol, seed, subsample } = parameters;
  const parts =
    nIterNoChange === null
      ? { train: rows, judge: undefined }
      : setAside(rows, validationFraction, seed, classes, {
          patience: nIterNoChange,
          tolerance: tol,
        });
  const { x, weights } = parts.train;
  const settings = {
    ...parameters,
    rules: growthRules(parameters, x.columns),
    sample: roundSamples(x.rows, weights, subsample, seed),
  };
  return boostTrees(loss, parts.train, settings, parts.judge, options);
}

/** Divide the rows that count, by class for classifiers. */
function setAside(
  rows: TargetedRows,
  validationFraction: number,
  seed: number,
  classes: number,
  stopping: { patience: number; tolerance: number },
): { train: TargetedRows; judge: Judge } {
  const counting = rowsThatCount(rows.x.rows, rows.weights);
  if (counting.length < 2) {
    throw new InvalidDataError(
      'x',
      'early stopping needs two rows or more: one to learn from, one to judge by.',
    );
  }
  const stratify = classes > 0 ? Array.from(counting, (row) => rows.y[row]) : undefined;
  const { train, test } = trainTestSplit(counting.length, {
    testFraction: validationFraction,
    stratify,
    seed,
  });
  const pick = (chosen: Int32Array) =>
    rowsAt(
      rows,
      chosen.map((i) => counting[i]),
    );
  const learning = pick(train);
  const present = new Set(learning.y).size;
  if (classes > 0 && present < new Set(stratify).size) {
    throw new InvalidDataError(
      'y',
      'a class has no rows left to learn from once those for early stopping are set aside; a smaller ' +
        'validationFraction leaves more.',
    );
  }
  return { train: learning, judge: { rows: pick(test), ...stopping } };
}

function rowsAt({ x, y, weights }: TargetedRows, chosen: Int32Array): TargetedRows {
  const { columns } = x;
  const data = new Float32Array(chosen.length * columns);
  chosen.forEach((row, i) => {
    data.set(x.data.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return {
    x: { data, rows: chosen.length, columns },
    y: Float64Array.from(chosen, (row) => y[row]),
    weights: weights && Float64Array.from(chosen, (row) => weights[row]),
  };
}
