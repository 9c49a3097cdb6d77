import { describe, expect, test } from 'vitest';
import { SteatosisError } from '@steatosis/core';
import {
  AdaBoostClassifier,
  AdaBoostRegressor,
  Booster,
  crossValidate,
  DMatrix,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  gridSearch,
  StratifiedGroupKFold,
  XGBClassifier,
  XGBRegressor,
} from '../src/index.js';

const x = [
  [1, 5],
  [2, 3],
  [3, 8],
  [4, 1],
  [5, 2],
  [6, 9],
];
const y = [0, 1, 0, 1, 1, 0];

/** Calls that only a program without types can make. */
const untyped = (value: unknown): never => value as never;

describe('what is no object of parameters or options is refused by a typed error', () => {
  const models = {
    AdaBoostClassifier,
    AdaBoostRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    XGBClassifier,
    XGBRegressor,
  };
  test.each(Object.entries(models))('%s', (_, Model) => {
    for (const given of [null, 'depth', 5, [3]]) {
      expect(() => new Model(untyped(given))).toThrow(SteatosisError);
      expect(() => new Model().fit(x, y, untyped(given))).toThrow(SteatosisError);
    }
    expect(() => new Model().fit(x, y, { onProgress: untyped('bar') })).toThrow(
      /onProgress is "bar"; expected a function/,
    );
    expect(() => new Model().fit(x, y, { signal: untyped({}) })).toThrow(/an AbortSignal/);
  });

  test('Booster, DMatrix, splitters', () => {
    const data = new DMatrix(x, { label: y });
    const booster = Booster.train({}, data, { rounds: 2 });
    const calls: (() => unknown)[] = [
      () => Booster.train(untyped(null), data),
      () => Booster.train({}, data, untyped(null)),
      () => Booster.train({}, data, { evals: untyped(5) }),
      () => Booster.train({}, data, { evals: [untyped(null)] }),
      () => Booster.train({}, data, { evals: [untyped({})] }),
      () => Booster.train({}, data, { evals: [untyped({ data, nmae: 'held' })] }),
      () => Booster.train({}, data, { evals: [untyped({ data, name: 5 })] }),
      () => Booster.train({ objective: untyped(() => undefined) }, data),
      () => Booster.train({ monotoneConstraints: untyped(Array(2)) }, data),
      () => Booster.train({ objective: 'multi:softprob', numClass: 1e9 }, data),
      () => new DMatrix(x, untyped(null)),
      () => new StratifiedGroupKFold(untyped(null)),
      () => booster.predict(x, untyped(null)),
      () => booster.predict(x, untyped({ iterationrange: [0, 1] })),
      () => booster.predict(x, { iterationRange: untyped(5) }),
      () => booster.predict(x, { iterationRange: untyped([0, 1, 2]) }),
      () => [...booster.stagedPredict(x, { iterationRange: untyped(null) })],
      () => booster.predictLeaf(x, untyped({ baseMargin: [1] })),
    ];
    for (const call of calls) expect(call, String(call)).toThrow(SteatosisError);
  });

  test('more classes than memory holds', () => {
    const outcomes = Float64Array.from({ length: 20_000 }, (_, row) => row);
    const column = { data: outcomes, rows: 20_000, columns: 1 };
    expect(() => new XGBClassifier().fit(column, outcomes)).toThrow(
      /y: margins and gradients of 20000 rows × 20000 classes take more memory/,
    );
  });

  test('models to select from come of a function', async () => {
    await expect(crossValidate(untyped(5), x, y)).rejects.toThrow(/makeModel is 5/);
    await expect(gridSearch(untyped(5), { maxDepth: [1] }, x, y)).rejects.toThrow(/makeModel is 5/);
  });
});

describe('training that leaves the range of float32 says so instead of giving NaN', () => {
  test.each([
    ['a learning rate without measure', { learningRate: 1e30 }, [1, 2, 3, 4, 5, 7]],
    [
      'residuals of huge outcomes',
      { objective: 'reg:absoluteerror' },
      [3e38, -3e38, 3e38, -3e38, 3e38, -3e38],
    ],
  ] as const)('%s', (_, parameters, outcomes) => {
    const model = new XGBRegressor({ ...parameters, nEstimators: 20 });
    expect(() => model.fit(x, outcomes)).toThrow(/beyond what float32 holds/);
  });
});
