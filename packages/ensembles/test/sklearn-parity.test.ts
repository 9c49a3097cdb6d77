import { describe, expect, it } from 'vitest';
import { AdaBoostClassifier } from '../src/adaboost/adaboost-classifier.js';
import { GradientBoostingClassifier } from '../src/gradient-boosting/gradient-boosting-classifier.js';
import { GradientBoostingRegressor } from '../src/gradient-boosting/gradient-boosting-regressor.js';
import { maxDifference, readJson, readTable } from './support/fixtures.js';

interface Tree {
  left: number[];
  right: number[];
  feature: number[];
  threshold: number[];
  impurity: number[];
  weight: number[];
  value: number[];
}

interface Expected {
  table: string;
  target: 'median' | null;
  parameters: Record<string, number>;
  distinct_structures: number;
  max_abs_decision_diff: number;
  decision: number[] | number[][];
  proba: number[][];
  feature_importances: number[];
  trees: Tree[];
  estimator_weights: number[];
  estimator_errors: number[];
  training_accuracy: number[];
  train_score: number[];
  max_abs_train_score_diff: number;
}

const names = readJson('sklearn/index.json') as string[];

function load(name: string) {
  const expected = readJson(`sklearn/${name}.json.gz`) as Expected;
  const { x, y, weight } = readTable(expected.table);
  const sorted = y.toSorted((a, b) => a - b);
  const median = (sorted[y.length / 2 - 1] + sorted[y.length / 2]) / 2;
  const labels = expected.target === 'median' ? y.map((value) => Number(value > median)) : y;
  return { expected, x, labels, weight };
}

/** Node by node: same features, thresholds and numbering; impurities and values as closely as sums allow. */
function sameTrees(found: readonly Tree[], wanted: readonly Tree[]): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((tree, id) => {
    const other = wanted[id];
    expect(tree.feature, `tree ${id}`).toEqual(other.feature);
    expect(tree.threshold, `tree ${id}`).toEqual(other.threshold);
    expect(tree.left, `tree ${id}`).toEqual(other.left);
    expect(tree.right, `tree ${id}`).toEqual(other.right);
    expect(maxDifference(tree.impurity, other.impurity)).toBeLessThanOrEqual(1e-10);
    expect(maxDifference(tree.weight, other.weight)).toBeLessThanOrEqual(1e-9);
    expect(maxDifference(tree.value, other.value)).toBeLessThanOrEqual(1e-10);
  });
}

describe.each(names.filter((name) => name.startsWith('adaboost')))('%s', (name) => {
  const { expected, x, labels, weight } = load(name);
  const model = new AdaBoostClassifier(expected.parameters).fit(x, labels, {
    sampleWeight: weight,
  });
  const firstRows = { ...x, rows: 150, data: x.data.subarray(0, 150 * x.columns) };

  if (expected.distinct_structures === 1) {
    it('has scikit-learn’s trees, weights and errors', () => {
      sameTrees(
        model.toJSON().estimators.map(({ tree }) => tree),
        expected.trees,
      );
      expect(maxDifference(model.estimatorWeights, expected.estimator_weights)).toBeLessThanOrEqual(
        1e-12,
      );
      expect(maxDifference(model.estimatorErrors, expected.estimator_errors)).toBeLessThanOrEqual(
        1e-12,
      );
    });

    it('has scikit-learn’s decisions, probabilities and importances', () => {
      expect(
        maxDifference(model.decisionFunction(firstRows).data, expected.decision.flat()),
      ).toBeLessThanOrEqual(1e-12);
      expect(
        maxDifference(model.predictProba(firstRows).data, expected.proba.flat()),
      ).toBeLessThanOrEqual(1e-12);
      expect(
        maxDifference(model.featureImportances, expected.feature_importances),
      ).toBeLessThanOrEqual(1e-10);
    });
  } else {
    it('decides as scikit-learn does, as far as that does not depend on its seed', () => {
      const decisions = model.decisionFunction(firstRows).data;
      const spread = Math.max(1e-10, expected.max_abs_decision_diff);
      expect(maxDifference(decisions, expected.decision.flat())).toBeLessThanOrEqual(spread);
      // The first tree is the same up to ties inside it.
      expect(model.estimatorErrors[0]).toBeCloseTo(expected.estimator_errors[0], 12);
    });
  }

  it('gets as many training rows right', () => {
    const predicted = model.predict(x);
    const right = labels.filter((label, row) => label === predicted[row]).length / labels.length;
    expect(right).toBeGreaterThanOrEqual(Math.min(...expected.training_accuracy));
    expect(right).toBeLessThanOrEqual(Math.max(...expected.training_accuracy));
  });
});

describe.each(names.filter((name) => name.startsWith('gb')))('%s', (name) => {
  const { expected, x, labels, weight } = load(name);
  const Model = name.startsWith('gbc') ? GradientBoostingClassifier : GradientBoostingRegressor;
  const model = new Model(expected.parameters).fit(x, labels, { sampleWeight: weight });
  const firstRows = { ...x, rows: 150, data: x.data.subarray(0, 150 * x.columns) };

  it('has scikit-learn’s training curve', () => {
    const relative = expected.train_score.map(
      (score, i) => (model.trainScore[i] - score) / Math.max(1, score),
    );
    const spread = Math.max(1e-10, expected.max_abs_train_score_diff);
    expect(
      maxDifference(
        relative,
        relative.map(() => 0),
      ),
    ).toBeLessThanOrEqual(spread);
  });

  it('has scikit-learn’s raw predictions', () => {
    const raw =
      model instanceof GradientBoostingClassifier
        ? model.decisionFunction(firstRows).data
        : model.predict(firstRows);
    const spread = Math.max(1e-9, expected.max_abs_decision_diff);
    expect(maxDifference(raw, expected.decision.flat())).toBeLessThanOrEqual(spread);
  });

  if (expected.distinct_structures === 1) {
    it('has scikit-learn’s trees and importances', () => {
      sameTrees(model.toJSON().trees, expected.trees);
      const importances = model.featureImportances;
      expect(maxDifference(importances, expected.feature_importances)).toBeLessThanOrEqual(1e-10);
    });
  }
});
