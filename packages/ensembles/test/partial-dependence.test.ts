import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import {
  partialDependence,
  type PartialDependenceOptions,
} from '../src/explain/partial-dependence.js';
import type { FeatureInput } from '../src/data/matrix.js';
import { twoColumns } from '../src/data/probabilities.js';
import { Booster } from '../src/xgb/booster.js';
import { maxDifference, readJson } from './support/fixtures.js';
import { readReferenceCase, rowsOfTable } from './support/reference.js';

interface Case {
  case: string;
  rows: number;
  features: number[];
  weighted: boolean;
  options: { grid_resolution?: number; percentiles?: [number, number] };
  grid: number[][];
  /** [output][value] or [output][value][value]. */
  average: number[][] | number[][][];
  /** The first four rows. */
  individual: number[][][] | number[][][][] | null;
}

const { cases } = readJson('explain/dependence.json.gz') as { cases: Case[] };

/** A booster as a classifier or regressor. */
function modelOf(name: string, booster: Booster) {
  const predict = (x: FeatureInput) => Float64Array.from(booster.predict(x));
  if (name.startsWith('diabetes')) return { predict };
  const predictProba = (x: FeatureInput) => {
    const p = predict(x);
    return booster.outputs === 1 ? twoColumns(p) : ndarray(p, [p.length / 3, 3]);
  };
  return { predict, predictProba };
}

describe.each(cases)('partial dependence of $case on $features', (wanted) => {
  const { table, modelJson } = readReferenceCase(wanted.case);
  const { x } = rowsOfTable(
    table,
    Array.from({ length: wanted.rows }, (_, row) => row),
  );
  const model = modelOf(wanted.case, Booster.load(modelJson()));
  const { grid, average, individual } = partialDependence(model, x, wanted.features, {
    kind: 'both',
    resolution: wanted.options.grid_resolution,
    percentiles: wanted.options.percentiles,
    sampleWeight: wanted.weighted
      ? Array.from({ length: x.rows }, (_, i) => (i % 3) + 1)
      : undefined,
  });

  it('has the grid of scikit-learn', () => {
    expect(grid).toHaveLength(wanted.grid.length);
    grid.forEach((values, f) => expect(maxDifference(values, wanted.grid[f])).toBeLessThan(1e-12));
  });

  it('has the curves of scikit-learn', () => {
    const outputs = wanted.average.length;
    const lengths = wanted.grid.map(({ length }) => length);
    expect(average!.shape).toEqual([...(outputs > 1 ? [outputs] : []), ...lengths]);
    const flat = (wanted.average as number[][][]).flat(2);
    const scale = Math.max(1, ...flat);
    expect(maxDifference(average!.data, flat) / scale).toBeLessThan(1e-6);
    if (!wanted.individual) return;
    const points = lengths.reduce((product, length) => product * length, 1);
    (wanted.individual as number[][][][]).forEach((rows, k) =>
      rows.forEach((row, r) => {
        const from = (k * x.rows + r) * points;
        const own = individual!.data.subarray(from, from + points);
        expect(maxDifference(own, row.flat()) / scale).toBeLessThan(1e-6);
      }),
    );
  });
});

describe('partialDependence', () => {
  const x = [
    [1, 5, Number.NaN],
    [2, 5, 1],
    [3, 5, 1],
    [4, 6, 3],
  ];
  const sum = {
    predict: (rows: FeatureInput) => {
      const { data, columns } = rows as { data: Float64Array; columns: number };
      return Float64Array.from({ length: data.length / columns }, (_, row) => {
        const [a, b] = data.subarray(row * columns);
        return 10 * a + b;
      });
    },
  };

  it('sets columns and leaves the table as it was', () => {
    const before = x.map((row) => [...row]);
    const { grid, average, individual } = partialDependence(sum, x, [1, 0], {
      grid: [[0, 1], [7]],
      kind: 'both',
    });
    expect(grid.map((values) => [...values])).toEqual([[0, 1], [7]]);
    expect([...average!.data]).toEqual([70, 71]);
    expect(individual!.shape).toEqual([4, 2, 1]);
    expect(x).toEqual(before);
  });

  it('leaves missing values out of the grid and takes all categories', () => {
    expect([...partialDependence(sum, x, 2).grid[0]]).toEqual([1, 3]);
    const many = Array.from({ length: 10 }, (_, i) => [i, 0, 0]);
    const options = { resolution: 3, categorical: [0] };
    expect(partialDependence(sum, many, 0, options).grid[0]).toHaveLength(10);
    expect(partialDependence(sum, many, 0, { resolution: 3 }).grid[0]).toHaveLength(3);
  });

  it.each<[PartialDependenceOptions, RegExp]>([
    [{ kind: 'mean' as 'both' }, /kind/],
    [{ percentiles: [0.9, 0.1] as [number, number] }, /percentiles/],
    [{ resolution: 1 }, /resolution/],
    [{ grid: [[]] }, /grid/],
    [{ grid: [[1], [2]] }, /grid/],
    [{ response: 'predictProba' as const }, /predictProba.*predict/],
    [{ gird: 'quantile' } as PartialDependenceOptions, /did you mean grid/],
  ])('refuses %j', (options, message) => {
    expect(() => partialDependence(sum, x, 0, options)).toThrow(message);
  });

  it('refuses features that are none, models that cannot predict and grids without extent', () => {
    for (const features of [3, -1, 0.5, [], [0, 0], [0, 1, 2]]) {
      expect(() => partialDependence(sum, x, features)).toThrow(/features/);
    }
    expect(() => partialDependence({} as typeof sum, x, 0)).toThrow(/predict/);
    const flat = Array.from({ length: 200 }, (_, i) => [i === 0 ? 0 : i === 199 ? 2 : 1, 0]);
    expect(() => partialDependence(sum, flat, 0, { resolution: 3 })).toThrow(/too close/);
    expect(() => partialDependence(sum, [[Number.NaN, 1]], 0)).toThrow(/missing/);
  });
});
