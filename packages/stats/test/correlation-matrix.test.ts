import { expect, test } from 'vitest';
import { adjustPValues, correlationMatrix, kendall, pearson, spearman } from '../src/index.js';
import { expectClose, reference } from './support/reference.js';

interface Tables {
  partial: { data: Record<string, number[]> };
  matrix: {
    columns: string[];
    spearman: number[][];
    spearman_p: number[][];
    pearson: number[][];
  };
}
const { partial, matrix } = reference<Tables>('correlation');
const columns = Object.fromEntries(matrix.columns.map((name) => [name, partial.data[name]]));

test.each(['pearson', 'spearman'] as const)("the matrix of %s is SciPy's", (method) => {
  const found = correlationMatrix(columns, { method });
  expect(found.names).toEqual(matrix.columns);
  const size = matrix.columns.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      expectClose(found.coefficients[i][j], matrix[method][i][j], `${method} ${i},${j}`);
      if (method === 'spearman') {
        expectClose(found.p[i][j], matrix.spearman_p[i][j], `P ${i},${j}`);
      }
      expect(found.n[i][j]).toBe(50);
    }
    expect(found.coefficients[i][i]).toBe(1);
  }
});

test.each([
  ['pearson', pearson],
  ['spearman', spearman],
  ['kendall', kendall],
] as const)('each pair is what %s says of it', (method, correlate) => {
  const options = { level: 0.9, alternative: 'greater' } as const;
  const found = correlationMatrix(columns, { method, ...options, adjust: 'bh' });
  expect(found).toMatchObject({ ...options, adjustment: 'bh' });
  expect(found.pairs).toHaveLength(10);
  const names = found.pairs.map(({ x, y }) => `${x} ${y}`);
  expect(names.slice(0, 5)).toEqual([
    'steatosis pancreas',
    'steatosis age',
    'steatosis bmi',
    'steatosis sex',
    'pancreas age',
  ]);
  const adjusted = adjustPValues(
    found.pairs.map(({ p }) => p),
    'bh',
  );
  found.pairs.forEach((pair, k) => {
    const { x, y, adjustedP, ...rest } = pair;
    expect(correlate(columns[x], columns[y], options)).toMatchObject(rest);
    expect(adjustedP).toBe(adjusted[k]);
    const [i, j] = [found.names.indexOf(x), found.names.indexOf(y)];
    for (const [row, column] of [
      [i, j],
      [j, i],
    ]) {
      expect(found.coefficients[row][column]).toBe(pair.coefficient);
      expect(found.p[row][column]).toBe(pair.p);
      expect(found.adjustedP[row][column]).toBe(adjustedP);
    }
  });
});

test('Holm is the default, and none is a choice', () => {
  const byDefault = correlationMatrix(columns);
  expect(byDefault.adjustment).toBe('holm');
  byDefault.pairs.forEach(({ p, adjustedP }) => expect(adjustedP).toBeGreaterThanOrEqual(p));
  const raw = correlationMatrix(columns, { adjust: 'none' });
  expect(raw.adjustedP).toEqual(raw.p);
  expect(raw.pairs.every(({ p, adjustedP }) => p === adjustedP)).toBe(true);
});

const a = [1, 2, 3, 4, 5, 6, 7];
const b = [2, 1, 4, NaN, 3, 7, 6];
const c = [NaN, 1, 5, 2, 8, 3, 9];
const d = [4, 4, 1, 0, 2, 6, 5];

test('missing values make NaN of their own pairs only, are left out by pair or from all, or raise', () => {
  const propagated = correlationMatrix({ a, b, d });
  expect(propagated.coefficients[0]).toEqual([1, NaN, pearson(a, d).coefficient]);
  expect(propagated.coefficients[1]).toEqual([NaN, NaN, NaN]);
  expect(propagated.pairs[0]).toMatchObject({ n: 7, p: NaN, adjustedP: NaN, reason: 'nan-input' });
  // A pair without a P is no test.
  expect(propagated.pairs[1].adjustedP).toBe(propagated.pairs[1].p);

  const pairwise = correlationMatrix([a, b, c], { nanPolicy: 'omit' });
  expect(pairwise.names).toEqual(['1', '2', '3']);
  expect(pairwise.n).toEqual([
    [7, 6, 6],
    [6, 6, 5],
    [6, 5, 6],
  ]);
  expect(pairwise.pairs[2].coefficient).toBe(pearson(b, c, { nanPolicy: 'omit' }).coefficient);

  const listwise = correlationMatrix([a, b, c], { nanPolicy: 'omit', deletion: 'listwise' });
  expect(listwise.n.flat()).toEqual(Array<number>(9).fill(5));
  const complete = (column: number[]) => column.filter((_, i) => i !== 0 && i !== 3);
  expect(listwise.coefficients).toEqual(correlationMatrix([a, b, c].map(complete)).coefficients);
  expect(() => correlationMatrix({ a, b }, { nanPolicy: 'raise' })).toThrow('columns.b[3]');
});

test('constant variables have no correlation, not even with themselves', () => {
  const found = correlationMatrix({ a, flat: a.map(() => 5) }, { method: 'spearman' });
  expect(found.coefficients).toEqual([
    [1, NaN],
    [NaN, NaN],
  ]);
  expect(found.pairs[0].reason).toBe('constant-input');
  expect(correlationMatrix([[], []]).pairs[0].reason).toBe('too-few-observations');
  expect(correlationMatrix([a])).toMatchObject({ coefficients: [[1]], pairs: [] });
});

test('what cannot be is refused by name', () => {
  expect(() => correlationMatrix([])).toThrow('columns');
  expect(() => correlationMatrix(Float64Array.of(1, 2) as unknown as number[][])).toThrow(
    'columns',
  );
  expect(() => correlationMatrix({ a, short: [1] })).toThrow('short');
  expect(() => correlationMatrix({ a, far: [1, 2, 3, 4, Infinity, 6, 7] })).toThrow('far[4]');
  expect(() => correlationMatrix({ a, d }, { adjust: 'tukey' as 'holm' })).toThrow('adjust');
  expect(() => correlationMatrix({ a, d }, { deletion: 'pairwise' })).toThrow('deletion');
  expect(() =>
    correlationMatrix({ a, d }, { nanPolicy: 'omit', deletion: 'some' as 'pairwise' }),
  ).toThrow('deletion');
  expect(() => correlationMatrix({ a, d }, { method: 'cosine' as 'pearson' })).toThrow('method');
});
