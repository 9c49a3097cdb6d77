import { describe, expect, it } from 'vitest';
import {
  AdaBoostClassifier,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  UnsupportedParameterError,
  XGBClassifier,
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

  it('XGBoost’s of later are refused by name', () => {
    for (const name of ['monotoneConstraints', 'featureTypes', 'earlyStoppingRounds']) {
      expect(() => new XGBClassifier({ [name]: 1 })).toThrow(
        `XGBClassifier does not support ${name} yet; leave it out. Supported: nEstimators,`,
      );
    }
    expect(() => new XGBClassifier().fit(x, y, { evalSet: [] } as object)).toThrow(
      /XGBClassifier.fit does not support evalSet yet/,
    );
  });

  it.each(Object.entries(all))('%s takes any integer as seed and keeps it', (_, Model) => {
    const fitted = (seed: number | undefined) => new Model({ nEstimators: 3, seed }).fit(x, y);
    expect(new Model().parameters.seed).toBe(0);
    expect(fitted(-7).toJSON().parameters.seed).toBe(-7);
    expect(fitted(12).predict(x)).toEqual(fitted(undefined).predict(x));
  });

  it.each([
    ['growPolicy', 'depthwise', 'lossguide'],
    ['maxLeaves', 0, 8],
    ['alpha', 0, 0.5],
    ['maxDeltaStep', 0, 1],
    ['subsample', 1, 0.5],
    ['colsampleBytree', 1, 0.5],
    ['objective', 'binary:logistic', 'multi:softprob'],
    ['evalMetric', 'logloss', 'auc'],
  ])('XGBoost’s %s may be given as %s, other values are not supported yet', (name, only, other) => {
    expect(new XGBClassifier({ [name]: only }).parameters).toEqual(new XGBClassifier().parameters);
    expect(() => new XGBClassifier({ [name]: other })).toThrow(UnsupportedParameterError);
    expect(() => new XGBClassifier({ [name]: other })).toThrow(
      new RegExp(
        `XGBClassifier does not support ${name} '?${other}'? yet; .* give '?${only}'?\\.$`,
      ),
    );
  });

  it('the loss may be given where it is that of the class', () => {
    const regression = { objective: 'reg:squarederror', evalMetric: 'rmse' } as const;
    expect(new XGBRegressor(regression).parameters).toMatchObject(regression);
    expect(() => new XGBClassifier(regression)).toThrow(UnsupportedParameterError);
    expect(() => new XGBRegressor({ objective: 'binary:logistic' })).toThrow(
      "XGBRegressor does not support objective 'binary:logistic' yet; leave it out or give 'reg:squarederror'.",
    );
  });

  it('of XGBoost have their ranges', () => {
    expect(() => new XGBClassifier({ maxBin: 1 })).toThrow(
      /maxBin is 1; expected an integer 2 … 65535/,
    );
    expect(() => new XGBClassifier({ lambda: -1 })).toThrow(/lambda is -1/);
    expect(() => new XGBClassifier({ baseScore: 1 })).toThrow(
      /baseScore is 1; expected a probability/,
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
