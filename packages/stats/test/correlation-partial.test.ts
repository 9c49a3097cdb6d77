import fc from 'fast-check';
import { inverse, Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { partialCorrelation, pearson, pointBiserial, spearman, tTest } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface Tables {
  partial: {
    data: Record<string, number[]>;
    cases: {
      x: string;
      y: string;
      covariates: string[];
      method: 'pearson' | 'spearman';
      n: number;
      r: number;
      t: number;
      df: number;
      p: number;
      ci95: number[];
    }[];
  };
  point_biserial: { binary: number[]; value: number[]; r: number; p: number };
}
const { partial, point_biserial } = reference<Tables>('correlation');

test.each(partial.cases)('$x and $y without $covariates ($method) is the reference', (known) => {
  const column = (name: string) => partial.data[name];
  const { method } = known;
  const found = partialCorrelation(column(known.x), column(known.y), known.covariates.map(column), {
    method,
  });
  expectClose(found.coefficient, known.r, 'r');
  expectClose(found.statistic, known.t, 't');
  expectClose(found.p, known.p, 'P');
  expectAllClose(found.interval, known.ci95, 'interval');
  expect(found.degreesOfFreedom).toBe(known.df);
  expect(found.n).toBe(known.n);
  expect(found.method).toContain(method === 'pearson' ? "Pearson's r" : "Spearman's rho");
  expect(found.method).toContain(known.covariates.length === 1 ? '1 covariate held' : 'covariates');
});

const value = fc.integer({ min: -50, max: 50 }).map((tenths) => tenths / 10);
const rows = (minLength: number) =>
  fc.array(fc.tuple(value, value, value, value), { minLength, maxLength: 25 });

test('it is what the inverse of the correlation matrix says, and one covariate follows from three correlations', () => {
  fc.assert(
    fc.property(rows(8), (table) => {
      const [x, y, z, w] = [0, 1, 2, 3].map((j) => table.map((row) => row[j]));
      const all = [x, y, z, w];
      const r = all.map((a) => all.map((b) => pearson(a, b).coefficient));
      const matrix = new Matrix(r);
      fc.pre(r.flat().every((entry) => !Number.isNaN(entry)));
      const precision = inverse(matrix);
      // Only where nothing is lost in the inverse itself.
      fc.pre(Math.max(...precision.to1DArray().map(Math.abs)) < 50);
      const expected = -precision.get(0, 1) / Math.sqrt(precision.get(0, 0) * precision.get(1, 1));
      const found = partialCorrelation(x, y, [z, w]);
      expect(Math.abs(found.coefficient - expected)).toBeLessThan(1e-12);
      const [xy, xz, yz] = [r[0][1], r[0][2], r[1][2]];
      const one = partialCorrelation(x, y, z);
      const recursion = (xy - xz * yz) / Math.sqrt((1 - xz * xz) * (1 - yz * yz));
      expect(Math.abs(one.coefficient - recursion)).toBeLessThan(1e-12);
      expect(one.interval[0]).toBeLessThanOrEqual(one.coefficient);
      expect(one.interval[1]).toBeGreaterThanOrEqual(one.coefficient);
      const swapped = partialCorrelation(y, x, [w, z]);
      expect(swapped.coefficient).toBeCloseTo(found.coefficient, 13);
      const moved = partialCorrelation(
        x.map((a) => 1e6 - 3 * a),
        y,
        [z, w.map((a) => 5 * a + 100)],
      );
      expect(moved.coefficient).toBeCloseTo(-found.coefficient, 8);
    }),
  );
});

test('without covariates it is the plain correlation', () => {
  const { age, bmi } = partial.data;
  const { method: _, ...found } = partialCorrelation(age, bmi, []);
  const { method: _plain, ...plain } = pearson(age, bmi);
  expectClose(found.coefficient, plain.coefficient, 'r', 1e-13);
  expectClose(found.p, plain.p, 'P', 1e-13);
  expectAllClose(found.interval, plain.interval, 'interval');
  expect(found.degreesOfFreedom).toBe(plain.degreesOfFreedom);
  const ranks = partialCorrelation(age, bmi, [], { method: 'spearman' });
  expectClose(ranks.coefficient, spearman(age, bmi).coefficient, 'rho', 1e-13);
});

test('covariates that explain nearly all leave a correlation with all its digits', () => {
  // x and y are the covariate plus multiples of 2^-30, which doubles hold exactly.
  const z = Float64Array.from({ length: 40 }, (_, i) => i - 20);
  const restX = z.map((_, i) => (((i * 7) % 11) - 5) * 2 ** -30);
  const restY = z.map((_, i) => (((i * 3) % 13) - 6) * 2 ** -30);
  const expected = partialCorrelation(restX, restY, z).coefficient;
  const found = partialCorrelation(
    z.map((a, i) => a + restX[i]),
    z.map((a, i) => 3 * a + restY[i]),
    z,
  );
  expectClose(found.coefficient, expected, 'r');
  // On a line beyond the covariate.
  const line = partialCorrelation(
    restX,
    restX.map((rest, i) => 2 ** 20 * rest + z[i]),
    z,
  );
  expect(line).toMatchObject({ coefficient: 1, p: 0, reason: 'boundary-estimate' });
});

test('alternatives, levels, and what is left out', () => {
  const { age, bmi, sex, pancreas } = partial.data;
  const both = partialCorrelation(age, bmi, [sex, pancreas]);
  const greater = partialCorrelation(age, bmi, [sex, pancreas], { alternative: 'greater' });
  const less = partialCorrelation(age, bmi, [sex, pancreas], { alternative: 'less' });
  expectClose(greater.p + less.p, 1, 'both sides', 1e-14);
  expectClose(Math.min(greater.p, less.p) * 2, both.p, 'the smaller twice', 1e-14);
  const wide = partialCorrelation(age, bmi, [sex, pancreas], { level: 0.99 });
  expect(wide.interval[0]).toBeLessThan(both.interval[0]);
  const holes = sex.map((entry, i) => (i % 9 === 0 ? NaN : entry));
  const kept = (column: number[]) => column.filter((_, i) => i % 9 !== 0);
  expect(partialCorrelation(age, bmi, [holes], { nanPolicy: 'omit' })).toEqual(
    partialCorrelation(kept(age), kept(bmi), [kept(sex)]),
  );
  expect(partialCorrelation(age, bmi, [holes])).toMatchObject({ p: NaN, reason: 'nan-input' });
  expect(() => partialCorrelation(age, bmi, [holes], { nanPolicy: 'raise' })).toThrow(
    'covariates[0][0]',
  );
});

test.each([
  [[], [], [[]], 'too-few-observations', 0],
  [[1, 2], [2, 1], [[1, 3]], 'too-few-observations', 0],
  [[1, 1, 1, 1], [2, 1, 4, 3], [[1, 3, 2, 2]], 'constant-input', 1],
  [[2, 1, 4, 3], [1, 1, 1, 1], [[1, 3, 2, 2]], 'constant-input', 1],
  [[2, 4, 6, 8], [2, 1, 4, 3], [[1, 2, 3, 4]], 'collinear', 1],
  [[2, 1, 4, 3], [2, 4, 6, 8], [[1, 2, 3, 4]], 'collinear', 1],
  [
    [2, 1, 4, 3, 9],
    [2, 4, 7, 8, 1],
    [
      [1, 2, 3, 4, 5],
      [2, 4, 6, 8, 10],
    ],
    'collinear',
    1,
  ],
  [[2, 1, 4, 3], [2, 4, 7, 8], [[5, 5, 5, 5]], 'collinear', 1],
] as const)('%j and %j without %j: NaN, %s', (x, y, covariates, reason, degreesOfFreedom) => {
  expect(partialCorrelation(x, y, covariates)).toMatchObject({
    coefficient: NaN,
    interval: [NaN, NaN],
    p: NaN,
    logP: NaN,
    degreesOfFreedom,
    reason,
  });
});

test('with no degree of freedom left the coefficient is ±1 and says nothing', () => {
  expect(partialCorrelation([2, 1, 4], [1, 5, 3], [[1, 2, 4]])).toMatchObject({
    interval: [-1, 1],
    p: NaN,
    degreesOfFreedom: 0,
    reason: 'too-few-observations',
  });
});

test('what cannot be is refused by name', () => {
  const x = [1, 2, 3, 5];
  const y = [2, 1, 4, 3];
  expect(() => partialCorrelation(x, y, [[1, 2]])).toThrow('covariates[0]');
  expect(() => partialCorrelation(x, y, 'age' as unknown as number[])).toThrow('covariates');
  expect(() => partialCorrelation(x, y, [[1, Infinity, 2, 3]])).toThrow('covariates[0][1]');
  expect(() => partialCorrelation(x, y, x, { method: 'kendall' as 'pearson' })).toThrow('method');
  // Ranks can do with infinities.
  expect(
    partialCorrelation(x, y, [1, Infinity, 2, 3], { method: 'spearman' }).coefficient,
  ).not.toBeNaN();
});

test("the point-biserial correlation is SciPy's, and its P that of the t test", () => {
  const { binary, value: values, r, p } = point_biserial;
  const found = pointBiserial(binary, values);
  expectClose(found.coefficient, r, 'r');
  expectClose(found.p, p, 'P');
  expect(found.method).toContain('point-biserial');
  expect([found.positives, found.negatives]).toEqual([12, 38]);
  const group = (label: number) => values.filter((_, i) => binary[i] === label);
  const t = tTest(group(1), group(0), { equalVariance: true });
  expectClose(found.statistic, t.statistic, 't', 1e-12);
  expectClose(found.p, t.p, 'P of the t test', 1e-12);
  expect(pointBiserial(binary, values, { level: 0.9, alternative: 'less' })).toMatchObject(
    (({ coefficient, interval, p: ofLess }) => ({ coefficient, interval, p: ofLess }))(
      pearson(binary, values, { level: 0.9, alternative: 'less' }),
    ),
  );
});

test.each([
  [[], [], 'too-few-observations'],
  [[1], [3], 'too-few-observations'],
  [[1, 1, 1], [1, 2, 3], 'single-class'],
  [[0, 0], [1, 2], 'single-class'],
  [[0, 1, 1], [2, 2, 2], 'constant-input'],
  [[0, NaN, 1], [1, 2, 3], 'nan-input'],
  [[0, 1, 1], [1, NaN, 3], 'nan-input'],
] as const)('point-biserial of %j and %j: NaN, %s', (binary, values, reason) => {
  expect(pointBiserial(binary, values)).toMatchObject({ coefficient: NaN, p: NaN, reason });
});

test('labels other than 0 and 1 are refused; missing ones left out', () => {
  expect(() => pointBiserial([0, 2, 1], [1, 2, 3])).toThrow('binary[1]');
  expect(pointBiserial([0, NaN, 1, 1], [1, 2, 3, 5], { nanPolicy: 'omit' })).toEqual(
    pointBiserial([0, 1, 1], [1, 3, 5]),
  );
});
