import { describe, expect, it } from 'vitest';
import { LightGBMModel, shapValues } from '../src/index.js';
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
