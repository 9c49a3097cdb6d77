import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AdaBoostClassifier } from '../src/adaboost/adaboost-classifier.js';
import { GradientBoostingClassifier } from '../src/gradient-boosting/gradient-boosting-classifier.js';
import { GradientBoostingRegressor } from '../src/gradient-boosting/gradient-boosting-regressor.js';
import { folder, maxDifference, readJson, readTable } from './support/fixtures.js';
import { camelCased, first, sameTrees, type SklearnTree } from './support/sklearn.js';

interface Expected {
  model: string;
  dataset: string;
  algorithm: string;
  base: string;
  n_estimators: number;
  learning_rate: number;
  params: Record<string, unknown>;
  distinct_structures_over_seeds: number;
  max_abs_decision_diff_over_seeds: number;
  max_abs_raw_diff_over_seeds: number;
  estimator_weights: number[];
  estimator_errors: number[];
  staged_accuracy: number[];
  decision_function: number[] | number[][];
  predict_proba: number[] | number[][];
  feature_importances: number[];
  estimators: SklearnTree[];
  trees: (SklearnTree | SklearnTree[])[];
  raw: number[] | number[][];
  init_raw: number[];
  train_score: number[];
}

const names = readdirSync(new URL('reference/sklearn/', folder)).map((file) =>
  file.replace('.json.gz', ''),
);

function load(name: string) {
  const expected = readJson(`reference/sklearn/${name}.json.gz`) as Expected;
  return { expected, ...readTable(expected.dataset) };
}

const accuracy = (labels: readonly number[], predicted: Float64Array) =>
  labels.filter((label, row) => label === predicted[row]).length / labels.length;

it('has all the cases', () => {
  expect(names).toHaveLength(19);
});

describe.each(names.filter((name) => name.startsWith('ada')))('%s', (name) => {
  const { expected, x, y, weight } = load(name);
  const { n_estimators: nEstimators, learning_rate: learningRate } = expected;
  const algorithm = expected.algorithm === 'SAMME.R' ? 'SAMME.R' : 'SAMME';
  const maxDepth = Number(/max_depth=(\d+)/.exec(expected.base)?.[1]);
  const model = new AdaBoostClassifier({ nEstimators, learningRate, maxDepth, algorithm });
  model.fit(x, y, { sampleWeight: weight });
  const shown = first(x, expected.decision_function.length);
  // Where scikit-learn's seed breaks ties another way, so that decisions differ by much, only their spread is known.
  const spread = expected.max_abs_decision_diff_over_seeds;
  const dependsOnSeed = spread > 1e-6;

  it('decides as scikit-learn does', () => {
    const decisions = model.decisionFunction(shown).data;
    const tolerance = dependsOnSeed ? spread : 1e-10;
    expect(maxDifference(decisions, expected.decision_function.flat())).toBeLessThanOrEqual(
      tolerance,
    );
    const probabilities = model.predictProba(shown).data;
    expect(maxDifference(probabilities, expected.predict_proba.flat())).toBeLessThanOrEqual(
      tolerance,
    );
  });

  it('has its training curve', () => {
    const staged = Array.from(model.stagedPredict(x), (predicted) => accuracy(y, predicted));
    expect(staged).toHaveLength(expected.estimator_errors.length);
    // The first tree gets as many rows right whatever the ties.
    expect(staged[0]).toBe(expected.staged_accuracy[0]);
    expect(model.estimatorErrors[0]).toBeCloseTo(expected.estimator_errors[0], 12);
    if (dependsOnSeed) return;
    expect(maxDifference(staged, expected.staged_accuracy)).toBeLessThanOrEqual(1e-12);
    expect(maxDifference(model.estimatorErrors, expected.estimator_errors)).toBeLessThanOrEqual(
      1e-10,
    );
    expect(maxDifference(model.estimatorWeights, expected.estimator_weights)).toBeLessThanOrEqual(
      1e-9,
    );
  });

  if (expected.distinct_structures_over_seeds > 1) return;

  it('has its trees and importances', () => {
    sameTrees(
      model.toJSON().estimators.map(({ tree }) => tree),
      expected.estimators,
    );
    expect(
      maxDifference(model.featureImportances, expected.feature_importances),
    ).toBeLessThanOrEqual(1e-10);
  });
});

describe.each(names.filter((name) => name.startsWith('gb')))('%s', (name) => {
  const { expected, x, y, weight } = load(name);
  const parameters = camelCased(expected.params);
  const model = (
    name.startsWith('gbc')
      ? new GradientBoostingClassifier(parameters)
      : new GradientBoostingRegressor(parameters)
  ).fit(x, y, { sampleWeight: weight });
  const shown = first(x, expected.raw.length);
  // Ties that the seed breaks change the curve by at most this much; without them rounding is all that differs.
  const spread = expected.max_abs_raw_diff_over_seeds;

  it('has scikit-learn’s raw predictions', () => {
    const raw =
      model instanceof GradientBoostingClassifier
        ? model.decisionFunction(shown).data
        : model.predict(shown);
    expect(maxDifference(raw, expected.raw.flat())).toBeLessThanOrEqual(Math.max(1e-9, spread));
    const initial = model.toJSON().initial;
    expect(maxDifference(initial, expected.init_raw)).toBeLessThanOrEqual(1e-12);
  });

  it('has its training curve', () => {
    const tolerance = spread > 1e-6 ? spread : 1e-6;
    const relative = Array.from(model.trainScore, (score, i) => {
      const wanted = expected.train_score[i];
      return (score - wanted) / Math.max(1, wanted);
    });
    expect(relative).toHaveLength(expected.train_score.length);
    expect(
      maxDifference(
        relative,
        relative.map(() => 0),
      ),
    ).toBeLessThanOrEqual(tolerance);
  });

  if (expected.distinct_structures_over_seeds > 1) return;

  it('has its trees and importances', () => {
    sameTrees(model.toJSON().trees, expected.trees.flat());
    expect(
      maxDifference(model.featureImportances, expected.feature_importances),
    ).toBeLessThanOrEqual(1e-10);
  });
});
