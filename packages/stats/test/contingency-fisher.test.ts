import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conditionalCell, logProbability } from '../src/contingency/conditional-cell.js';
import { fisherExact } from '../src/contingency/fisher-exact.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

const { exact, two_by_two: twoByTwo } = reference<{
  exact: { table: number[][]; p: number; log_p: number }[];
  two_by_two: { table: number[][]; conditional90: [number, number, number] }[];
}>('contingency');
const { contingency } = reference<{
  contingency: {
    name: string;
    table: number[][];
    fisher?: Record<'two-sided' | 'less' | 'greater' | 'sample_odds_ratio', number>;
  }[];
}>('tests');
const inR = reference<{
  tests: {
    contingency: Record<
      string,
      {
        fisher?: { p: number; conditional_mle_or: number; ci95: [number, number] };
        fisher_freeman_halton_p?: number;
      }
    >;
  };
}>('r').tests.contingency;

test("Fisher's test equals SciPy, and R in its odds ratio and interval", () => {
  let compared = 0;
  for (const { name, table, fisher } of contingency) {
    if (fisher === undefined) continue;
    const found = fisherExact(table);
    if (name === 'zero_margin') {
      // Both say P = 1; the rule here is NaN with the reason.
      expect(found).toMatchObject({ p: NaN, interval: [NaN, NaN], reason: 'zero-margin' });
      continue;
    }
    expectClose(found.p, fisher['two-sided'], name);
    expectClose(found.logP, Math.log(fisher['two-sided']), name);
    expectClose(fisherExact(table, { alternative: 'less' }).p, fisher.less, `${name} less`);
    const greater = fisherExact(table, { alternative: 'greater' });
    expectClose(greater.p, fisher.greater, `${name} greater`);
    expectClose(found.sampleOddsRatio, fisher.sample_odds_ratio, `${name} odds ratio`);
    const r = inR[name].fisher!;
    expectClose(found.p, r.p, `${name} in R`);
    // R's uniroot stops within 1.2e-4 of the odds ratio or, where that is above 1, of its inverse. SciPy's values are below.
    for (const [own, of] of [
      [found.conditionalOddsRatio, r.conditional_mle_or],
      [found.interval[0], r.ci95[0]],
      [found.interval[1], r.ci95[1]],
    ]) {
      const [small, expected] = own > 1 ? [1 / own, 1 / of] : [own, of];
      expect(Math.abs(small - expected), `${name} in R: ${own}, ${of}`).toBeLessThan(1.3e-4);
    }
    compared++;
  }
  expect(compared).toBe(5);
});

test('larger tables equal R', () => {
  const { table } = contingency.find(({ name }) => name === 'r3c3')!;
  const found = fisherExact(table);
  expectClose(found.p, inR['r3c3'].fisher_freeman_halton_p!, 'r3c3', 1e-13);
  expect(found).toMatchObject({ n: 61, sampleOddsRatio: NaN, reason: 'not-two-by-two' });
  expect(found.method).toContain('Freeman');
});

test('P equals that of all tables counted in whole numbers', () => {
  expect(exact.length).toBeGreaterThan(50);
  for (const { table, p, log_p } of exact) {
    const what = JSON.stringify(table);
    const found = fisherExact(table);
    expectClose(found.p, p, what, 1e-12);
    if (log_p === 0) expect(Math.abs(found.logP)).toBeLessThan(1e-13);
    else expectClose(found.logP, log_p, what, 1e-12);
  }
});

test('the conditional odds ratio and its exact interval equal SciPy', () => {
  // SciPy 1.17.1, scipy.stats.contingency.odds_ratio(kind='conditional')
  const known: [number[], number, number, number][] = [
    [[24, 14, 6, 6], 1.6953398806191482, 0.37326070652292115, 7.766307211521898],
    [[1, 9, 11, 3], 0.037209084832381056, 0.0006360029488741693, 0.4258664756963734],
    [[0, 5, 7, 3], 0, 0, 0.8791633559623167],
    [[5, 0, 3, 7], Infinity, 1 / 0.8791633559623167, Infinity],
    [[5, 5, 5, 5], 1, 0.12591482400346682, 7.941876644901064],
    [[500, 10, 20, 480], 1161.7812129166346, 529.6038144694646, 2836.7135344777043],
  ];
  for (const [[a, b, c, d], estimate, lower, upper] of known) {
    const found = fisherExact([
      [a, b],
      [c, d],
    ]);
    expectClose(found.conditionalOddsRatio, estimate, 'estimate');
    expectClose(found.interval[0], lower, 'lower');
    expectClose(found.interval[1], upper, 'upper');
  }
  for (const { table, conditional90 } of twoByTwo) {
    const found = fisherExact(table, { level: 0.9 });
    const own = [found.conditionalOddsRatio, ...found.interval];
    own.forEach((value, i) =>
      expectClose(value, conditional90[i], `${JSON.stringify(table)} ${i}`),
    );
  }
});

test('one-sided intervals go to 0 or infinity', () => {
  const table = [
    [24, 14],
    [6, 6],
  ];
  const two = fisherExact(table, { level: 0.9 }).interval;
  const less = fisherExact(table, { alternative: 'less' }).interval;
  const greater = fisherExact(table, { alternative: 'greater' }).interval;
  expectAllClose(less, [0, two[1]], 'less');
  expectAllClose(greater, [two[0], Infinity], 'greater');
});

test('tails far beyond what a double holds keep their logarithm', () => {
  // ln of 2/C(4000, 2000), by whole numbers
  const found = fisherExact([
    [2000, 0],
    [0, 2000],
  ]);
  expectClose(found.logP, -2767.522696386526, 'ln P', 1e-14);
  expect(found.p).toBe(0);
  // Probabilities of one cell sum to 1, also in parts that were added from far outside.
  const cell = conditionalCell(900, 40, 2000);
  let sum = 0;
  for (let k = cell.least; k <= cell.most; k++) sum += Math.exp(logProbability(cell, k));
  expectClose(sum, 1, 'sum', 1e-13);
});

test('a million counts take no time, a billion billion are refused', () => {
  const found = fisherExact([
    [1_000_500, 1_000_000],
    [1_000_000, 1_000_000],
  ]);
  expect(found.p).toBeGreaterThan(0.7);
  expect(found.interval[0]).toBeLessThan(found.conditionalOddsRatio);
  const many = 1e15;
  expect(() =>
    fisherExact([
      [many, many],
      [many, many],
    ]),
  ).toThrow('chiSquareTest');
});

test('work on larger tables is bounded', () => {
  const wide = Array.from({ length: 6 }, (_, i) => [30 + i, 41 - i, 25, 33 + 2 * i]);
  expect(() => fisherExact(wide)).toThrow('chiSquareTest');
  const long = Array.from({ length: 20 }, (_, i) =>
    Array.from({ length: 20 }, (__, j) => 5 + ((i * j) % 4)),
  );
  expect(() => fisherExact(long)).toThrow('merge rows or columns');
  // Few nodes but too many ways
  const ways = [
    [20, 15, 12],
    [11, 17, 14],
    [9, 10, 12],
    [8, 14, 3],
    [5, 9, 11],
    [12, 9, 4],
  ];
  expect(() => fisherExact(ways)).toThrow('chiSquareTest');
});

test('where all tables are as likely P is 1, however many they are', () => {
  const own = Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? [1, 0] : [0, 1]));
  expect(fisherExact(own)).toMatchObject({ p: 1, logP: 0 });
});

test('what is no table is refused, and empty tables have no P', () => {
  const empty = [
    [0, 0],
    [0, 0],
  ];
  expect(fisherExact(empty)).toMatchObject({ p: NaN, reason: 'too-few-observations' });
  const gap = [
    [1, 2, 0],
    [3, 4, 0],
  ];
  expect(fisherExact(gap)).toMatchObject({ p: NaN, logP: NaN, reason: 'zero-margin' });
  const large = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  expect(() => fisherExact(large, { alternative: 'less' })).toThrow("'two-sided'");
  const identity = [
    [1, 0],
    [0, 1],
  ];
  expect(fisherExact(identity).p).toBe(1);
  expect(fisherExact(identity).interval.map((x) => x > 0)).toEqual([true, true]);
});

const counts = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 });

test('P does not depend on the order of rows and columns, nor on which is which', () => {
  fc.assert(
    fc.property(fc.array(counts, { minLength: 2, maxLength: 4 }), (table) => {
      const { p } = fisherExact(table);
      const turned = table[0].map((_, j) => table.map((row) => row[j]).reverse());
      const other = fisherExact(turned).p;
      if (Number.isNaN(p)) expect(other).toBeNaN();
      else {
        expectClose(other, p, 'transposed', 1e-12);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('the interval holds the estimate, and 1 exactly when neither tail is below 2.5 %', () => {
  const cells = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(cells, ([a, b, c, d]) => {
      const table = [
        [a, b],
        [c, d],
      ];
      const { conditionalOddsRatio: estimate, interval, reason } = fisherExact(table);
      if (reason !== undefined) return;
      expect(interval[0]).toBeLessThanOrEqual(estimate);
      expect(interval[1]).toBeGreaterThanOrEqual(estimate);
      const less = fisherExact(table, { alternative: 'less' }).p;
      const greater = fisherExact(table, { alternative: 'greater' }).p;
      expect(interval[0] < 1 && interval[1] > 1).toBe(less > 0.025 && greater > 0.025);
    }),
  );
});
