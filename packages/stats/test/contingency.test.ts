import { expect, test } from 'vitest';
import { chiSquareTest, cramersV, gTest } from '../src/contingency/chi-square-test.js';
import { chiSquareGoodnessOfFit } from '../src/contingency/goodness-of-fit.js';
import { expectClose, reference } from './support/reference.js';

interface Case {
  name: string;
  table: number[][];
  chi2_yates?: { chi2: number; df: number; p: number };
  chi2?: { chi2: number; df: number; p: number };
  g_test?: { G: number; p: number };
  cramers_v?: number;
}
const tests = reference<{
  contingency: Case[];
  chisquare_gof_18_22_30_10: { chi2: number; p: number };
}>('tests');
const { sums } = reference<{
  sums: {
    table: number[][];
    chi2: number;
    chi2_p: number;
    chi2_log_p: number;
    g: number;
    g_p: number;
    g_log_p: number;
    v: number;
  }[];
}>('contingency');

test('χ², G and V equal SciPy', () => {
  expect(tests.contingency).toHaveLength(7);
  for (const { name, table, chi2_yates, chi2, g_test, cramers_v } of tests.contingency) {
    const plain = chiSquareTest(table, { continuityCorrection: false });
    if (chi2 === undefined) {
      expect(plain, name).toMatchObject({ statistic: NaN, p: NaN, reason: 'zero-margin' });
      expect(gTest(table).p).toBeNaN();
      expect(cramersV(table)).toBeNaN();
      continue;
    }
    // SciPy subtracts 100 050.01… from 100 050 and keeps ten digits of χ², five of G; the next test has the right ones.
    const [ofSquares, ofG] = name === 'big' ? [1e-9, 1e-5] : [1e-10, 1e-10];
    expectClose(plain.statistic, chi2.chi2, name, ofSquares);
    expect(plain.degreesOfFreedom).toBe(chi2.df);
    expectClose(plain.p, chi2.p, name);
    if (g_test) {
      expectClose(gTest(table).statistic, g_test.G, name, ofG);
      expectClose(gTest(table).p, g_test.p, name, name === 'big' ? 1e-8 : 1e-10);
    }
    if (cramers_v !== undefined) expectClose(cramersV(table), cramers_v, name, ofSquares);
    if (chi2_yates) {
      expectClose(chiSquareTest(table).statistic, chi2_yates.chi2, name);
      expectClose(chiSquareTest(table).p, chi2_yates.p, name);
    }
  }
});

test('χ², G, P and ln P equal 60-digit values, also where counts of 1e9 nearly agree', () => {
  expect(sums.length).toBeGreaterThan(12);
  for (const { table, ...expected } of sums) {
    const what = JSON.stringify(table);
    const chi2 = chiSquareTest(table, { continuityCorrection: false });
    const g = gTest(table);
    expectClose(chi2.statistic, expected.chi2, `χ² of ${what}`, 1e-13);
    expectClose(g.statistic, expected.g, `G of ${what}`, 1e-13);
    expectClose(chi2.cramersV, expected.v, `V of ${what}`, 1e-13);
    expectClose(chi2.logP, expected.chi2_log_p, `ln P of ${what}`);
    expectClose(g.logP, expected.g_log_p, `ln P of G of ${what}`);
    if (expected.chi2_p > 1e-300) expectClose(chi2.p, expected.chi2_p, `P of ${what}`);
    if (expected.g_p > 1e-300) expectClose(g.p, expected.g_p, `P of G of ${what}`);
  }
});

test('goodness of fit equals SciPy', () => {
  const { chi2, p } = tests.chisquare_gof_18_22_30_10;
  const counts = [18, 22, 30, 10];
  const found = chiSquareGoodnessOfFit(counts);
  expectClose(found.statistic, chi2, 'χ²', 1e-15);
  expectClose(found.p, p, 'P');
  expectClose(found.logP, Math.log(p), 'ln P');
  expect(found).toMatchObject({ n: 80, degreesOfFreedom: 3, expected: [20, 20, 20, 20] });
  expect(found.expectedBelowFive).toBe(0);
  const stated = chiSquareGoodnessOfFit(counts, { probabilities: [0.25, 0.25, 0.25, 0.25] });
  expectClose(stated.statistic, chi2, 'the same probabilities stated', 1e-15);
  // scipy.stats.chisquare([3, 5, 2], [2.5, 5, 2.5], ddof=1)
  const estimated = chiSquareGoodnessOfFit(new Uint8Array([3, 5, 2]), {
    probabilities: Float64Array.of(0.25, 0.5, 0.25),
    estimatedParameters: 1,
  });
  expectClose(estimated.statistic, 0.2, 'χ²', 1e-15);
  expectClose(estimated.p, 0.6547208460185769, 'P');
  expect(estimated).toMatchObject({ degreesOfFreedom: 1, expectedBelowFive: 2 });
});

test('Mendel’s peas: 315, 108, 101 and 32 of 9 : 3 : 3 : 1', () => {
  const probabilities = [9 / 16, 3 / 16, 3 / 16, 1 / 16];
  const { statistic, p } = chiSquareGoodnessOfFit([315, 108, 101, 32], { probabilities });
  expect(statistic.toFixed(2)).toBe('0.47');
  expect(p.toFixed(3)).toBe('0.925');
  const printed = chiSquareGoodnessOfFit([10, 10, 10], {
    probabilities: [0.3333333, 0.3333333, 0.3333333],
  });
  expect(printed.statistic).toBeLessThan(1e-30);
  expect(printed.p).toBeCloseTo(1, 14);
});

test('no counts have no P', () => {
  expect(chiSquareGoodnessOfFit([0, 0, 0])).toMatchObject({
    statistic: NaN,
    p: NaN,
    logP: NaN,
    reason: 'too-few-observations',
  });
  const empty = [
    [0, 0],
    [0, 0],
  ];
  expect(chiSquareTest(empty)).toMatchObject({ p: NaN, reason: 'too-few-observations' });
});

test.each<[string, () => unknown, string]>([
  ['one row', () => chiSquareTest([[1, 2]]), 'table'],
  ['one column', () => chiSquareTest([[1], [2]]), 'table'],
  ['a ragged table', () => chiSquareTest([[1, 2], [3]]), 'table[1] is'],
  ['rows that are none', () => chiSquareTest([1, 2] as never), 'table'],
  ['a text', () => chiSquareTest('12' as never), 'table'],
  [
    'a negative count',
    () =>
      gTest([
        [1, 2],
        [3, -4],
      ]),
    'table[1][1] is -4',
  ],
  [
    'half a count',
    () =>
      cramersV([
        [1, 2],
        [3.5, 4],
      ]),
    'table[1][0] is 3.5',
  ],
  ['one category', () => chiSquareGoodnessOfFit([5]), 'counts'],
  ['no array', () => chiSquareGoodnessOfFit(5 as never), 'counts is 5'],
  ['null', () => chiSquareGoodnessOfFit(null as never), 'counts'],
  ['half of a count', () => chiSquareGoodnessOfFit([1, 0.5]), 'counts[1] is 0.5'],
  [
    'too many parameters',
    () => chiSquareGoodnessOfFit([1, 2], { estimatedParameters: 1 }),
    'at most 0',
  ],
  [
    'too few probabilities',
    () => chiSquareGoodnessOfFit([1, 2], { probabilities: [1] }),
    'an array of 2',
  ],
  [
    'a number',
    () => chiSquareGoodnessOfFit([1, 2], { probabilities: 1 as never }),
    'an array of 2',
  ],
  [
    'null as probabilities',
    () => chiSquareGoodnessOfFit([1, 2], { probabilities: null as never }),
    'array',
  ],
  [
    'what cannot occur',
    () => chiSquareGoodnessOfFit([1, 2], { probabilities: [0, 1] }),
    '[0] is 0',
  ],
  [
    'a text as one',
    () => chiSquareGoodnessOfFit([1, 2], { probabilities: ['1', 1] as never }),
    '[0] is',
  ],
  ['more than all', () => chiSquareGoodnessOfFit([1, 2], { probabilities: [0.5, 0.6] }), 'sum 1.1'],
  [
    'an unknown option',
    () => chiSquareGoodnessOfFit([1, 2], { p: 1 } as never),
    'only probabilities',
  ],
])('%s: refused', (_name, call, message) => {
  expect(call).toThrow(message);
});
