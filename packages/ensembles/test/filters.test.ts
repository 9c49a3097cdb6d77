import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorrelationFilter, VarianceFilter } from '../src/index.js';
import { correlationOf, prepareColumns } from '../src/filters/correlation.js';
import { readJson, readTable } from './support/fixtures.js';

const { variance } = readJson('sklearn/model-selection.json.gz') as {
  variance: {
    x: (number | null)[][];
    variances: number[];
    cases: { threshold: number; kept: number[] }[];
  };
};
const table = variance.x.map((row) => row.map((value) => value ?? Number.NaN));

describe('VarianceFilter', () => {
  it.each(variance.cases)(
    'keeps what scikit-learn keeps above $threshold',
    ({ threshold, kept }) => {
      const filter = new VarianceFilter({ threshold }).fit(table);
      expect([...filter.kept]).toEqual(kept);
      filter.variances.forEach((value, i) =>
        expect(Math.abs(value - variance.variances[i])).toBeLessThan(1e-13),
      );
      const { data, columns } = filter.transform(table);
      expect(columns).toBe(kept.length);
      expect([...data]).toEqual(table.flatMap((row) => kept.map((column) => row[column])));
      const back = VarianceFilter.fromJSON(JSON.parse(JSON.stringify(filter)));
      expect(back.toJSON()).toEqual(filter.toJSON());
      expect(back.transform(table)).toEqual(filter.transform(table));
    },
  );

  it('keeps float32 as it is, and refuses what it cannot do', () => {
    const filter = new VarianceFilter();
    const x = { data: Float32Array.of(0.1, 5, 0.2, 5), rows: 2, columns: 2 };
    expect(() => filter.transform(x)).toThrow(/not fitted/);
    expect(filter.fit(x).transform(x).data).toEqual(Float32Array.of(0.1, 0.2));
    expect(() => filter.transform([[1]])).toThrow(/fitted to 2/);
    expect(() => filter.fit([[1], [1]])).toThrow(/no feature has a variance greater than 0/);
    expect(() => filter.fit([[Infinity]])).toThrow(/Infinity/);
    expect(() => new VarianceFilter({ threshold: -1 })).toThrow(/threshold/);
    expect(() => new VarianceFilter({ treshold: 1 } as never)).toThrow(/did you mean threshold/);
    const json = filter.fit(x).toJSON();
    for (const kept of [[2], [], [0, 0], [-1]]) {
      expect(() => VarianceFilter.fromJSON({ ...json, kept })).toThrow(/kept/);
    }
  });
});

describe('CorrelationFilter', () => {
  const column = (...values: number[]) => values.map((value) => [value]);
  const beside = (...columns: number[][][]) =>
    columns[0].map((_, row) => columns.map((values) => values[row][0]));

  it('computes correlations as they are defined', () => {
    // Worked by hand: Σ products of the centred columns are 5.5; 5 and 8.75; ranks of the second are 1, 2.5, 2.5, 4.
    const x = beside(column(1, 2, 3, 4), column(1, 3, 3, 5));
    const pearson = prepareColumns(
      { data: Float64Array.from(x.flat()), rows: 4, columns: 2 },
      'pearson',
    );
    expect(correlationOf(pearson[0], pearson[1], 'pearson')).toBeCloseTo(6 / Math.sqrt(5 * 8), 14);
    const ranks = prepareColumns(
      { data: Float64Array.from(x.flat()), rows: 4, columns: 2 },
      'spearman',
    );
    expect(correlationOf(ranks[0], ranks[1], 'spearman')).toBeCloseTo(4.5 / Math.sqrt(5 * 4.5), 14);
  });

  it('keeps the first of two alike and nothing goes for one that went itself', () => {
    // Second like the first (0.98), third like the second (0.95) and not like the first (0.87).
    const first = column(1, 2, 3, 4, 5, 6);
    const second = column(1, 2, 3, 4, 5.5, 4.6);
    const third = column(1, 2, 3, 3.2, 5.4, 2.5);
    const x = beside(first, second, third);
    const r = (a: number, b: number) => {
      const columns = prepareColumns(
        { data: Float64Array.from(x.flat()), rows: 6, columns: 3 },
        'pearson',
      );
      return correlationOf(columns[a], columns[b], 'pearson');
    };
    const threshold = 0.85;
    expect([r(0, 1) > threshold, r(1, 2) > threshold, r(0, 2) > threshold]).toEqual([
      true,
      true,
      false,
    ]);
    expect([...new CorrelationFilter({ threshold }).fit(x).kept]).toEqual([0, 2]);
  });

  it('sees monotone relations by ranks and falling ones by size', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8];
    const x = values.map((v) => [v, Math.exp(2 * v), -v]);
    expect([...new CorrelationFilter({ threshold: 0.99 }).fit(x).kept]).toEqual([0, 1]);
    expect([...new CorrelationFilter({ threshold: 0.99, method: 'spearman' }).fit(x).kept]).toEqual(
      [0],
    );
  });

  it('takes rows where both have a value; what is constant there stays', () => {
    const x = [
      [1, 1, 7, NaN],
      [2, NaN, 7, 1],
      [3, 3, 7, NaN],
      [NaN, 50, 7, 2],
      [4, 4.1, 7, NaN],
    ];
    expect([...new CorrelationFilter().fit(x).kept]).toEqual([0, 2, 3]);
  });

  it('has no pair above the threshold left and explains every column it drops', () => {
    const matrix = fc.integer({ min: 3, max: 8 }).chain((rows) =>
      fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 5, maxLength: 5 }), {
        minLength: rows,
        maxLength: rows,
      }),
    );
    fc.assert(
      fc.property(
        matrix,
        fc.constantFrom('pearson', 'spearman'),
        fc.double({ min: 0.1, max: 0.95, noNaN: true }),
        (x, method, threshold) => {
          const { kept } = new CorrelationFilter({ threshold, method }).fit(x);
          const columns = prepareColumns(
            { data: Float64Array.from(x.flat()), rows: x.length, columns: 5 },
            method,
          );
          const alike = (a: number, b: number) =>
            Math.abs(correlationOf(columns[a], columns[b], method)) > threshold;
          for (let column = 0; column < 5; column++) {
            const before = [...kept].filter((other) => other < column);
            expect(before.some((other) => alike(other, column))).toBe(!kept.includes(column));
          }
        },
      ),
    );
  });

  it('leaves distinct ones of 30 features, the same after a trip through JSON', () => {
    const { x } = readTable('breast_cancer');
    const filter = new CorrelationFilter({ threshold: 0.9 }).fit(x);
    expect(filter.kept.length).toBeLessThan(25);
    const back = CorrelationFilter.fromJSON(JSON.parse(JSON.stringify(filter)));
    expect(back.transform(x)).toEqual(filter.transform(x));
    expect([...filter.fit(filter.transform(x)).kept.keys()]).toEqual([...filter.kept]);
  });

  it('refuses what it cannot do', () => {
    expect(() => new CorrelationFilter({ threshold: 1.1 })).toThrow(/0 … 1/);
    expect(() => new CorrelationFilter({ method: 'kendall' as never })).toThrow(/spearman/);
    expect(() => new CorrelationFilter().kept).toThrow(/not fitted/);
  });
});
