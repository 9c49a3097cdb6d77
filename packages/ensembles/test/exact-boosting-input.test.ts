import { InvalidArgumentError } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { AdaBoostClassifier } from '../src/adaboost/adaboost-classifier.js';
import { AdaBoostRegressor } from '../src/adaboost/adaboost-regressor.js';
import { withCartMemory } from '../src/cart/cart-memory.js';
import {
  InvalidDataError,
  ModelFormatError,
  NotFittedError,
  UnsupportedParameterError,
} from '../src/errors.js';
import { GradientBoostingClassifier } from '../src/gradient-boosting/gradient-boosting-classifier.js';
import { GradientBoostingRegressor } from '../src/gradient-boosting/gradient-boosting-regressor.js';

const all = {
  AdaBoostClassifier,
  AdaBoostRegressor,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
};
const models = Object.entries(all);
const gradient = Object.entries({ GradientBoostingClassifier, GradientBoostingRegressor });
const classifiers = Object.entries({ AdaBoostClassifier, GradientBoostingClassifier });

describe.each(models)('%s', (name, Model) => {
  it('refuses data that cannot be learned from', () => {
    const fit = (x: number[][], y: number[], sampleWeight?: number[]) => () =>
      new Model().fit(x, y, { sampleWeight });
    expect(fit([], [])).toThrow(InvalidDataError);
    expect(fit([[]], [0])).toThrow(InvalidDataError);
    expect(fit([[1], [2]], [0])).toThrow(/y: it has 1 values; x has 2 rows/);
    expect(fit([[1], [2]], [0, Number.NaN])).toThrow(/y \(row 1\): found NaN/);
    expect(fit([[1], [Infinity]], [0, 1])).toThrow(InvalidDataError);
    expect(fit([[1], [Number.NaN]], [0, 1])).toThrow(InvalidDataError);
    expect(fit([[1], [2, 3]], [0, 1])).toThrow(InvalidDataError);
    expect(fit([[1], [2]], [0, 1], [1, -1])).toThrow(/the weight is -1/);
    expect(fit([[1], [2]], [0, 1], [0, 0])).toThrow(/all weights are 0/);
  });

  it('refuses parameters that cannot be meant', () => {
    const make = (parameters: object) => () => new Model(parameters);
    expect(make({ nEstimator: 3 })).toThrow(/did you mean nEstimators\?/);
    expect(make({ maxDepth: 0 })).toThrow(
      /maxDepth is 0; expected an integer ≥ 1, or null for none/,
    );
    expect(make({ maxDepth: '3' })).toThrow(InvalidArgumentError);
    expect(make({ maxDepth: Infinity })).toThrow(InvalidArgumentError);
    expect(make({ minSamplesSplit: 1 })).toThrow(/an integer ≥ 2/);
    expect(make({ minSamplesLeaf: 0.5 })).toThrow(/an integer ≥ 1/);
    expect(make({ learningRate: Number.NaN })).toThrow(InvalidArgumentError);
    expect(make({ seed: 0.5 })).toThrow(InvalidArgumentError);
    expect(new Model({ maxDepth: null }).parameters.maxDepth).toBe(null);
  });

  it('takes a depth that no tree reaches', () => {
    const x = Array.from({ length: 300 }, (_, i) => [i, i % 7]);
    const y = x.map((_, i) => (i * 7919) % 2);
    const deep = new Model({ nEstimators: 2, maxDepth: 2 ** 40 }).fit(x, y);
    const endless = new Model({ nEstimators: 2, maxDepth: null }).fit(x, y);
    expect(deep.predict(x)).toEqual(endless.predict(x));
  });

  it('knows nothing before it is fitted, and no other number of features after', () => {
    const model = new Model();
    expect(() => model.predict([[1]])).toThrow(NotFittedError);
    expect(() => model.toJSON()).toThrow(NotFittedError);
    expect(() => model.featureImportances).toThrow(NotFittedError);
    model.fit([[1], [2]], [0, 1]);
    expect(() => model.predict([[1, 2]])).toThrow(/it has 2 columns; \w+ was fitted to 1/);
    expect(() => [...model.stagedPredict([[1, 2]])]).toThrow(/it has 2 columns/);
  });

  it('has features that do not vary as leaves', () => {
    const model = new Model({ nEstimators: 1, maxDepth: 5 });
    if (name === 'AdaBoostClassifier') {
      expect(() => model.fit([[1], [1]], [0, 1])).toThrow(/no better than chance/);
    } else {
      model.fit([[1], [1]], [0, 1]);
      expect(model.featureImportances).toEqual(Float64Array.of(0));
    }
  });
});

describe.each(classifiers)('%s', (_, Model) => {
  it('needs two classes', () => {
    expect(() => new Model().fit([[1], [2]], [3, 3])).toThrow(/needs at least two classes/);
  });

  it('takes any labels, ascending', () => {
    const model = new Model({ nEstimators: 3, maxDepth: 3 });
    model.fit([[1], [2], [3], [4]], [70, -2.5, 0, 0]);
    expect(model.classes).toEqual([-2.5, 0, 70]);
    expect([...model.predict([[1], [2], [4]])]).toEqual([70, -2.5, 0]);
    expect(model.predictProba([[1]]).shape).toEqual([1, 3]);
  });
});

describe.each(gradient)('%s', (_, Model) => {
  it('refuses options that cannot be meant', () => {
    const make = (parameters: object) => () => new Model(parameters);
    expect(make({ subsample: 0 })).toThrow(/a number above 0 and at most 1/);
    expect(make({ subsample: 1.5 })).toThrow(InvalidArgumentError);
    expect(make({ maxFeatures: 1.5 })).toThrow(/a whole number ≥ 1, a share between 0 and 1/);
    expect(make({ maxFeatures: 0 })).toThrow(InvalidArgumentError);
    expect(make({ maxFeatures: 'auto' })).toThrow(InvalidArgumentError);
    expect(make({ maxLeafNodes: 1 })).toThrow(/an integer ≥ 2, or null for none/);
    expect(make({ nIterNoChange: 0 })).toThrow(InvalidArgumentError);
    expect(make({ validationFraction: 1 })).toThrow(/a number between 0 and 1/);
    expect(make({ tol: -1 })).toThrow(InvalidArgumentError);
    expect(make({ minImpurityDecrease: -1 })).toThrow(InvalidArgumentError);
    expect(make({ loss: 'hinge' })).toThrow(/loss is "hinge"/);
    expect(make({ ccpAlpha: 0.1 })).toThrow(UnsupportedParameterError);
  });

  it('keeps its parameters and all that was measured in JSON', () => {
    const parameters = {
      nEstimators: 6,
      subsample: 0.5,
      maxFeatures: 'sqrt',
      maxLeafNodes: 4,
      maxDepth: null,
      seed: 3,
    } as const;
    const x = Array.from({ length: 40 }, (__, i) => [(i * 7) % 11, i % 5, i]);
    const model = new Model(parameters).fit(
      x,
      x.map(([a]) => Number(a > 5)),
    );
    const json = JSON.parse(JSON.stringify(model)) as unknown;
    const revived = Model.fromJSON(json);
    expect(revived.toJSON()).toEqual(json);
    expect(revived.parameters).toMatchObject(parameters);
    expect(revived.oobImprovement).toEqual(model.oobImprovement);
    expect(revived.apply(x).data).toEqual(model.apply(x).data);
  });
});

it('exponential loss separates two classes, alpha is between 0 and 1', () => {
  const model = new GradientBoostingClassifier({ loss: 'exponential' });
  expect(() => model.fit([[1], [2], [3]], [0, 1, 2])).toThrow(/exponential loss separates two/);
  expect(() => new GradientBoostingRegressor({ alpha: 1 })).toThrow(/a number between 0 and 1/);
  expect(() => new GradientBoostingRegressor({ loss: 'log_loss' as 'huber' })).toThrow(/'huber'/);
  expect(() => new AdaBoostRegressor({ loss: 'cubic' as 'square' })).toThrow(/'square'/);
  expect(() => new AdaBoostClassifier({ algorithm: 'SAMME2' as 'SAMME' })).toThrow(/'SAMME.R'/);
});

it('data that WebAssembly has no room for are an error, and the next fit has its room', () => {
  expect(() => withCartMemory((memory) => memory.reserve(2 ** 33))).toThrow(InvalidDataError);
  const model = new GradientBoostingRegressor({ nEstimators: 1 }).fit([[1], [2]], [1, 2]);
  expect(model.predict([[1]])[0]).toBeCloseTo(1.45, 12);
});

describe('a document', () => {
  const x = [[1], [2], [3], [4]];
  const classifier = new GradientBoostingClassifier({ nEstimators: 2 }).fit(x, [0, 1, 2, 2]);
  const regressor = new GradientBoostingRegressor({ nEstimators: 2 }).fit(x, [1, 2, 4, 8]);
  const r2 = new AdaBoostRegressor({ nEstimators: 2 }).fit(x, [1, 2, 4, 8]);

  it('of a model with one output may hold its constant as a bare number, as before', () => {
    const json = regressor.toJSON();
    const old = { ...json, initial: json.initial[0] };
    const { nEstimators, learningRate, maxDepth, minSamplesLeaf, seed } = regressor.parameters;
    const parameters = { nEstimators, learningRate, maxDepth, minSamplesLeaf, seed, subsample: 1 };
    const revived = GradientBoostingRegressor.fromJSON({ ...old, parameters });
    expect(revived.predict(x)).toEqual(regressor.predict(x));
  });

  it('that cannot be is refused', () => {
    const read = (change: object) => () =>
      GradientBoostingClassifier.fromJSON({ ...classifier.toJSON(), ...change });
    const { trees, initial } = classifier.toJSON();
    expect(read({})()).toBeInstanceOf(GradientBoostingClassifier);
    expect(read({ trees: trees.slice(1) })).toThrow(/trees: it has 5 entries; 3 for each round/);
    expect(read({ trees: [] })).toThrow(ModelFormatError);
    expect(read({ initial: 0 })).toThrow(ModelFormatError);
    expect(read({ initial: initial.slice(1) })).toThrow(/it has 2 entries; 3 are expected/);
    expect(read({ initial: [0, 0, null] })).toThrow(ModelFormatError);
    expect(read({ trainScore: [1] })).toThrow(ModelFormatError);
    expect(read({ oobImprovement: [1] })).toThrow(ModelFormatError);
    expect(read({ features: 0 })).toThrow(ModelFormatError);
    expect(read({ classes: [1, 0] })).toThrow(ModelFormatError);
    expect(read({ parameters: { maxDepth: -1 } })).toThrow(ModelFormatError);
    expect(read({ model: 'GradientBoostingRegressor' })).toThrow(ModelFormatError);
    expect(read({ formatVersion: 2 })).toThrow(ModelFormatError);
    const [tree] = trees;
    const withTree = (change: object) =>
      read({ trees: [{ ...tree, ...change }, ...trees.slice(1)] });
    expect(withTree({ left: tree.left.map(() => 0) })).toThrow(/impossible children/);
    expect(withTree({ left: tree.left.with(0, 2 ** 31) })).toThrow(ModelFormatError);
    const shared = {
      left: [1, 3, 3, -1, -1],
      right: [2, 4, 4, -1, -1],
      feature: [0, 0, 0, -2, -2],
      threshold: [1, 1, 1, -2, -2],
      impurity: [0, 0, 0, 0, 0],
      weight: [1, 1, 1, 1, 1],
      value: [0, 0, 0, 0, 0],
    };
    expect(withTree(shared)).toThrow(/node 3 has more than one parent/);
    expect(withTree({ feature: tree.feature.with(0, 7) })).toThrow(ModelFormatError);
    expect(withTree({ value: tree.value.slice(1) })).toThrow(ModelFormatError);
    expect(() => GradientBoostingClassifier.fromJSON(null)).toThrow(ModelFormatError);
  });

  it('of AdaBoost.R2 has weights that can be those of a median', () => {
    const json = r2.toJSON();
    const negative = json.estimators.map((estimator) => ({ ...estimator, weight: -1 }));
    const read = (estimators: unknown) => () => AdaBoostRegressor.fromJSON({ ...json, estimators });
    expect(read(negative)).toThrow(/weights are ≥ 0/);
    expect(read([])).toThrow(/at least one is expected/);
    expect(read(json.estimators)().predict(x)).toEqual(r2.predict(x));
  });
});
