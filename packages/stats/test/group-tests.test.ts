import { describe, expect, test } from 'vitest';
import { anova, welchAnova } from '../src/group-tests/anova.js';
import { bartlett, fligner, levene } from '../src/group-tests/equal-variances.js';
import { cohensD, hedgesG } from '../src/group-tests/effect-size.js';
import { friedman } from '../src/group-tests/friedman.js';
import { kruskalWallis } from '../src/group-tests/kruskal-wallis.js';
import { mannWhitney } from '../src/group-tests/mann-whitney.js';
import { tTestOneSample, tTestPaired } from '../src/group-tests/t-one-sample.js';
import { tTest, welchTest } from '../src/group-tests/t-two-sample.js';
import { wilcoxon } from '../src/group-tests/wilcoxon.js';
import { expectClose, reference } from './support/reference.js';

interface T {
  t: number;
  df: number;
  p: number;
  ci95: [number, number];
}
interface P {
  p: number;
}
const tests = reference<{
  data: Record<string, number[]>;
  't_one_sample_a_mu0.25': T;
  t_student_ab: T;
  t_welch_ab: T;
  t_paired: T;
  t_welch_ab_less: T;
  t_welch_ab_greater: T;
  mann_whitney_ab: Record<string, P & { U1: number }>;
  mann_whitney_ties: Record<string, P & { U1: number }>;
  wilcoxon_paired: Record<string, P & { W: number }>;
  wilcoxon_ties_zeros: Record<string, P & { W: number }>;
  kruskal_abc: P & { H: number; df: number };
  kruskal_ties_ai_bi_pi: P & { H: number; df: number };
  anova_abc: P & { F: number; df: number[] };
  welch_anova_abc: P & { F: number };
  friedman_paired1_paired2_a14: P & { chi2: number };
  levene_mean_abc: P & { W: number };
  levene_median_abc: P & { W: number };
  levene_trimmed_abc: P & { W: number };
  bartlett_abc: P & { chi2: number };
  fligner_abc: P & { chi2: number };
  cohen_d_ab: number;
  hedges_g_ab_exact_gamma: number;
  smd_ab_unpooled_equal_weight: number;
}>('tests');
const r = reference<{
  tests: {
    welch: T;
    wilcox_exact_ab: P & { W: number };
    wilcox_cc_ab: number;
    wilcox_ties_asymptotic_cc: number;
    wilcox_ties_exact_permutation: number;
    signed_rank_ties_exact_zeros_dropped: P & { V: number };
    signed_rank_exact: P & { V: number };
    kruskal: number;
    anova: number;
    welch_anova: P & { F: number; df: number[] };
    levene_median: number;
    levene_mean: number;
    bartlett: number;
  };
}>('r').tests;
const { a, b, c, a_int_ties: ai, b_int_ties: bi, paired_1: p1, paired_2: p2 } = tests.data;
const { paired_int_1: pi1, paired_int_2: pi2 } = tests.data;
const abc = [a, b, c];

describe('t tests equal SciPy and R', () => {
  test.each([
    ['one sample', tTestOneSample(a, { mean: 0.25 }), tests['t_one_sample_a_mu0.25'], 0.25],
    ['Student', tTest(a, b, { equalVariance: true }), tests.t_student_ab, 0],
    ['Welch', welchTest(a, b), tests.t_welch_ab, 0],
    ['Welch in R', tTest(a, b), r.welch, 0],
    ['paired', tTestPaired(p1, p2), tests.t_paired, 0],
    ['less', welchTest(a, b, { alternative: 'less' }), tests.t_welch_ab_less, 0],
    ['greater', tTest(a, b, { alternative: 'greater' }), tests.t_welch_ab_greater, 0],
  ] as const)('%s', (_, found, target, shift) => {
    expectClose(found.statistic, target.t, 't');
    expectClose(found.degreesOfFreedom, target.df, 'df');
    expectClose(found.p, target.p, 'P');
    expectClose(found.logP, Math.log(target.p), 'ln P');
    // The references give the interval of the mean, ours is of its difference from the hypothesis.
    found.interval.forEach((limit, i) => expectClose(limit + shift, target.ci95[i], 'limit'));
  });
});

describe('rank tests equal SciPy and R', () => {
  test.each([
    ['exact', { method: 'exact' }],
    ['asymptotic_cc', { method: 'asymptotic' }],
    ['asymptotic_no_cc', { method: 'asymptotic', continuityCorrection: false }],
    ['exact_less', { method: 'exact', alternative: 'less' }],
    ['exact_greater', { method: 'exact', alternative: 'greater' }],
  ] as const)('Mann–Whitney %s', (name, options) => {
    const found = mannWhitney(a, b, options);
    expect(found.statistic).toBe(tests.mann_whitney_ab[name].U1);
    expectClose(found.p, tests.mann_whitney_ab[name].p, name);
    const turned = mannWhitney(b, a, options);
    if (!('alternative' in options)) expectClose(turned.p, found.p, 'turned', 1e-13);
  });

  test('Mann–Whitney with ties', () => {
    const { asymptotic_cc, asymptotic_no_cc } = tests.mann_whitney_ties;
    const found = mannWhitney(ai, bi);
    expect(found.statistic).toBe(asymptotic_cc.U1);
    expect(found.method).toContain('normal approximation corrected for ties');
    expectClose(found.p, asymptotic_cc.p, 'with continuity correction');
    expectClose(found.p, r.wilcox_ties_asymptotic_cc, 'R');
    expectClose(
      mannWhitney(ai, bi, { continuityCorrection: false }).p,
      asymptotic_no_cc.p,
      'without',
    );
    const exact = mannWhitney(ai, bi, { method: 'exact' });
    expectClose(exact.p, r.wilcox_ties_exact_permutation, 'permutations of mid-ranks');
    expectClose(mannWhitney(a, b).p, r.wilcox_exact_ab.p, 'auto is exact');
    expectClose(mannWhitney(a, b, { method: 'asymptotic' }).p, r.wilcox_cc_ab, 'R, corrected');
  });

  test('Wilcoxon', () => {
    const { exact, approx_cc, approx } = tests.wilcoxon_paired;
    const found = wilcoxon(p1, p2);
    expect(found.statistic).toBe(r.signed_rank_exact.V);
    expect(Math.min(found.statistic, found.negativeRankSum)).toBe(exact.W);
    expectClose(found.p, exact.p, 'exact');
    expectClose(found.p, r.signed_rank_exact.p, 'R');
    const plain = { method: 'asymptotic', continuityCorrection: false } as const;
    expectClose(wilcoxon(p1, p2, { method: 'asymptotic' }).p, approx_cc.p, 'corrected');
    expectClose(wilcoxon(p1, p2, plain).p, approx.p, 'plain');
    for (const zeroMethod of ['wilcox', 'pratt', 'zsplit'] as const) {
      const one = wilcoxon(pi1, pi2, { ...plain, zeroMethod });
      const target = tests.wilcoxon_ties_zeros[zeroMethod];
      expect(Math.min(one.statistic, one.negativeRankSum), zeroMethod).toBe(target.W);
      expectClose(one.p, target.p, zeroMethod);
    }
    const dropped = wilcoxon(pi1, pi2, { method: 'exact' });
    const { V, p } = r.signed_rank_ties_exact_zeros_dropped;
    expect(dropped.statistic).toBe(V);
    expectClose(dropped.p, p, 'exact with ties');
  });

  test('Kruskal–Wallis and Friedman', () => {
    const plain = kruskalWallis(abc);
    expectClose(plain.statistic, tests.kruskal_abc.H, 'H');
    expectClose(plain.p, tests.kruskal_abc.p, 'P');
    expectClose(plain.p, r.kruskal, 'R');
    const tied = kruskalWallis([ai, bi, pi1]);
    expectClose(tied.statistic, tests.kruskal_ties_ai_bi_pi.H, 'H with ties');
    expectClose(tied.p, tests.kruskal_ties_ai_bi_pi.p, 'P with ties');
    const rows = p1.map((value, i) => [value, p2[i], a[i]]);
    const { chi2, p } = tests.friedman_paired1_paired2_a14;
    expectClose(friedman(rows).statistic, chi2, 'Friedman');
    expectClose(friedman(rows).p, p, "Friedman's P");
  });
});

test('analyses of variance and tests of equal variances equal SciPy and R', () => {
  const check = (
    found: { statistic: number; p: number },
    statistic: number,
    ...ps: number[]
  ): void => {
    expectClose(found.statistic, statistic, 'statistic');
    for (const p of ps) expectClose(found.p, p, 'P');
  };
  expect(anova(abc).degreesOfFreedom).toEqual(tests.anova_abc.df);
  check(anova(abc), tests.anova_abc.F, tests.anova_abc.p, r.anova);
  const welch = welchAnova(abc);
  check(welch, tests.welch_anova_abc.F, tests.welch_anova_abc.p, r.welch_anova.p);
  expectClose(welch.degreesOfFreedom[1], r.welch_anova.df[1], 'df');
  const mean = levene(abc, { center: 'mean' });
  check(mean, tests.levene_mean_abc.W, tests.levene_mean_abc.p, r.levene_mean);
  check(levene(abc), tests.levene_median_abc.W, tests.levene_median_abc.p, r.levene_median);
  const trimmed = levene(abc, { center: 'trimmed' });
  check(trimmed, tests.levene_trimmed_abc.W, tests.levene_trimmed_abc.p);
  check(bartlett(abc), tests.bartlett_abc.chi2, tests.bartlett_abc.p, r.bartlett);
  check(fligner(abc), tests.fligner_abc.chi2, tests.fligner_abc.p);
});

test('effect sizes', () => {
  expectClose(cohensD(a, b).estimate, tests.cohen_d_ab, 'd');
  expectClose(hedgesG(a, b).estimate, tests.hedges_g_ab_exact_gamma, 'g');
  const average = cohensD(a, b, { unit: 'average' });
  expectClose(average.estimate, tests.smd_ab_unpooled_equal_weight, 'SMD');
  expect(average).toMatchObject({ interval: [NaN, NaN], reason: 'no-known-distribution' });
  // An interval that just touches 0 belongs to a t test that is just significant at the same level.
  const { p } = tTest(a, b, { equalVariance: true });
  const { interval } = cohensD(a, b, { level: 1 - p });
  expect(Math.abs(interval[1])).toBeLessThan(1e-9);
  expect(interval[0]).toBeLessThan(average.estimate);
  expect(cohensD([1, 1], [1, 1]).reason).toBe('constant-input');
  expect(cohensD([1], [1, 2]).reason).toBe('too-few-observations');
  expect(hedgesG([1, NaN], [1, 2]).reason).toBe('nan-input');
});
