import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { icc, type IccForm } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

const FORMS: IccForm[] = ['ICC(1,1)', 'ICC(1,k)', 'ICC(2,1)', 'ICC(2,k)', 'ICC(3,1)', 'ICC(3,k)'];

interface FormValues {
  icc: number;
  F: number;
  df: number[];
  p: number;
  ci95: number[];
  v?: number;
}
type Case = {
  name: string;
  ratings_rows_subjects: number[][];
  ms: { rows: number; columns: number; error: number; within: number };
  n: number;
  k: number;
} & Partial<Record<IccForm, FormValues>>;
const { icc: cases } = reference<{ icc: Case[] }>('agreement');

test.each(cases)('intraclass correlations of $name', (known) => {
  const found = icc(known.ratings_rows_subjects);
  expect(Object.keys(found)).toEqual(FORMS);
  for (const form of FORMS) {
    const result = found[form];
    expect([result.n, result.k]).toEqual([known.n, known.k]);
    const expected = known[form];
    if (expected === undefined) continue;
    expectClose(result.coefficient, expected.icc, form);
    expectClose(result.statistic, expected.F, `F of ${form}`);
    expect(result.degreesOfFreedom).toEqual(expected.df);
    expectClose(result.p, expected.p, `P of ${form}`);
    expectClose(result.logP, Math.log(expected.p), `ln P of ${form}`);
    expectAllClose(result.interval, expected.ci95, `interval of ${form}`);
    if (expected.v !== undefined) {
      expectClose(result.intervalDegreesOfFreedom ?? NaN, expected.v, `degrees of ${form}`);
    }
    const { subjects, raters, error, within } = result.meanSquares;
    const { ms } = known;
    expectAllClose(
      [subjects, raters, error, within],
      [ms.rows, ms.columns, ms.error, ms.within],
      'mean squares',
    );
  }
});

test("psych's intraclass correlations of Shrout and Fleiss's ratings", () => {
  const { icc_psych: r } = reference<{
    icc_psych: Record<'icc' | 'F' | 'p' | 'lower' | 'upper', number[]> & { type: string[] };
  }>('r');
  const found = icc(cases[0].ratings_rows_subjects);
  r.type.forEach((type, i) => {
    const form = `ICC(${type[3]},${type.endsWith('k') ? 'k' : '1'})` as IccForm;
    const { coefficient, statistic, p, interval } = found[form];
    expectAllClose(
      [coefficient, statistic, p, ...interval],
      [r.icc[i], r.F[i], r.p[i], r.lower[i], r.upper[i]],
      type,
    );
  });
});

test('perfect agreement and constant ratings say what they are', () => {
  const constant = icc(cases.find(({ name }) => name === 'constant')!.ratings_rows_subjects);
  const perfect = icc(
    cases.find(({ name }) => name === 'perfect_agreement')!.ratings_rows_subjects,
  );
  for (const form of FORMS) {
    expect(constant[form]).toMatchObject({ coefficient: NaN, p: NaN, reason: 'constant-input' });
    expect(perfect[form]).toMatchObject({
      coefficient: 1,
      interval: [1, 1],
      statistic: Infinity,
      reason: 'zero-variance',
    });
  }
});

test('a rater who is always one higher is consistent, but does not agree', () => {
  const found = icc([0.1, 0.5, 0.9, 1.7, 2.4].map((value) => [value, value + 1]));
  expect(found['ICC(3,1)']).toMatchObject({ coefficient: 1, reason: 'zero-variance' });
  const { coefficient, interval } = found['ICC(2,1)'];
  // n = 5, MSR = 2 s², MSC = 2.5, MSE = 0: MSR/(MSR + 2 · 2.5/5)
  const between = (2 * [0.1, 0.5, 0.9, 1.7, 2.4].reduce((sum, v) => sum + (v - 1.12) ** 2, 0)) / 4;
  expectClose(coefficient, between / (between + 1), 'agreement');
  expect(interval[0]).toBeGreaterThan(0);
  expect(interval[0]).toBeLessThan(coefficient);
  expect(interval[1]).toBeLessThan(1);
});

test('subjects of one mean', () => {
  const found = icc([
    [1, 3],
    [3, 1],
    [2, 2],
  ]);
  expectClose(found['ICC(1,1)'].coefficient, -1, 'ICC(1,1)');
  expect(found['ICC(1,k)']).toMatchObject({ coefficient: NaN, reason: 'constant-input' });
});

test('raters who differ less than chance leaves no variance of their mean', () => {
  const found = icc([
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
    [1, 1, 0],
  ]);
  expect(found['ICC(2,1)'].coefficient).toBeLessThan(-0.4);
  expect(found['ICC(2,k)'].reason).toBeDefined();
  // Towards −1/(k − 1) the reliability of the mean falls without bound: no sign is turned round.
  const wide = icc([
    [1, 1],
    [2, 3],
    [3, 2],
  ]);
  expect(wide['ICC(2,1)'].interval[0]).toBeLessThan(-1);
  expect(wide['ICC(2,k)'].interval[0]).toBe(-Infinity);
  expectClose(wide['ICC(2,k)'].coefficient, 0.75, 'ICC(2,k)');
});

test('raters who agree that all subjects are alike', () => {
  const found = icc([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(found['ICC(2,1)']).toMatchObject({ coefficient: 0, p: NaN, reason: 'constant-input' });
  expect(found['ICC(3,1)']).toMatchObject({ coefficient: NaN, reason: 'constant-input' });
});

test('too few, missing and impossible ratings', () => {
  for (const rows of [[], [[1, 2]], [[1], [2]]]) {
    expect(icc(rows)['ICC(2,1)']).toMatchObject({
      coefficient: NaN,
      reason: 'too-few-observations',
    });
  }
  const rows = [
    [1, 2],
    [NaN, 3],
    [4, 4],
    [6, 5],
  ];
  expect(icc(rows)['ICC(1,1)']).toMatchObject({ coefficient: NaN, reason: 'nan-input' });
  expect(icc(rows, { nanPolicy: 'omit' })).toEqual(icc([rows[0], rows[2], rows[3]]));
  expect(() => icc(rows, { nanPolicy: 'raise' })).toThrow(/rows\[1\]\[0\]/);
  expect(() => icc([[1, 2], [3]])).toThrow(/rows\[1\]/);
  expect(() =>
    icc([
      [1, Infinity],
      [1, 2],
    ]),
  ).toThrow(InvalidArgumentError);
  expect(() =>
    icc(
      [
        [1, 2],
        [3, 4],
      ],
      { level: 0 },
    ),
  ).toThrow(/level/);
  expect(() => icc('ratings' as unknown as number[][])).toThrow(/rows/);
});

const ratings = fc.array(
  fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 3, maxLength: 3 }),
  { minLength: 4, maxLength: 20 },
);

test('neither unit, origin nor order of raters matter', () => {
  fc.assert(
    fc.property(ratings, (rows) => {
      const here = icc(rows);
      for (const other of [
        icc(rows.map((row) => row.map((value) => 0.125 * value - 1e6))),
        icc(rows.map((row) => row.toReversed())),
        icc(rows.toReversed()),
        icc(rows.map((row) => row.map((value) => value * 1e150))),
      ]) {
        for (const form of FORMS) {
          const { coefficient, interval } = here[form];
          if (Number.isNaN(coefficient)) {
            expect(other[form].coefficient).toBeNaN();
            continue;
          }
          expect(Math.abs(other[form].coefficient - coefficient)).toBeLessThanOrEqual(
            1e-9 * Math.max(1, Math.abs(coefficient)),
          );
          if (interval.every(Number.isFinite)) {
            expect(interval[0]).toBeLessThanOrEqual(coefficient + 1e-12);
            expect(interval[1]).toBeGreaterThanOrEqual(coefficient - 1e-12);
          }
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('a mean of ratings whose variance comes out negative has no reliability', () => {
  const found = icc([
    [1, 2, 3],
    [3, 2, 1.1],
  ]);
  expect(found['ICC(2,k)']).toMatchObject({ coefficient: NaN, reason: 'negative-variance' });
  expect(found['ICC(2,k)'].statistic).toBeGreaterThan(0);
});
