import type { FitOptions } from '../data/fit-options.js';
import { InvalidDataError } from '../errors.js';
import { rowsThatCount } from '../cart/presorted.js';
import { trainTestSplit } from '../model-selection/train-test-split.js';
import { type BoostedTrees, boostTrees, type Judge, type TargetedRows } from './boost.js';
import type { Loss } from './losses/loss.js';
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
  const settings = { ...parameters, rules: growthRules(parameters, rows.x.columns) };
  if (parameters.nIterNoChange === null) {
    return boostTrees(loss, rows, settings, undefined, options);
  }
  const { train, judging } = setAside(
    rows,
    parameters.validationFraction,
    parameters.seed,
    classes,
  );
  const judge: Judge = {
    rows: judging,
    patience: parameters.nIterNoChange,
    tolerance: parameters.tol,
  };
  return boostTrees(loss, train, settings, judge, options);
}

/** Divide the rows that count, by class for classifiers. */
function setAside(
  rows: TargetedRows,
  validationFraction: number,
  seed: number,
  classes: number,
): { train: TargetedRows; judging: TargetedRows } {
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
  const parts = { train: pick(train), judging: pick(test) };
  const present = new Set(parts.train.y).size;
  if (classes > 0 && present < new Set(stratify).size) {
    throw new InvalidDataError(
      'y',
      'a class has no rows left to learn from once those for early stopping are set aside; a smaller ' +
        'validationFraction leaves more.',
    );
  }
  return parts;
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
