import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cohenKappa, cohenKappaTable, fleissKappa } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface KappaCase {
  weights: 'unweighted' | 'linear' | 'quadratic';
  kappa: number;
  se_fleiss_cohen_everitt: number;
  se_null: number;
  ci95: number[];
}
const { cohen_kappa: known } = reference<{
  cohen_kappa: { table: number[][]; cases: KappaCase[] };
}>('agreement');
const r = reference<{
  kappa_psych: { kappa: number; weighted: number; confid: number[][] };
  kappa_vcd: Record<KappaCase['weights'], { value: number; ASE: number }>;
}>('r');

test.each(known.cases)('$weights kappa of a table', (expected) => {
  const { weights } = expected;
  const found = cohenKappaTable(known.table, { weights });
  expectClose(found.kappa, expected.kappa, 'kappa');
  expectClose(found.standardError, expected.se_fleiss_cohen_everitt, 'standard error');
  expectClose(found.standardErrorNull, expected.se_null, 'standard error under independence');
  expectAllClose(found.interval, expected.ci95, 'interval');
  expectClose(found.statistic, expected.kappa / expected.se_null, 'z');
  expectClose(found.kappa, r.kappa_vcd[weights].value, 'kappa in R');
  expectClose(found.standardError, r.kappa_vcd[weights].ASE, 'standard error in R');
  expect(found.n).toBe(100);
});

test("psych's kappa", () => {
  const plain = cohenKappaTable(known.table);
  expectClose(plain.kappa, r.kappa_psych.kappa, 'kappa');
  expectAllClose(
    [plain.interval[0], plain.kappa, plain.interval[1]],
    r.kappa_psych.confid[0],
    'CI',
  );
  // Its interval of weighted kappa (0.7101 … 0.8665) is narrower than with the error on which vcd and we agree.
  const weighted = cohenKappaTable(known.table, { weights: 'quadratic' });
  expectClose(weighted.kappa, r.kappa_psych.weighted, 'weighted kappa');
  expectClose(weighted.kappa, r.kappa_psych.confid[1][1], 'weighted kappa');
});

test('ratings one by one are the same as their table', () => {
  const a: number[] = [];
  const b: number[] = [];
  known.table.forEach((row, i) =>
    row.forEach((count, j) => {
      for (let k = 0; k < count; k++) {
        a.push(i);
        b.push(j);
      }
    }),
  );
  const linear = cohenKappa(a, b, { weights: 'linear' });
  expect(linear).toEqual(cohenKappaTable(known.table, { weights: 'linear' }));
  const matrix = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => 1 - Math.abs(i - j) / 3));
  expectClose(cohenKappa(a, b, { weights: matrix }).kappa, linear.kappa, 'given weights', 1e-14);
  const words = ['absent', 'mild', 'moderate', 'severe'];
  const inWords = cohenKappa(
    a.map((i) => words[i]),
    b.map((i) => words[i]),
    { weights: 'linear', categories: words },
  );
  expect(inWords.kappa).toBe(linear.kappa);
});

test('a missing rating follows the policy', () => {
  const a = [0, 1, NaN, 2];
  const b = [0, 1, 1, 1];
  expect(cohenKappa(a, b)).toMatchObject({ kappa: NaN, p: NaN, reason: 'nan-input' });
  expect(cohenKappa(a, b, { nanPolicy: 'omit' })).toEqual(
    cohenKappa([0, 1, 2], [0, 1, 1], { categories: [0, 1, 2] }),
  );
  expect(() => cohenKappa(a, b, { nanPolicy: 'raise' })).toThrow(/pair 2/);
});

test('degenerate ratings say what is wrong', () => {
  expect(cohenKappa([], [])).toMatchObject({ kappa: NaN, reason: 'too-few-observations', n: 0 });
  expect(cohenKappa([1, 1], [1, 1])).toMatchObject({ kappa: NaN, reason: 'constant-input' });
  expect(cohenKappa([0, 0, 0], [0, 1, 0])).toMatchObject({
    kappa: 0,
    statistic: NaN,
    p: NaN,
    reason: 'constant-input',
  });
  expect(cohenKappa([0, 1, 2], [0, 1, 2])).toMatchObject({
    kappa: 1,
    interval: [1, 1],
    reason: 'zero-variance',
  });
});

const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
  minLength: 2,
  maxLength: 60,
});

test('kappa is the same whichever rater comes first and whatever the categories are called', () => {
  fc.assert(
    fc.property(pairs, fc.constantFrom('unweighted', 'linear', 'quadratic'), (rated, weights) => {
      const a = rated.map(([i]) => i);
      const b = rated.map(([, j]) => j);
      const categories = [0, 1, 2, 3, 4];
      const here = cohenKappa(a, b, { weights, categories });
      const swapped = cohenKappa(b, a, { weights, categories });
      const turned = cohenKappa(
        a.map((i) => 10 - 2 * i),
        b.map((i) => 10 - 2 * i),
        { weights, categories: categories.map((i) => 2 * i + 2) },
      );
      for (const other of [swapped, turned]) {
        if (Number.isNaN(here.kappa)) {
          expect(other.kappa).toBeNaN();
          continue;
        }
        expect(other.kappa).toBeCloseTo(here.kappa, 12);
        expect(other.standardError).toBeCloseTo(here.standardError, 12);
      }
      expect(here.kappa > 1 || here.kappa < -1).toBe(false);
    }),
  );
});

test('callers who err are told', () => {
  expect(() => cohenKappa([0, 1], [0])).toThrow(InvalidArgumentError);
  expect(() => cohenKappa(['a', 'b'], ['a', 'b'], { weights: 'linear' })).toThrow(/categories/);
  expect(() => cohenKappa([0.5, 1], [0, 1])).toThrow(/a\[0\]/);
  expect(() => cohenKappa([0, 1], [0, 1], { weights: [[1, 0]] })).toThrow(/2 × 2 matrix/);
  expect(() =>
    cohenKappa([0, 1], [0, 1], {
      weights: [
        [1, 0],
        [0, 0.5],
      ],
    }),
  ).toThrow(/weights\[1\]\[1\]/);
  expect(() => cohenKappaTable([[1, 2]])).toThrow(/table\[0\]/);
  expect(() => cohenKappaTable('table' as unknown as number[][])).toThrow(/square table/);
  expect(() => fleissKappa('rows' as unknown as number[][])).toThrow(/rows/);
  expect(() => cohenKappa([0, 1], [0, 1], { weights: [[1], [0, 1]] })).toThrow(/weights\[0\]/);
  expect(() =>
    cohenKappaTable([
      [1, -2],
      [0, 1],
    ]),
  ).toThrow(/table\[0\]\[1\]/);
  expect(() => cohenKappa([0], [0], { nanPolicy: 'drop' as 'omit' })).toThrow(/nanPolicy/);
});

/** Ten subjects, fourteen raters, five categories: a worked example in wide use, kappa 0.210. */
const COUNTS = [
  [0, 0, 0, 0, 14],
  [0, 2, 6, 4, 2],
  [0, 0, 3, 5, 6],
  [0, 3, 9, 2, 0],
  [2, 2, 8, 1, 1],
  [7, 7, 0, 0, 0],
  [3, 2, 6, 3, 0],
  [2, 5, 3, 2, 2],
  [6, 5, 2, 1, 0],
  [0, 2, 2, 3, 7],
];
const ratings = COUNTS.map((row) => row.flatMap((count, k) => new Array<number>(count).fill(k)));

test("Fleiss' kappa of the worked example", () => {
  const found = fleissKappa(ratings);
  expect(found.kappa.toFixed(3)).toBe('0.210');
  expect(found.observedAgreement.toFixed(3)).toBe('0.378');
  expect(found.expectedAgreement.toFixed(3)).toBe('0.213');
  expectAllClose(found.shares, [20 / 140, 28 / 140, 39 / 140, 21 / 140, 32 / 140], 'shares');
  expect(found).toMatchObject({ n: 10, raters: 14 });
});

test("the error of Fleiss' kappa is what leaving out each subject gives, nearly", () => {
  const many = Array.from({ length: 20 }, () => ratings).flat();
  const found = fleissKappa(many);
  const without = ratings.map((_, i) => fleissKappa(many.filter((_row, k) => k !== i)).kappa);
  const n = many.length;
  const squares = without.reduce((sum, kappa) => sum + 20 * (kappa - found.kappa) ** 2, 0);
  expectClose(found.standardError, Math.sqrt(((n - 1) / n) * squares), 'jackknife', 0.01);
});

test("Fleiss' kappa of degenerate ratings", () => {
  expect(fleissKappa([])).toMatchObject({ kappa: NaN, reason: 'too-few-observations' });
  expect(fleissKappa([[1], [2]])).toMatchObject({ kappa: NaN, reason: 'too-few-observations' });
  expect(
    fleissKappa([
      [1, 1],
      [1, 1],
    ]),
  ).toMatchObject({ kappa: NaN, reason: 'constant-input' });
  expect(
    fleissKappa([
      [1, 1, 1],
      [2, 2, 2],
    ]),
  ).toMatchObject({ kappa: 1, reason: 'zero-variance' });
  const missing = [
    [0, 0, 1],
    [1, NaN, 1],
    [2, 2, 2],
  ];
  expect(fleissKappa(missing)).toMatchObject({ kappa: NaN, reason: 'nan-input' });
  expect(fleissKappa(missing, { nanPolicy: 'omit' }).n).toBe(2);
  expect(() => fleissKappa(missing, { nanPolicy: 'raise' })).toThrow(/rows\[1\]/);
  expect(() => fleissKappa([[0, 1], [1]])).toThrow(InvalidArgumentError);
});

test('one subject has a kappa and a test, but no interval', () => {
  const found = fleissKappa([[0, 0, 1]]);
  expectClose(found.kappa, -0.5, 'kappa');
  expect(found).toMatchObject({ interval: [NaN, NaN], reason: 'too-few-observations', n: 1 });
  expect(found.p).toBeGreaterThan(0);
});

test('credit for disagreement is a share', () => {
  const weights = [
    [1, 2],
    [0, 1],
  ];
  expect(() => cohenKappa([0, 1], [0, 1], { weights })).toThrow(/weights\[0\]\[1\] is 2.*0 … 1/);
});
