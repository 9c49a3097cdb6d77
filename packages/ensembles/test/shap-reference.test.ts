import { describe, expect, it } from 'vitest';
import { shapInteractionValues } from '../src/explain/shap-interaction-values.js';
import { shapValues } from '../src/explain/shap-values.js';
import { Booster } from '../src/xgb/booster.js';
import { coverGame, shapleyValues } from './support/brute-force-shapley.js';
import { maxDifference } from './support/fixtures.js';
import { readReferenceCase, referenceCaseNames, rowsOfTable } from './support/reference.js';

/**
 * Greatest difference, relative to the row's greatest number where that is above 1: XGBoost adds float32, whose error
 * is in proportion to the numbers that are added.
 */
function difference(found: ArrayLike<number>, wanted: readonly number[], columns: number): number {
  expect(found.length).toBe(wanted.length);
  let most = 0;
  for (let first = 0; first < wanted.length; first += columns) {
    const row = wanted.slice(first, first + columns);
    const scale = row.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 1);
    row.forEach((value, i) => (most = Math.max(most, Math.abs(found[first + i] - value) / scale)));
  }
  return most;
}

describe.each(referenceCaseNames())('SHAP of XGBoost’s %s', (name) => {
  const { expected, table, modelJson } = readReferenceCase(name);
  const model = Booster.load(modelJson());
  const first = (rows: number) =>
    rowsOfTable(
      table,
      Array.from({ length: rows }, (_, i) => i),
    ).x;
  const columns = table.x.columns + 1;

  it('has XGBoost’s contributions', () => {
    const values = shapValues(model, first(expected.leaf_rows));
    expect(difference(values.data, expected.contribs.flat(2), columns)).toBeLessThan(1e-6);
  });

  it('has XGBoost’s approximate contributions', () => {
    const values = shapValues(model, first(8), { approximate: true });
    const wanted = expected.contribs_approx.flat(2);
    expect(difference(values.data, wanted, columns)).toBeLessThan(1e-6);
  });

  it('has values that sum to the margin, of some iterations too', () => {
    const rows = first(20);
    const outputs = expected.params.num_class ?? 1;
    const sums = (data: Float64Array) =>
      Array.from({ length: 20 * outputs }, (_, i) =>
        data.subarray(i * columns, (i + 1) * columns).reduce((sum, value) => sum + value, 0),
      );
    const margins = expected.margin.slice(0, 20).flat();
    expect(difference(sums(shapValues(model, rows).data), margins, 1)).toBeLessThan(2e-6);
    const iterations = model.iterationStarts.length - 1;
    const begin = sums(shapValues(model, rows, { iterationRange: [0, 2] }).data);
    const rest = sums(shapValues(model, rows, { iterationRange: [2, iterations] }).data);
    const base = model.treeEnsemble().base;
    const both = begin.map((sum, i) => sum + rest[i] - base[i % outputs]);
    expect(difference(both, margins, 1)).toBeLessThan(2e-6);
  });

  if (!expected.interactions) return;

  it('has XGBoost’s interactions', () => {
    const values = shapInteractionValues(model, first(4));
    const wanted = expected.interactions!.flat(3);
    expect(difference(values.data, wanted, columns)).toBeLessThan(1e-5);
  });
});

it('is nearer to the sum over all coalitions than XGBoost where float32 shows', () => {
  const { expected, table, modelJson } = readReferenceCase('diabetes_monotone');
  const model = Booster.load(modelJson());
  const row = 32;
  const x = rowsOfTable(table, [row]).x;
  const wanted = shapleyValues(10, coverGame(model.treeEnsemble(), x.data))[0];
  expect(maxDifference(shapValues(model, x).data, wanted)).toBeLessThan(1e-11);
  // One value is 77.1367…; XGBoost's is two float32 steps away.
  const ofXgboost = maxDifference(expected.contribs[row] as number[], wanted);
  expect(ofXgboost).toBeGreaterThan(1e-5);
  expect(ofXgboost).toBeLessThan(2e-5);
});
