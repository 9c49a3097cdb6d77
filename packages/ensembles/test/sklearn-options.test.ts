import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AdaBoostClassifier } from '../src/adaboost/adaboost-classifier.js';
import { growthRules as adaBoostRules } from '../src/adaboost/parameters.js';
import { AdaBoostRegressor } from '../src/adaboost/adaboost-regressor.js';
import { boostR2 } from '../src/adaboost/r2.js';
import { storeEstimators } from '../src/adaboost/stored.js';
import { storeTree } from '../src/cart/stored-tree.js';
import { boostTrees, rawPredictions } from '../src/gradient-boosting/boost.js';
import { GradientBoostingClassifier } from '../src/gradient-boosting/gradient-boosting-classifier.js';
import { GradientBoostingRegressor } from '../src/gradient-boosting/gradient-boosting-regressor.js';
import {
  binomialDeviance,
  multinomialDeviance,
} from '../src/gradient-boosting/losses/class-losses.js';
import {
  absoluteError,
  huberLoss,
  squaredError,
} from '../src/gradient-boosting/losses/outcome-losses.js';
import { growthRules } from '../src/gradient-boosting/parameters.js';
import type { DenseMatrix } from '../src/index.js';
import { folder, maxDifference, readJson, readTable } from './support/fixtures.js';
import { camelCased, first, sameTrees, type SklearnTree } from './support/sklearn.js';

interface Expected {
  table: string;
  /** 0: the outcomes themselves. */
  classes: number;
  weighted: boolean;
  params: Record<string, unknown>;
  raw: number[] | number[][];
  proba: number[][];
  staged: (number[] | number[][])[];
  feature_importances: number[];
  trees: SklearnTree[];
  train_score: number[];
  apply: number[][] | number[][][];
  init_raw: number[];
  oob_improvement: number[];
  estimator_errors: number[];
  estimator_weights: number[];
  distinct_structures: number;
  raw_spread: number;
  samples: number[][];
  train: number[];
  validation: number[];
}

const names = readdirSync(new URL('sklearn/options/', folder)).map((file) =>
  file.replace('.json.gz', ''),
);

const numeric = (a: number, b: number) => a - b;

function load(name: string) {
  const expected = readJson(`sklearn/options/${name}.json.gz`) as Expected;
  const { x, y } = readTable(expected.table);
  const { classes } = expected;
  const step = Math.floor(y.length / Math.max(1, classes));
  const cuts = y
    .toSorted(numeric)
    .filter((_, i) => i > 0 && i % step === 0)
    .slice(0, classes - 1);
  const targets = classes > 0 ? y.map((v) => cuts.filter((cut) => cut <= v).length) : y;
  // As the generator makes them, to the last bit.
  const weights = targets.map((_, row) =>
    row % 13 === 0 ? 0 : 0.25 + 2 * ((row * 0.6180339887498949) % 1),
  );
  return { expected, x, targets, weights: expected.weighted ? weights : undefined };
}

const close = (found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance = 1e-9) =>
  expect(maxDifference(found, wanted)).toBeLessThanOrEqual(tolerance);

/** Times that each row is in a sample. */
function timesOf(sample: readonly number[], rows: number): Int32Array {
  const times = new Int32Array(rows);
  for (const row of sample) times[row]++;
  return times;
}

function rowsOf(
  x: DenseMatrix<Float32Array>,
  chosen: readonly number[],
): DenseMatrix<Float32Array> {
  const rows = chosen.flatMap((row) => [
    ...x.data.subarray(row * x.columns, (row + 1) * x.columns),
  ]);
  return { data: Float32Array.from(rows), rows: chosen.length, columns: x.columns };
}

it('has all the cases', () => {
  expect(names).toHaveLength(23);
});

describe.each(names.filter((name) => name.startsWith('ada')))('%s', (name) => {
  const { expected, x, targets, weights } = load(name);
  const model = new AdaBoostClassifier(camelCased(expected.params));
  model.fit(x, targets, { sampleWeight: weights });
  const shown = first(x, expected.raw.length);

  it('decides as scikit-learn does, at every stage', () => {
    const spread = Math.max(1e-10, expected.raw_spread);
    close(model.decisionFunction(shown).data, expected.raw.flat(), spread);
    close(model.predictProba(shown).data, expected.proba.flat(), spread);
    const staged = Array.from(model.stagedDecisionFunction(first(x, 5)), ({ data }) => [...data]);
    expect(staged).toHaveLength(expected.staged.length);
    if (expected.distinct_structures > 1) return;
    close(staged.flat(), expected.staged.flat(2));
    sameTrees(
      model.toJSON().estimators.map(({ tree }) => tree),
      expected.trees,
    );
    close(model.estimatorErrors, expected.estimator_errors);
    close(model.featureImportances, expected.feature_importances);
  });
});

describe.each(names.filter((name) => name.startsWith('r2')))(
  '%s, on scikit-learn’s samples',
  (name) => {
    const { expected, x, targets, weights } = load(name);
    const { parameters } = new AdaBoostRegressor(camelCased(expected.params));
    const trees = boostR2(
      { x, y: Float64Array.from(targets), weights: weights && Float64Array.from(weights) },
      {
        ...parameters,
        rules: adaBoostRules(parameters),
        draw: (_, round) => timesOf(expected.samples[round], x.rows),
      },
      {},
    );
    const model = AdaBoostRegressor.fromJSON({
      model: 'AdaBoostRegressor',
      formatVersion: 1,
      parameters,
      features: x.columns,
      estimators: storeEstimators(trees),
    });

    it('has its trees, weights and errors', () => {
      const found = model.toJSON().estimators.map(({ tree }) => tree);
      sameTrees(found, expected.trees);
      close(model.estimatorErrors, expected.estimator_errors, 1e-12);
      close(model.estimatorWeights, expected.estimator_weights, 1e-11);
    });

    it('has its predictions and importances', () => {
      close(model.predict(first(x, expected.raw.length)), expected.raw as number[]);
      const staged = Array.from(model.stagedPredict(first(x, 5)), (stage) => [...stage]);
      close(staged.flat(), expected.staged.flat(2));
      close(model.featureImportances, expected.feature_importances);
    });
  },
);

describe.each(names.filter((name) => name.startsWith('gb') && !/subsample|early/.test(name)))(
  '%s',
  (name) => {
    const { expected, x, targets, weights } = load(name);
    const parameters = camelCased(expected.params);
    const model = (
      expected.classes > 0
        ? new GradientBoostingClassifier(parameters)
        : new GradientBoostingRegressor(parameters)
    ).fit(x, targets, { sampleWeight: weights });
    const shown = first(x, expected.raw.length);

    it('has scikit-learn’s training curve and raw predictions, at every stage', () => {
      close(model.trainScore, expected.train_score);
      const isClassifier = model instanceof GradientBoostingClassifier;
      const raw = isClassifier ? model.decisionFunction(shown).data : model.predict(shown);
      close(raw, expected.raw.flat(), Math.max(1e-9, expected.raw_spread));
      const few = first(x, 5);
      const stages = isClassifier
        ? Array.from(model.stagedDecisionFunction(few), ({ data }) => [...data])
        : Array.from(model.stagedPredict(few), (stage) => [...stage]);
      close(stages.flat(), expected.staged.flat(2));
      if (isClassifier) close(model.predictProba(shown).data, expected.proba.flat());
    });

    if (expected.distinct_structures > 1) return;

    it('has its trees, leaf numbers and importances', () => {
      sameTrees(model.toJSON().trees, expected.trees);
      expect([...model.apply(shown).data]).toEqual(expected.apply.flat(2));
      close(model.featureImportances, expected.feature_importances);
    });
  },
);

function lossOf({ params, classes }: Expected) {
  if (classes > 0) return classes === 2 ? binomialDeviance : multinomialDeviance(classes);
  if (params.loss === 'huber') return huberLoss(0.9);
  return params.loss === 'absolute_error' ? absoluteError : squaredError;
}

describe.each(names.filter((name) => name.includes('subsample')))(
  '%s, on scikit-learn’s samples',
  (name) => {
    const { expected, x, targets, weights } = load(name);
    const parameters = {
      ...new GradientBoostingRegressor().parameters,
      ...camelCased(expected.params),
    };
    const counts = weights ?? targets.map(() => 1);
    const boosted = boostTrees(
      lossOf(expected),
      { x, y: Float64Array.from(targets), weights: weights && Float64Array.from(weights) },
      {
        ...parameters,
        rules: growthRules(parameters, x.columns),
        // Trees of scikit-learn leave rows of weight 0 out, whether they are drawn or not.
        sample: (round) =>
          timesOf(
            expected.samples[round].filter((row) => counts[row] > 0),
            x.rows,
          ),
      },
      undefined,
      {},
    );

    it('has its trees and raw predictions', () => {
      sameTrees(boosted.trees.map(storeTree), expected.trees);
      close(rawPredictions(boosted, first(x, expected.raw.length)), expected.raw.flat());
    });

    it('has its losses of the drawn rows and of those left out', () => {
      close(boosted.trainScore, expected.train_score);
      const found = boosted.oobImprovement ?? new Float64Array();
      if (expected.params.loss !== 'huber') {
        close(found, expected.oob_improvement);
        return;
      }
      close(found.subarray(1), expected.oob_improvement.slice(1));
      // The loss before the first round: here with the first round's δ, in scikit-learn with δ = ½, which nothing sets.
      const errors = targets.map((target) => Math.abs(target - boosted.initial[0]));
      const delta = errors.toSorted(numeric)[Math.ceil(0.9 * errors.length) - 1];
      const left = errors.filter((_, row) => !expected.samples[0].includes(row));
      const meanLoss = (limit: number) =>
        left.reduce((sum, e) => sum + (e <= limit ? (e * e) / 2 : limit * (e - limit / 2)), 0) /
        left.length;
      close([found[0]], [expected.oob_improvement[0] + meanLoss(delta) - meanLoss(0.5)]);
    });
  },
);

describe.each(names.filter((name) => /^gb.*early/.test(name)))(
  '%s, on scikit-learn’s validation rows',
  (name) => {
    const { expected, x, targets } = load(name);
    const parameters = {
      ...new GradientBoostingRegressor().parameters,
      ...camelCased(expected.params),
    };
    const part = (chosen: readonly number[]) => ({
      x: rowsOf(x, chosen),
      y: Float64Array.from(chosen, (row) => targets[row]),
      weights: undefined,
    });
    const boosted = boostTrees(
      lossOf(expected),
      part(expected.train),
      {
        ...parameters,
        rules: growthRules(parameters, x.columns),
        sample: undefined,
      },
      {
        rows: part(expected.validation),
        patience: Number(expected.params.n_iter_no_change),
        tolerance: parameters.tol,
      },
      {},
    );

    it('stops at the same round with the same training curve', () => {
      close(boosted.trainScore, expected.train_score);
      close(rawPredictions(boosted, first(x, expected.raw.length)), expected.raw.flat());
    });
  },
);
