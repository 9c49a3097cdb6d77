import { InvalidArgumentError } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { InvalidDataError, LightGBMModel, shapValues } from '../src/index.js';
import { maxDifference } from './support/fixtures.js';
import { lightGBMCaseNames, readLightGBMCase, rowsOfTable } from './support/reference.js';

const names = lightGBMCaseNames().filter((name) => name !== 'linear');

describe.each(names)('the LightGBM model %s', (name) => {
  const { expected, table, modelText } = readLightGBMCase(name);
  const model = LightGBMModel.load(modelText());
  const first = (rows: number) =>
    rowsOfTable(
      table,
      Array.from({ length: rows }, (_, row) => row),
    ).x;
  const x = first(expected.raw.length);

  it('predicts what LightGBM predicts', () => {
    expect(maxDifference(model.predictMargin(x), expected.raw.flat())).toBeLessThanOrEqual(1e-12);
    expect(maxDifference(model.predict(x), expected.prediction.flat())).toBeLessThanOrEqual(1e-12);
  });

  it('adds up a part of the iterations', () => {
    if (!expected.raw_part) return;
    const margins = model.predictMargin(x, { iterationRange: expected.part });
    expect(maxDifference(margins, expected.raw_part.flat())).toBeLessThanOrEqual(1e-12);
  });

  it('reaches the same leaves', () => {
    const rows = expected.leaf.length;
    const leaves = model.predictLeaf(first(rows));
    expect(leaves.shape).toEqual([rows, model.iterations * model.outputs]);
    expect(Array.from(leaves.data)).toEqual(expected.leaf.flat());
  });

  it('has the same importances', () => {
    expect(Array.from(model.importance('split'))).toEqual(expected.importance_split);
    // The file keeps six digits of each gain.
    model.importance('gain').forEach((gain, feature) => {
      const wanted = expected.importance_gain[feature];
      expect(Math.abs(gain - wanted)).toBeLessThanOrEqual(5e-6 * wanted);
    });
  });

  it('has the same SHAP values', () => {
    const { contribs } = expected;
    if (!contribs) throw new Error('no SHAP values');
    const values = shapValues(model, first(contribs.length));
    expect(maxDifference(values.data, contribs.flat())).toBeLessThanOrEqual(1e-9);
  });
});

describe('a LightGBM model', () => {
  const load = (name: string) => LightGBMModel.load(readLightGBMCase(name).modelText());

  it('gives probabilities of classes, and none of outcomes', () => {
    const row = Array.from({ length: 30 }, () => 1);
    const binary = load('lgb_bc');
    const [positive] = binary.predict([row]);
    expect(Array.from(binary.predictProba([row]).data)).toEqual([1 - positive, positive]);
    const iris = load('lgb_iris');
    const flowers = [
      [5, 3, 1, 0],
      [6, 3, 5, 2],
    ];
    const classes = iris.predictProba(flowers);
    expect(classes.shape).toEqual([2, 3]);
    expect(classes.data).toEqual(iris.predict(flowers));
    expect(() => load('lgb_diabetes').predictProba([row.slice(0, 10)])).toThrow(
      InvalidArgumentError,
    );
  });

  it('tells what it is', () => {
    const { objective, outputs, features, featureNames, iterations } = load('lgb_iris');
    expect({ objective, outputs, features, iterations }).toEqual({
      objective: 'multiclass',
      outputs: 3,
      features: 4,
      iterations: 10,
    });
    expect(featureNames).toEqual(['Column_0', 'Column_1', 'Column_2', 'Column_3']);
  });

  it('is the same from text, from bytes and with line ends of Windows', () => {
    const { modelText } = readLightGBMCase('lgb_iris');
    const x = [[5, 3, 1, 0]];
    const expected = LightGBMModel.load(modelText()).predict(x);
    expect(LightGBMModel.load(new TextEncoder().encode(modelText())).predict(x)).toEqual(expected);
    expect(LightGBMModel.load(modelText().replaceAll('\n', '\r\n')).predict(x)).toEqual(expected);
  });

  it('refuses what it cannot answer', () => {
    const model = load('lgb_iris');
    const x = [[5, 3, 1, 0]];
    expect(() => model.predict([[1, 2]])).toThrow(InvalidDataError);
    expect(() => model.predict([[1, 2, 3, Infinity]])).toThrow(InvalidDataError);
    for (const iterationRange of [
      [-1, 2],
      [0, 11],
      [3, 2],
      [0.5, 2],
    ] as const) {
      expect(() => model.predict(x, { iterationRange })).toThrow(/0 ≤ begin ≤ end ≤ 10/);
    }
    expect(() => model.predict(x, { iterations: [0, 1] } as object)).toThrow(/iterationRange/);
    expect(() => model.importance('cover' as 'gain')).toThrow(/'split' or 'gain'/);
  });
});
