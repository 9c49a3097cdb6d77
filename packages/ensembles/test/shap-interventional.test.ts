import { describe, expect, it } from 'vitest';
import { shapValues } from '../src/explain/shap-values.js';
import { Booster } from '../src/xgb/booster.js';
import { maxDifference, readJson } from './support/fixtures.js';
import { readReferenceCase, rowsOfTable } from './support/reference.js';

interface Case {
  case: string;
  /** First row and the one after the last. */
  rows: [number, number];
  background: [number, number];
  /** [row][feature], or [row][feature][class]. */
  values: number[][] | number[][][];
  expected: number[];
}

const { cases } = readJson('explain/interventional.json.gz') as { cases: Case[] };

describe.each(cases)('interventional SHAP of $case', (wanted) => {
  it('has the values of the package shap', () => {
    const { table, modelJson } = readReferenceCase(wanted.case);
    const rowsFrom = ([from, to]: [number, number]) =>
      rowsOfTable(
        table,
        Array.from({ length: to - from }, (_, i) => from + i),
      ).x;
    const background = rowsFrom(wanted.background);
    const found = shapValues(Booster.load(modelJson()), rowsFrom(wanted.rows), { background });
    const outputs = wanted.expected.length;
    // shap puts the classes last and the bias aside, and knows the base score as float32.
    const flat = wanted.values.flatMap((row) =>
      Array.from({ length: outputs }, (_, k) => [
        ...row.map((value) => (Array.isArray(value) ? value[k] : value)),
        wanted.expected[k],
      ]).flat(),
    );
    const scale = Math.max(1, ...wanted.expected.map(Math.abs));
    expect(maxDifference(found.data, flat) / scale).toBeLessThan(1e-6);
  });
});
