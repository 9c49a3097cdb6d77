import { describe, expect, it } from 'vitest';
import { Booster, XGBClassifier, XGBRegressor } from '../src/index.js';
import type { XGBParameters } from '../src/index.js';
import { maxDifference } from './support/fixtures.js';
import {
  readReferenceCase,
  referenceCaseNames,
  type ReferenceParameters,
  rowsOfTable,
} from './support/reference.js';

/** The parameters of a case by our names. */
function parametersOf(params: ReferenceParameters, more: XGBParameters): XGBParameters {
  const list = (text: string | undefined) =>
    text === undefined
      ? undefined
      : (JSON.parse(text.replace('(', '[').replace(')', ']')) as unknown);
  return {
    maxDepth: params.max_depth,
    learningRate: params.eta,
    maxBin: params.max_bin,
    growPolicy: params.grow_policy,
    maxLeaves: params.max_leaves,
    minChildWeight: params.min_child_weight,
    gamma: params.gamma,
    lambda: params.lambda,
    alpha: params.alpha,
    maxDeltaStep: params.max_delta_step,
    baseScore: params.base_score,
    maxCatToOnehot: params.max_cat_to_onehot,
    maxCatThreshold: params.max_cat_threshold,
    objective: params.objective,
    evalMetric: params.eval_metric as XGBParameters['evalMetric'],
    monotoneConstraints: list(params.monotone_constraints) as number[] | undefined,
    interactionConstraints: list(params.interaction_constraints) as number[][] | undefined,
    ...more,
  };
}

const IMPORTANCES = ['weight', 'gain', 'cover', 'total_gain', 'total_cover'] as const;

describe.each(referenceCaseNames())('%s', (name) => {
  const { expected, table, trainRows, validRows, modelJson } = readReferenceCase(name);
  const { params } = expected;
  const reference = Booster.load(modelJson());
  const train = rowsOfTable(table, trainRows);
  const valid = rowsOfTable(table, validRows);
  const parameters = parametersOf(params, {
    nEstimators: expected.num_boost_round,
    featureTypes: expected.feature_types ?? undefined,
    earlyStoppingRounds: expected.early_stopping_rounds,
  });
  const model = /^(binary|multi)/.test(params.objective)
    ? new XGBClassifier({ ...parameters, scalePosWeight: params.scale_pos_weight })
    : new XGBRegressor(parameters);
  model.fit(train.x, train.y, {
    sampleWeight: train.weight,
    evalSet: [
      { x: train.x, y: train.y, sampleWeight: train.weight, name: 'train' },
      ...(validRows.length > 0 ? [{ x: valid.x, y: valid.y, name: 'valid' }] : []),
    ],
  });
  const { booster } = model;

  it('has the base score of XGBoost to the last bit', () => {
    expect(booster.baseScores).toEqual(reference.baseScores);
    const document = JSON.parse(booster.save('json')) as {
      learner: { learner_model_param: { base_score: string }; objective: object };
    };
    expect(document.learner.learner_model_param.base_score).toBe(expected.base_score_saved);
    const theirs = JSON.parse(new TextDecoder().decode(modelJson())) as typeof document;
    expect(document.learner.objective).toEqual(theirs.learner.objective);
  });

  it('has the trees of XGBoost, node by node', () => {
    expect(booster.treeInfo).toEqual(reference.treeInfo);
    expect(booster.iterationStarts).toEqual(reference.iterationStarts);
    booster.trees.forEach((tree, id) => {
      const other = reference.trees[id];
      expect(tree.leftChildren, `tree ${id}`).toEqual(other.leftChildren);
      expect(tree.rightChildren, `tree ${id}`).toEqual(other.rightChildren);
      expect(tree.parents, `tree ${id}`).toEqual(other.parents);
      expect(tree.splitIndices, `tree ${id}`).toEqual(other.splitIndices);
      expect(tree.defaultLeft, `tree ${id}`).toEqual(other.defaultLeft);
      expect(tree.categorical, `tree ${id}`).toEqual(other.categorical);
      for (let node = 0; node < tree.leftChildren.length; node++) {
        if (tree.categorical?.isCategorical[node] === 1) continue;
        const found = tree.splitConditions[node];
        const wanted = other.splitConditions[node];
        if (tree.leftChildren[node] !== -1) {
          expect(found, `tree ${id} node ${node}`).toBe(unsignedZero(wanted));
        } else {
          expect(Math.abs(found - wanted), `tree ${id} leaf ${node}`).toBeLessThanOrEqual(
            1e-6 * Math.max(1, Math.abs(wanted)),
          );
        }
      }
      expect(relative(tree.sumHessian, other.sumHessian)).toBeLessThanOrEqual(1e-6);
      expect(relative(tree.baseWeights, other.baseWeights)).toBeLessThanOrEqual(1e-6);
      // A difference of float32 numbers, after gradients whose last bits expf decides: 1.01e-6 at most here.
      expect(relative(tree.lossChanges, other.lossChanges)).toBeLessThanOrEqual(2e-6);
    });
  });

  it('has the margins and predictions of XGBoost within 1e-6', () => {
    const all: [number, number] = [0, booster.rounds];
    const margins = expected.margin.flat();
    const found = model.predictMargin(table.x, { iterationRange: all });
    expect(relative(found.subarray(0, margins.length), margins)).toBeLessThanOrEqual(1e-6);
    const predictions = expected.prediction.flat();
    const predicted = booster.predict(table.x).subarray(0, predictions.length);
    expect(relative(predicted, predictions)).toBeLessThanOrEqual(1e-6);
  });

  it('has the leaves of XGBoost', () => {
    const leaves = booster.predictLeaf(table.x);
    const trees = booster.trees.length;
    expect(leaves.shape).toEqual([table.x.rows, trees]);
    const wanted = expected.leaf.slice(0, expected.leaf_rows).flat();
    expect(Array.from(leaves.data.subarray(0, wanted.length))).toEqual(wanted);
  });

  it.each(IMPORTANCES)('has the importances of XGBoost by %s', (kind) => {
    const found = model.importance(kind);
    found.forEach((value, feature) => {
      const wanted = expected.importance[kind][`f${feature}`] ?? 0;
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-6 * Math.abs(wanted));
    });
  });

  it('has the evaluation history of XGBoost and stops with it', () => {
    const found = model.evaluationHistory;
    expect(Object.keys(found)).toEqual(Object.keys(expected.evals_result));
    for (const [set, metrics] of Object.entries(expected.evals_result)) {
      expect(Object.keys(found[set])).toEqual(Object.keys(metrics));
      for (const [metric, wanted] of Object.entries(metrics)) {
        const values = found[set][metric];
        expect(values).toHaveLength(wanted.length);
        values.forEach((value, round) => {
          expect(Math.abs(value - wanted[round])).toBeLessThanOrEqual(
            1e-6 * Math.abs(wanted[round]),
          );
        });
      }
    }
    expect(model.bestIteration).toBe(expected.best_iteration);
    if (expected.best_score !== undefined) {
      expect(model.bestScore).toBeCloseTo(expected.best_score, 6);
      const best = model.predictMargin(table.x);
      expect(relative(best, expected.margin_best_iteration!)).toBeLessThanOrEqual(1e-6);
    }
  });

  it('shares the predictions of XGBoost’s own file', () => {
    const margins = expected.margin.flat().map(Math.fround);
    const found = reference.predictMargin(table.x).subarray(0, margins.length);
    expect(maxDifference(found, margins)).toBe(0);
  });
});

/**
 * Where a column holds both 0 and −0, XGBoost keeps the one that its unstable sort leaves first; the two compare
 * equal wherever they are used, and here the cut is always 0.
 */
function unsignedZero(value: number): number {
  return Math.fround(value) + 0;
}

/** Greatest difference, relative to 1 or the wanted value, whichever is larger. */
function relative(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (found.length !== wanted.length) return Infinity;
  let most = 0;
  for (let i = 0; i < found.length; i++) {
    const difference = Math.abs(found[i] - wanted[i]) / Math.max(1, Math.abs(wanted[i]));
    if (!(difference <= most)) most = difference;
  }
  return most;
}
