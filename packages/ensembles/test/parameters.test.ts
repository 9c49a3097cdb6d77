import { InvalidArgumentError } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import {
  AdaBoostClassifier,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  XGBClassifier,
  type XGBParameters,
  XGBRegressor,
} from '../src/index.js';
import { randomTable } from './support/random-data.js';

const { x, y } = randomTable(3, 40, 3, false);
const all = {
  XGBClassifier,
  AdaBoostClassifier,
  GradientBoostingClassifier,
  XGBRegressor,
  GradientBoostingRegressor,
};

describe('parameters', () => {
  it.each(Object.entries(all))(
    '%s names the unknown one and the nearest valid one',
    (name, Model) => {
      expect(() => new Model({ nEstimator: 5 } as object)).toThrow(
        new RegExp(`${name}'s nEstimator is 5; .*did you mean nEstimators`),
      );
      expect(() => new Model({ max_depth: 5 } as object)).toThrow(/did you mean maxDepth/);
      expect(() => new Model({ nEstimators: 0 })).toThrow(
        /nEstimators is 0; expected an integer ≥ 1/,
      );
      expect(() => new Model({ learningRate: Number.NaN })).toThrow(/learningRate is NaN/);
      expect(() => new Model({ seed: 0.5 })).toThrow(
        `${name}'s seed is 0.5; expected an integer between −(2⁵³ − 1) and 2⁵³ − 1`,
      );
      expect(() => new Model({ maxDepth: undefined })).not.toThrow();
    },
  );

  it.each(Object.entries(all))('%s takes any integer as seed and keeps it', (_, Model) => {
    const fitted = (seed: number | undefined) => new Model({ nEstimators: 3, seed }).fit(x, y);
    expect(new Model().parameters.seed).toBe(0);
    expect(fitted(-7).toJSON().parameters.seed).toBe(-7);
    expect(fitted(12).predict(x)).toEqual(fitted(undefined).predict(x));
  });

  it.each([
    ['growPolicy', 'leafwise', /growPolicy is "leafwise"; expected 'depthwise' or 'lossguide'/],
    ['maxLeaves', -1, /maxLeaves is -1; expected an integer ≥ 0/],
    ['alpha', -0.5, /alpha is -0.5; expected a finite float32 ≥ 0/],
    ['maxDeltaStep', -1, /maxDeltaStep is -1/],
    ['subsample', 0, /subsample is 0; expected a share > 0 … 1/],
    ['subsample', 1.5, /subsample is 1.5/],
    ['colsampleBytree', 2, /colsampleBytree is 2/],
    ['colsampleBylevel', Number.NaN, /colsampleBylevel is NaN/],
    ['colsampleBynode', -1, /colsampleBynode is -1/],
    ['numParallelTree', 0, /numParallelTree is 0; expected an integer ≥ 1/],
    ['maxCatToOnehot', 0, /maxCatToOnehot is 0/],
    ['maxCatThreshold', 0.5, /maxCatThreshold is 0.5/],
    ['earlyStoppingRounds', 0, /earlyStoppingRounds is 0; expected an integer ≥ 1/],
    [
      'objective',
      'reg:squarederror',
      /objective is "reg:squarederror"; expected binary:logistic, /,
    ],
    ['evalMetric', 'loglos', /evalMetric is "loglos"; expected one of logloss, /],
    ['evalMetric', ['auc', 'error@x'], /evalMetric is "error@x"/],
    ['evalMetric', { name: 'mine' }, /expected { name, evaluate }/],
  ])('XGBoost’s %s cannot be %s', (name, value, message) => {
    expect(() => new XGBClassifier({ [name]: value })).toThrow(message);
    expect(() => new XGBClassifier({ [name]: value })).toThrow(InvalidArgumentError);
  });

  it.each([
    ['monotoneConstraints', [1, 0], /expected 3 numbers, one per column/],
    ['monotoneConstraints', [1, 0, 2], /monotoneConstraints is 2; expected −1, 0 or 1/],
    ['monotoneConstraints', { age: 1 }, /monotoneConstraints is "age"; expected features 0 … 2$/],
    ['monotoneConstraints', 1, /an array, or an object by feature name/],
    ['interactionConstraints', [[0, 3]], /interactionConstraints is 3; expected features 0 … 2/],
    ['interactionConstraints', [0], /expected an array of groups/],
    ['featureTypes', ['q', 'c'], /expected 3 of 'q' and 'c'/],
    ['featureTypes', ['q', 'c', 'i'], /expected 3 of 'q' and 'c'/],
    ['featureNames', ['a', 'b', 'a'], /expected 3 different names/],
    ['scalePosWeight', 2, /scalePosWeight is 2; expected 1 with multi:softprob/],
    ['evalMetric', 'logloss', /evalMetric is "logloss"; expected a metric of several classes/],
    ['objective', 'binary:logistic', /expected multi:softprob \(or nothing\) for the 3 classes/],
    ['earlyStoppingRounds', 2, /earlyStoppingRounds is 2; expected an evaluation set/],
  ])('XGBoost’s %s %j does not fit three features and classes', (name, value, message) => {
    const three = y.map((_, row) => row % 3);
    expect(() => new XGBClassifier({ [name]: value }).fit(x, three)).toThrow(message);
  });

  it('XGBoost’s constraints may name features', () => {
    const featureNames = ['age', 'iron', 'fat'];
    const fitted = (parameters: XGBParameters) =>
      new XGBClassifier({ featureNames, nEstimators: 5, ...parameters }).fit(x, y).predictMargin(x);
    expect(fitted({ monotoneConstraints: { fat: -1 } })).toEqual(
      fitted({ monotoneConstraints: [0, 0, -1] }),
    );
    expect(fitted({ interactionConstraints: [['age', 'iron'], ['fat']] })).toEqual(
      fitted({ interactionConstraints: [[0, 1], [2]] }),
    );
    const { booster } = new XGBClassifier({ featureNames, nEstimators: 1 }).fit(x, y);
    expect(booster.featureNames).toEqual(featureNames);
  });

  it('of XGBoost have their ranges', () => {
    expect(() => new XGBClassifier({ maxBin: 1 })).toThrow(
      /maxBin is 1; expected an integer 2 … 65535/,
    );
    expect(() => new XGBClassifier({ lambda: -1 })).toThrow(/lambda is -1/);
    expect(() => new XGBClassifier({ baseScore: 1 }).fit(x, y)).toThrow(
      /baseScore is 1; expected a probability/,
    );
    expect(() => new XGBRegressor({ baseScore: 0, objective: 'count:poisson' }).fit(x, y)).toThrow(
      /baseScore is 0; expected a mean count > 0/,
    );
    expect(() => new XGBRegressor({ baseScore: Infinity })).toThrow(/baseScore is Infinity/);
    expect(() => new XGBRegressor({ baseScore: 1e39 })).toThrow(/baseScore is 1e\+39/);
    for (const name of ['learningRate', 'lambda', 'gamma', 'minChildWeight', 'scalePosWeight']) {
      expect(() => new XGBClassifier({ [name]: 1e39 })).toThrow(
        /1e\+39; expected a finite float32/,
      );
    }
    expect(() => new XGBClassifier({ learningRate: 1e-50 })).toThrow(
      /expected a finite float32 > 0/,
    );
    expect(() => new XGBRegressor({ scalePosWeight: 2 } as object)).toThrow(/scalePosWeight/);
    expect(
      new XGBRegressor({ baseScore: -3, nEstimators: 1, maxDepth: 1 }).fit(x, y).booster.baseScore,
    ).toBe(-3);
  });
});
