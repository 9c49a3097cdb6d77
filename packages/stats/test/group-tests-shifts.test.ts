import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chiSquareTest,
  fisherExact,
  hodgesLehmann,
  kolmogorovSmirnovOneSample,
  kruskalWallis,
  mannWhitney,
  tTest,
  variance,
  varianceTest,
  wilcoxon,
} from '../src/index.js';
import { rankSumCounts, signedRankCounts } from '../src/group-tests/rank-sum-counts.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

const {
  data,
  wilcoxon_paired,
  mann_whitney_ties,
  kruskal_abc,
  kruskal_ties_ai_bi_pi,
  contingency,
} = reference<{
  data: Record<string, number[]>;
  wilcoxon_paired: Record<string, { W: number }>;
  mann_whitney_ties: Record<string, { U1: number }>;
  kruskal_abc: { df: number };
  kruskal_ties_ai_bi_pi: { df: number };
  contingency: { name: string; table: number[][]; chi2_yates?: { df: number } }[];
}>('tests');
const r = reference<{
  tests: {
    wilcox_exact_ab: { W: number; hodges_lehmann: number; ci95: number[] };
    signed_rank_exact: { hodges_lehmann: number; ci95: number[] };
    var_F: { F: number; p: number; ci95: number[] };
  };
}>('r').tests;
const { a, b, paired_1, paired_2 } = data;
const paired = paired_1.map((value, i) => value - paired_2[i]);

test('shift and pseudomedian with their exact intervals are R’s', () => {
  const shift = hodgesLehmann(a, b);
  expectClose(shift.estimate, r.wilcox_exact_ab.hodges_lehmann, 'shift', 1e-12);
  expectAllClose(shift.interval, r.wilcox_exact_ab.ci95, 'interval');
  expect(shift).toMatchObject({ nX: a.length, nY: b.length, level: 0.95 });
  expect(shift.method).toContain('shift, exact');
  expect(mannWhitney(a, b).statistic).toBe(r.wilcox_exact_ab.W);
  const centre = hodgesLehmann(paired);
  expectClose(centre.estimate, r.signed_rank_exact.hodges_lehmann, 'pseudomedian', 1e-12);
  expectAllClose(centre.interval, r.signed_rank_exact.ci95, 'interval');
  expect(centre).not.toHaveProperty('nY');
  // SciPy's statistic is the smaller sum of ranks.
  const { statistic, negativeRankSum } = wilcoxon(paired_1, paired_2);
  for (const { W } of Object.values(wilcoxon_paired)) {
    expect(Math.min(statistic, negativeRankSum)).toBe(W);
  }
});

const values = fc.array(
  fc.integer({ min: -40, max: 40 }).map((tenths) => tenths / 10),
  { minLength: 1, maxLength: 12 },
);

test('estimates are medians of all pairs, limits are among them and hold what the test does not reject', () => {
  fc.assert(
    fc.property(values, values, fc.constantFrom(0.8, 0.9, 0.95), (x, y, level) => {
      const sorted = (list: number[]) => list.sort((p, q) => p - q);
      const middle = (list: number[]) =>
        (list[Math.floor((list.length - 1) / 2)] + list[Math.floor(list.length / 2)]) / 2;
      const differences = sorted(x.flatMap((p) => y.map((q) => p - q)));
      const averages = sorted(x.flatMap((p, i) => x.slice(i).map((q) => p / 2 + q / 2)));
      const shift = hodgesLehmann(x, y, { level });
      const centre = hodgesLehmann(x, undefined, { level });
      expect(Math.abs(shift.estimate - middle(differences))).toBeLessThan(1e-12);
      expect(Math.abs(centre.estimate - middle(averages))).toBeLessThan(1e-12);
      for (const [found, all] of [
        [shift, differences],
        [centre, averages],
      ] as const) {
        const [low, high] = found.interval;
        if (found.reason === 'too-few-observations') {
          expect(found.interval).toEqual([-Infinity, Infinity]);
          continue;
        }
        expect(all).toContain(low);
        expect(all).toContain(high);
        expect(low).toBeLessThanOrEqual(found.estimate);
        expect(high).toBeGreaterThanOrEqual(found.estimate);
      }
      const turned = hodgesLehmann(y, x, { level });
      expect(turned.estimate).toBeCloseTo(-shift.estimate, 12);
    }),
  );
});

test('exact limits are where the exact test turns', () => {
  const [low, high] = hodgesLehmann(a, b, { level: 0.9 }).interval;
  const pAt = (shift: number) =>
    mannWhitney(
      a.map((value) => value - shift),
      b,
      { method: 'exact' },
    ).p;
  const step = 1e-9;
  expect(pAt(low - step)).toBeLessThanOrEqual(0.1);
  expect(pAt(low + step)).toBeGreaterThan(0.1);
  expect(pAt(high + step)).toBeLessThanOrEqual(0.1);
  expect(pAt(high - step)).toBeGreaterThan(0.1);
});

test('rank statistics are counted as all choices', () => {
  // All 2⁶ signs, and all choices of 3 of 7.
  const signs = new Float64Array(22);
  for (let bits = 0; bits < 64; bits++) {
    signs[[1, 2, 3, 4, 5, 6].reduce((sum, rank, i) => sum + ((bits >> i) & 1) * rank, 0)]++;
  }
  expect(signedRankCounts(6)).toEqual(signs);
  const wins = new Float64Array(13);
  for (let bits = 0; bits < 128; bits++) {
    const chosen = [0, 1, 2, 3, 4, 5, 6].filter((i) => (bits >> i) & 1);
    if (chosen.length === 3) wins[chosen.reduce((sum, i) => sum + i, 0) - 3]++;
  }
  expect(rankSumCounts(3, 4)).toEqual(wins);
});

test('a table of 400 million differences takes no memory, and asymptotic limits are near exact ones', () => {
  const n = 20_000;
  const x = Float64Array.from({ length: n }, (_, i) => (i * 7919) % n);
  const y = Float64Array.from({ length: n }, (_, i) => ((i * 104_729) % n) - 250);
  const found = hodgesLehmann(x, y);
  expect(found.estimate).toBe(250);
  expect(found.method).toContain('asymptotic');
  // SE of the shift of uniform values: n √(1/(6n)).
  const reach = 1.96 * n * Math.sqrt(1 / (6 * n));
  expect(Math.abs(found.interval[1] - 250 - reach)).toBeLessThan(0.02 * reach);
  expect(hodgesLehmann(x).estimate).toBe((n - 1) / 2);
  // At most the next difference but one.
  const all = a.flatMap((p) => b.map((q) => p - q)).sort((p, q) => p - q);
  const placeOf = (limit: number) => all.indexOf(limit);
  const exact = hodgesLehmann(a, b).interval.map(placeOf);
  const near = hodgesLehmann(a, b, { method: 'asymptotic' }).interval.map(placeOf);
  near.forEach((place, k) => expect(Math.abs(place - exact[k])).toBeLessThanOrEqual(2));
  expect(hodgesLehmann([1, 2], [3], { method: 'asymptotic' }).interval).toEqual([
    -Infinity,
    Infinity,
  ]);
});

test('variances are compared as by R', () => {
  const { F, p, ci95 } = r.var_F;
  const found = varianceTest(a, b);
  expectClose(found.ratio, F, 'F');
  expectClose(found.p, p, 'P');
  expectClose(found.logP, Math.log(p), 'ln P');
  expectAllClose(found.interval, ci95, 'interval');
  expect(found.degreesOfFreedom).toEqual([a.length - 1, b.length - 1]);
  const turned = varianceTest(b, a);
  expectClose(turned.ratio, 1 / F, 'turned', 1e-13);
  expectClose(turned.p, p, 'P turned');
  const less = varianceTest(a, b, { alternative: 'less' });
  const greater = varianceTest(a, b, { alternative: 'greater' });
  expectClose(less.p, p / 2, 'less');
  expectClose(less.p + greater.p, 1, 'both sides', 1e-13);
  expect(less.interval[0]).toBe(0);
  expect(greater.interval[1]).toBe(Infinity);
  expectClose(
    less.interval[1],
    varianceTest(a, b, { level: 0.9 }).interval[1],
    'one side of a wider one',
    1e-12,
  );
  expectClose(found.ratio, variance(a) / variance(b), 'ratio', 1e-13);
});

test('one sample against a distribution is SciPy’s kstest', () => {
  // SciPy 1.17.1: kstest(x, norm(0.2, 1.1).cdf, alternative=…)
  const normal = { mean: 0.2, standardDeviation: 1.1 };
  for (const [x, alternative, d, p, location, sign] of [
    [a, 'two-sided', 0.21583863262851388, 0.42694864367197494, 0.433806, 1],
    [b, 'two-sided', 0.31244704574726234, 0.020891194201118735, 1.378033, -1],
    [a, 'less', 0.1526603219132851, 0.45226369217427637, -0.651915, -1],
    [b, 'less', 0.31244704574726234, 0.010445599798535361, 1.378033, -1],
    [a, 'greater', 0.21583863262851388, 0.2152616437013568, 0.433806, 1],
    [b, 'greater', 0.0019825470383659782, 0.9979332554810455, 3.369018, 1],
  ] as const) {
    const found = kolmogorovSmirnovOneSample(x, normal, { alternative });
    expectClose(found.statistic, d, `D ${alternative}`);
    expectClose(found.p, p, `P ${alternative}`);
    expect(found).toMatchObject({ location, sign, n: x.length });
  }
  const uniform = (value: number) => Math.min(1, Math.max(0, value));
  expect(kolmogorovSmirnovOneSample([0.5], uniform)).toMatchObject({ statistic: 0.5, p: 1 });
  expect(kolmogorovSmirnovOneSample([2, 3], uniform, { alternative: 'greater' })).toMatchObject({
    statistic: 0,
    p: 1,
    sign: 0,
  });
});

test.each([
  [[], 'too-few-observations'],
  [[1, NaN], 'nan-input'],
] as const)('of %j there is no shift and no distance: %s', (x, reason) => {
  const nothing = { p: NaN, logP: NaN, reason };
  expect(hodgesLehmann(x)).toMatchObject({ estimate: NaN, interval: [NaN, NaN], reason });
  expect(hodgesLehmann([1, 2], x)).toMatchObject({ estimate: NaN, reason });
  expect(varianceTest(x, [1, 2])).toMatchObject({ ...nothing, interval: [NaN, NaN] });
  expect(varianceTest([1, 2], x).reason).toBe(reason);
  const normal = { mean: 0, standardDeviation: 1 };
  expect(kolmogorovSmirnovOneSample(x, normal)).toMatchObject({ ...nothing, statistic: NaN });
});

test('samples without a spread have no ratio; impossible requests are refused', () => {
  expect(varianceTest([1, 1], [1, 2]).reason).toBe('constant-input');
  expect(varianceTest([1, 2], [3]).reason).toBe('too-few-observations');
  expect(hodgesLehmann([1, NaN, 3], undefined, { nanPolicy: 'omit' }).estimate).toBe(2);
  expect(() => hodgesLehmann([1, Infinity])).toThrow('x[1]');
  expect(() => hodgesLehmann([1, 2], [-Infinity])).toThrow('y[0]');
  expect(() => hodgesLehmann([1], [2], { method: 'bootstrap' as 'exact' })).toThrow('method');
  const refused = (distribution: unknown, part: string) => {
    const call = () => kolmogorovSmirnovOneSample([1, 2], distribution as never);
    expect(call).toThrow(InvalidArgumentError);
    expect(call).toThrow(part);
  };
  refused('normal', 'distribution is "normal"');
  refused(null, 'distribution');
  refused({ mean: NaN, standardDeviation: 1 }, 'distribution.mean');
  refused({ mean: 0, standardDeviation: 0 }, 'distribution.standardDeviation');
  refused(() => 2, 'distribution(1)');
  refused(() => 'half', 'distribution(1)');
});

test('what else the tables hold of tests of groups', () => {
  expect(mannWhitney(data['a_int_ties'], data['b_int_ties']).statistic).toBe(
    mann_whitney_ties['asymptotic_no_cc'].U1,
  );
  expect(kruskalWallis([a, b, data['c']]).degreesOfFreedom).toBe(kruskal_abc.df);
  const integers = [data['a_int_ties'], data['b_int_ties'], data['paired_int_1']];
  expect(kruskalWallis(integers).degreesOfFreedom).toBe(kruskal_ties_ai_bi_pi.df);
  for (const { table, chi2_yates } of contingency) {
    if (chi2_yates === undefined) continue;
    expect(chiSquareTest(table, { continuityCorrection: true }).degreesOfFreedom).toBe(
      chi2_yates.df,
    );
  }
  // An empty margin: SciPy and R have P = 1, our rule a reason.
  const empty = contingency.find(({ name }) => name === 'zero_margin')!;
  expect(fisherExact(empty.table)).toMatchObject({ p: NaN, reason: 'zero-margin' });
  // A single value in one of two samples says nothing about the spread, the other does.
  const t = tTest([4], [1, 2, 3], { equalVariance: true });
  expect(t.degreesOfFreedom).toBe(2);
  expectClose(t.statistic, 2 / Math.sqrt(4 / 3), 't', 1e-14);
});
