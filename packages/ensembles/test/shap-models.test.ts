import { AbortedError, createRandom, isSteatosisError } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import {
  AdaBoostClassifier,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  InvalidDataError,
  NotFittedError,
  shapInteractionValues,
  type ShapOptions,
  shapSummary,
  shapValues,
  type TreeEnsemble,
  XGBClassifier,
  XGBRegressor,
} from '../src/index.js';
import { maxDifference } from './support/fixtures.js';
import { randomTree } from './support/random-trees.js';

const random = createRandom(11);
const x = Array.from({ length: 60 }, () => [random.normal(), random.normal(), random.normal()]);
const score = x.map(([a, b]) => a - b * b);
const two = score.map((value) => Number(value > -0.5));
const three = score.map((value) => Number(value > -0.5) + Number(value > 0.5));

/** Sums over the features and the bias. */
function sums(values: ReturnType<typeof shapValues>): number[] {
  const columns = values.shape.at(-1)!;
  return Array.from({ length: values.data.length / columns }, (_, i) =>
    values.data.subarray(i * columns, (i + 1) * columns).reduce((sum, value) => sum + value, 0),
  );
}

const stopping = { nEstimators: 60, learningRate: 0.5, earlyStoppingRounds: 3, maxDepth: 4 };
const models = {
  'XGBClassifier of two classes': () => {
    const model = new XGBClassifier({ nEstimators: 8, maxDepth: 3 }).fit(x, two);
    return { model, raw: model.predictMargin(x) };
  },
  'XGBClassifier of three classes': () => {
    const model = new XGBClassifier({ nEstimators: 4, maxDepth: 3 }).fit(x, three);
    return { model, raw: inOrder(model.predictMargin(x)) };
  },
  'XGBClassifier stopped early': () => {
    const evalSet = [{ x: x.slice(0, 20), y: two.slice(0, 20), name: 'held' }];
    const model = new XGBClassifier(stopping).fit(x.slice(20), two.slice(20), { evalSet });
    expect(model.booster.iterationStarts.length - 1).toBeGreaterThan(model.bestIteration! + 1);
    return { model, raw: model.predictMargin(x) };
  },
  XGBRegressor: () => {
    const model = new XGBRegressor({ nEstimators: 8, maxDepth: 3 }).fit(x, score);
    return { model, raw: model.predict(x) };
  },
  'AdaBoostClassifier of two classes': () => {
    const model = new AdaBoostClassifier({ nEstimators: 8, maxDepth: 2 }).fit(x, two);
    return { model, raw: model.decisionFunction(x).data };
  },
  'AdaBoostClassifier of three classes, SAMME.R': () => {
    const parameters = { nEstimators: 5, maxDepth: 2, algorithm: 'SAMME.R' as const };
    const model = new AdaBoostClassifier(parameters).fit(x, three);
    return { model, raw: model.decisionFunction(x).data };
  },
  'GradientBoostingClassifier of three classes': () => {
    const model = new GradientBoostingClassifier({ nEstimators: 5 }).fit(x, three);
    return { model, raw: model.decisionFunction(x).data };
  },
  GradientBoostingRegressor: () => {
    const model = new GradientBoostingRegressor({ nEstimators: 8 }).fit(x, score);
    return { model, raw: model.predict(x) };
  },
};

function inOrder(given: { data: ArrayLike<number> } | ArrayLike<number>): ArrayLike<number> {
  return 'data' in given ? given.data : given;
}

describe.each(Object.entries(models))('SHAP of %s', (_, make) => {
  const { model, raw } = make();

  it('sums to what the model gives', () => {
    const outputs = raw.length / x.length;
    const values = shapValues(model, x);
    expect(values.shape).toEqual([60, ...(outputs > 1 ? [outputs] : []), 4]);
    expect(maxDifference(sums(values), raw)).toBeLessThan(2e-6);
    expect(maxDifference(sums(shapValues(model, x, { background: x })), raw)).toBeLessThan(2e-6);
    const squares = shapInteractionValues(model, x.slice(0, 5));
    expect(squares.shape).toEqual([5, ...(outputs > 1 ? [outputs] : []), 4, 4]);
    expect(maxDifference(sums(squares), values.data.subarray(0, 5 * outputs * 4))).toBeLessThan(
      1e-12,
    );
  });

  it('has the mean output over the background as bias, in every row', () => {
    const outputs = raw.length / x.length;
    const { data } = shapValues(model, x.slice(0, 2), { background: x });
    for (let k = 0; k < outputs; k++) {
      const own = Array.from({ length: 60 }, (__, row) => raw[row * outputs + k]);
      const mean = own.reduce((sum, value) => sum + value, 0) / 60;
      expect(data[4 * k + 3]).toBeCloseTo(mean, 5);
      expect(data[4 * (outputs + k) + 3]).toBe(data[4 * k + 3]);
    }
  });
});

describe('options of shapValues', () => {
  const model = new XGBClassifier({ nEstimators: 3, maxDepth: 2 }).fit(x, two);

  it.each<[ShapOptions, RegExp]>([
    [{ algorithm: 'tree' as 'interventional' }, /algorithm.*path-dependent/],
    [{ algorithm: 'interventional' }, /background/],
    [{ algorithm: 'path-dependent', background: x }, /background/],
    [{ approximate: true, background: x }, /approximate/],
    [{ approximate: 1 as unknown as boolean }, /true or false/],
    [{ background: [[1, 2]] }, /background: it has 2 columns/],
    [{ iterationRange: [0, 4] }, /0 ≤ first < end ≤ 3/],
    [{ iterationRange: [2, 2] }, /iterationRange/],
    [{ iterationRange: [-1, 2] }, /iterationRange/],
    [{ backgruond: x } as ShapOptions, /did you mean background/],
  ])('refuses %o', (options, message) => {
    expect(() => shapValues(model, x, options)).toThrow(message);
  });

  it('refuses what is no model, is not fitted, and rows that the model does not take', () => {
    expect(() => shapValues({} as typeof model, x)).toThrow(/fitted model of trees/);
    expect(() => shapValues(new XGBClassifier(), x)).toThrow(NotFittedError);
    expect(() => shapValues(model, [[1, 2]])).toThrow(InvalidDataError);
    expect(() => shapValues(model, [[1, 2, Infinity]])).toThrow(InvalidDataError);
    const ada = new AdaBoostClassifier({ nEstimators: 2 }).fit(x, two);
    expect(() => shapValues(ada, [[1, 2, Number.NaN]])).toThrow(/NaN/);
  });

  it('refuses an interaction table that no memory holds', () => {
    const ensemble: TreeEnsemble = { ...model.treeEnsemble(), features: 20_000 };
    const rows = { data: new Float32Array(20_000), rows: 1, columns: 20_000 };
    expect(() => shapInteractionValues({ treeEnsemble: () => ensemble }, rows)).toThrow(
      /at most 0 rows at once/,
    );
  });

  it('refuses weights that are none, unless a background stands for the data', () => {
    const tree = randomTree(createRandom(1), 3, 5, 0);
    tree.cover[3] = -1;
    const ensemble = { features: 3, base: Float64Array.of(0), trees: [tree], takesMissing: true };
    const odd = { treeEnsemble: () => ensemble };
    expect(() => shapValues(odd, x)).toThrow(/tree 0 whose node 3 has the training weight -1/);
    expect(shapValues(odd, x, { background: x }).shape).toEqual([60, 4]);
  });

  it('refuses a tree that is a long chain', () => {
    const count = 40_001;
    const isInner = (node: number) => node % 2 === 0 && node < count - 1;
    const chain = {
      left: Int32Array.from({ length: count }, (_, i) => (isInner(i) ? i + 1 : -1)),
      right: Int32Array.from({ length: count }, (_, i) => (isInner(i) ? i + 2 : -1)),
      feature: new Int32Array(count),
      value: new Float64Array(count),
      cover: new Float64Array(count),
      output: 0,
      goesLeft: () => true,
    };
    const ensemble = { features: 3, base: Float64Array.of(0), trees: [chain], takesMissing: true };
    expect(() => shapValues({ treeEnsemble: () => ensemble }, x)).toThrow(/degenerate/);
  });

  it('stops when asked to and tells how far it is', async () => {
    const seen: number[] = [];
    shapValues(model, x, { onProgress: ({ done }) => seen.push(done) });
    expect(seen).toEqual([1, 2, 3]);
    const signal = AbortSignal.abort();
    expect(() => shapValues(model, x, { signal })).toThrow(AbortedError);
    await expect(shapValues(model, x, { signal, workers: 1 })).rejects.toThrow(AbortedError);
    const late = new AbortController();
    const onProgress = () => late.abort();
    expect(() => shapValues(model, x, { signal: late.signal, onProgress })).toThrow(AbortedError);
    await expect(shapValues(model, x, { workers: -1 })).rejects.toSatisfy(isSteatosisError);
  });
});

describe('shapSummary', () => {
  const shap = (rows: number[][]) => {
    const base = Float64Array.of(0);
    const tree = randomTree(createRandom(5), 3, 9, 0);
    const ensemble = { features: 3, base, trees: [tree], takesMissing: true };
    return shapValues({ treeEnsemble: () => ensemble }, rows);
  };

  it('puts features in the order of their mean size', () => {
    const values = shap(x.map((row) => row.map((value) => Math.round(3 + value))));
    const summary = shapSummary(values, ['a', 'b', 'c']);
    const sizes = summary.map(({ meanAbsolute }) => meanAbsolute);
    expect(sizes).toEqual(sizes.toSorted((p, q) => q - p));
    for (const { feature, name, meanAbsolute, means } of summary) {
      expect(name).toBe('abc'[feature]);
      const own = Array.from({ length: 60 }, (_, row) => values.get(row, feature));
      expect(meanAbsolute).toBeCloseTo(own.reduce((sum, v) => sum + Math.abs(v), 0) / 60, 13);
      expect([...means][0]).toBeCloseTo(own.reduce((sum, v) => sum + v, 0) / 60, 13);
    }
  });

  it('counts all outputs together and knows features by number', () => {
    const model = new XGBClassifier({ nEstimators: 4, maxDepth: 3 }).fit(x, three);
    const values = shapValues(model, x);
    const [first] = shapSummary(values);
    expect(first.name).toBe(`f${first.feature}`);
    expect(first.means).toHaveLength(3);
    let size = 0;
    for (let row = 0; row < 60; row++) {
      for (let k = 0; k < 3; k++) size += Math.abs(values.get(row, k, first.feature));
    }
    expect(first.meanAbsolute).toBeCloseTo(size / 180, 13);
    expect(() => shapSummary(values, ['a'])).toThrow(/3 names/);
    expect(() => shapSummary(values.pick(0, 0, null))).toThrow(/shape/);
  });
});
