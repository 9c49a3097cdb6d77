import { describe, expect, it } from 'vitest';
import { MinMaxScaler, StandardScaler } from '../src/index.js';
import { readJson } from './support/fixtures.js';

const golden = (
  readJson('sklearn/selection.json') as {
    scaling: {
      x: (number | null)[][];
      means: number[];
      deviations: number[];
      standard: (number | null)[][];
      minmax: (number | null)[][];
    };
  }
).scaling;
const numbers = (rows: (number | null)[][]) =>
  rows.map((row) => row.map((value) => value ?? Number.NaN));
const x = numbers(golden.x);

function expectClose(found: ArrayLike<number>, wanted: number[][] | number[]): void {
  const flat = wanted.flat();
  expect(found.length).toBe(flat.length);
  flat.forEach((value, i) => {
    if (Number.isNaN(value)) expect(found[i]).toBeNaN();
    else
      expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
  });
}

describe('StandardScaler', () => {
  it('is scikit-learn’s, NaN and a constant column included', () => {
    const scaler = new StandardScaler().fit(x);
    expectClose(scaler.means, golden.means);
    expectClose(scaler.deviations, golden.deviations);
    expectClose(scaler.transform(x).data, numbers(golden.standard));
  });

  it('survives JSON to the last bit', () => {
    const scaler = new StandardScaler().fit(x);
    const copy = StandardScaler.fromJSON(JSON.parse(JSON.stringify(scaler)));
    expect(copy.transform(x)).toEqual(scaler.transform(x));
  });

  it('leaves its input alone and measures only the rows it is fitted to', () => {
    const rows = new Float64Array([1, 2, 3, 4]);
    const scaler = new StandardScaler().fit({ data: rows, rows: 2, columns: 2 });
    const transformed = scaler.transform([[100, 200]]);
    expect([...rows]).toEqual([1, 2, 3, 4]);
    expect([...transformed.data]).toEqual([98, 197]);
  });

  it('takes an empty column as constant', () => {
    const scaler = new StandardScaler().fit([
      [Number.NaN, 1],
      [Number.NaN, 3],
    ]);
    expect([...scaler.transform([[5, 2]]).data]).toEqual([5, 0]);
  });
});

describe('MinMaxScaler', () => {
  it('is scikit-learn’s, NaN and a constant column included', () => {
    expectClose(new MinMaxScaler().fit(x).transform(x).data, numbers(golden.minmax));
  });

  it('survives JSON to the last bit', () => {
    const scaler = new MinMaxScaler().fit(x);
    const copy = MinMaxScaler.fromJSON(JSON.parse(JSON.stringify(scaler)));
    expect(copy.transform(x)).toEqual(scaler.transform(x));
    expect(copy.minimums).toEqual(scaler.minimums);
    expect(copy.ranges).toEqual(scaler.ranges);
  });
});

it('refuses other columns, unfitted use, infinity and foreign JSON', () => {
  const scaler = new StandardScaler().fit(x);
  expect(() => scaler.transform([[1, 2]])).toThrow(
    /it has 2 columns; StandardScaler was fitted to 4/,
  );
  expect(() => new MinMaxScaler().transform(x)).toThrow(/MinMaxScaler is not fitted/);
  expect(() => new MinMaxScaler().fit([[1], [Infinity]])).toThrow(/row 1, column 0/);
  expect(() => MinMaxScaler.fromJSON(scaler.toJSON())).toThrow(/it holds a StandardScaler/);
  expect(() => StandardScaler.fromJSON({ ...scaler.toJSON(), scales: [1, 1, 0, 1] })).toThrow(
    /scales/,
  );
});

it.each(Object.entries({ StandardScaler, MinMaxScaler }))(
  '%s refuses values that spread further than a float64 can hold',
  (_, Scaler) => {
    expect(() =>
      new Scaler().fit([
        [1, 1e308],
        [2, -1e308],
      ]),
    ).toThrow(/x \(column 1\): the values spread further/);
    expect(() => new Scaler().fit([[1e-200], [2e-200]])).not.toThrow();
  },
);
