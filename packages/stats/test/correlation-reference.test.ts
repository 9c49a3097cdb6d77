import { expect, test } from 'vitest';
import { type Alternative, pearson, spearman } from '../src/index.js';
import { countArrangements } from '../src/correlation/arrangements.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface TTest {
  t: number;
  df: number;
  p_two_sided: number;
  p_two_sided_log: number;
  /** Not in the table for a perfect correlation. */
  p_less?: number;
  p_greater?: number;
}
interface Case {
  name: string;
  n: number;
  x: number[];
  y: number[];
  pearson: TTest & {
    r: number;
    one_minus_abs_r: number;
    ci95_fisher?: number[];
    ci99_fisher?: number[];
  };
  spearman: {
    rho: number;
    sum_d2: number;
    t_approximation: TTest;
    ci95?: Record<'fisher_z' | 'fieller' | 'bonett_wright' | 'caruso_cliff', number[]> | null;
    exact_permutation?: {
      p_greater: number;
      p_less: number;
      p_two_sided_symmetric: number;
      p_two_sided_doubled: number;
    };
  };
}
interface OfR {
  spearman_default: { rho: number; S: number; p: number };
  spearman_default_less: number;
  spearman_default_greater: number;
  spearman_t: number;
  pearson: { r: number; p: number; ci95: number[] };
}
const { cases } = reference<{ cases: Case[] }>('correlation');
const ofR = reference<{ correlation: Record<string, OfR> }>('r').correlation;

test.each(cases)("Pearson's r of $name equals 50-digit arithmetic", (known) => {
  const { x, y, n } = known;
  const found = pearson(x, y);
  const { r, t, df, one_minus_abs_r, ci95_fisher, ci99_fisher } = known.pearson;
  expectClose(found.coefficient, r, 'r');
  expectClose(found.statistic, t, 't');
  expect(found.degreesOfFreedom).toBe(df);
  expect(found.n).toBe(n);
  expect(found.reason).toBe(Math.abs(r) === 1 ? 'boundary-estimate' : undefined);
  expect(found.method).toContain('Pearson');
  expectP((alternative) => pearson(x, y, { alternative }), known.pearson);
  // 1 − r² = ν/(ν + t²): t keeps the distance from ±1 that r itself has lost.
  const share = df / (df + found.statistic ** 2);
  expectClose(share / (1 + Math.abs(found.coefficient)), one_minus_abs_r, '1 − |r|');
  if (ci95_fisher) expectAllClose(found.interval, ci95_fisher, 'interval 95 %');
  if (ci99_fisher) {
    expectAllClose(pearson(x, y, { level: 0.99 }).interval, ci99_fisher, 'interval 99 %');
  }
});

/** Where R has lost digits: see the notes beside the tables. */
const LOST_BY_R: Record<string, number> = {
  n30_large_offset_1e12: 2e-9,
  'n25_tiny_1e-160': 2e-4,
  n300_near_perfect: 1e-9,
};

test.each(cases)("Pearson's r of $name equals R's", ({ name, x, y }) => {
  const { r, p, ci95 } = ofR[name].pearson;
  const found = pearson(x, y);
  if (Number.isNaN(r)) {
    expect(name).toBe('n25_huge_1e160');
    return;
  }
  const tolerance = LOST_BY_R[name];
  expectClose(found.coefficient, r, 'r', tolerance);
  expectClose(found.p, p, 'P', tolerance);
  ci95.forEach((limit, i) => expectClose(found.interval[i], limit, `limit ${i}`, tolerance));
});

test.each(cases)("Spearman's rho of $name equals 50-digit arithmetic", (known) => {
  const { x, y } = known;
  const { rho, sum_d2, t_approximation, ci95 } = known.spearman;
  const found = spearman(x, y);
  expect(Math.abs(found.coefficient - rho)).toBeLessThanOrEqual(1e-15);
  expectClose(found.statistic, t_approximation.t, 't');
  expect(found.degreesOfFreedom).toBe(t_approximation.df ?? found.degreesOfFreedom);
  expectClose(found.sumOfSquaredDifferences, sum_d2, 'Σd²', 1e-15);
  expect(found.method).toContain("Student's t");
  expectP((alternative) => spearman(x, y, { alternative }), t_approximation);
  for (const [kind, key] of [
    ['bonett-wright', 'bonett_wright'],
    ['fieller', 'fieller'],
    ['caruso-cliff', 'caruso_cliff'],
    ['fisher', 'fisher_z'],
  ] as const) {
    const { interval, p } = spearman(x, y, { interval: kind });
    if (ci95) expectAllClose(interval, ci95[key], `interval by ${kind}`);
    expect(p).toBe(found.p);
  }
  expect(found.interval).toEqual(spearman(x, y, { interval: 'bonett-wright' }).interval);
});

const enumerated = cases.filter((known) => known.spearman.exact_permutation);

test('twelve pairs are the most that were enumerated', () => {
  expect(enumerated.map(({ n }) => n)).toEqual([12, 3, 4, 5, 8, 9, 10, 11]);
});

test.each(enumerated)('exact P of $name equals the enumeration of all permutations', (known) => {
  const { x, y } = known;
  const exact = known.spearman.exact_permutation!;
  const p = (alternative: Alternative) => spearman(x, y, { method: 'exact', alternative });
  expectClose(p('two-sided').p, exact.p_two_sided_symmetric, 'two-sided', 1e-14);
  expectClose(p('less').p, exact.p_less, 'less', 1e-14);
  expectClose(p('greater').p, exact.p_greater, 'greater', 1e-14);
  const twiceTheSmaller = 2 * Math.min(p('less').p, p('greater').p);
  expectClose(Math.min(1, twiceTheSmaller), exact.p_two_sided_doubled, 'doubled', 1e-14);
  expect(p('two-sided').method).toContain('exact P from all orders of the ranks');
  expectClose(p('less').logP, Math.log(exact.p_less), 'ln P');
});

test.each(cases)("P of $name by the method 'edgeworth' is R's default", ({ name, x, y }) => {
  const known = ofR[name];
  const found = spearman(x, y, { method: 'edgeworth' });
  expectClose(found.coefficient, known.spearman_default.rho, 'rho');
  expectClose(found.p, known.spearman_default.p, 'two-sided');
  const less = spearman(x, y, { method: 'edgeworth', alternative: 'less' });
  const greater = spearman(x, y, { method: 'edgeworth', alternative: 'greater' });
  expectClose(less.p, known.spearman_default_less, 'less');
  expectClose(greater.p, known.spearman_default_greater, 'greater');
  expectClose(spearman(x, y).p, known.spearman_t, 't');
  const tied = new Set(x).size < x.length || new Set(y).size < y.length;
  // With ties R's S is not Σd² but what ρ makes of it.
  const { sumOfSquaredDifferences: sum, coefficient: rho, n } = found;
  const s = tied ? ((n ** 3 - n) * (1 - rho)) / 6 : sum;
  expect(Math.abs(s - known.spearman_default.S)).toBeLessThan(1e-14 * n ** 3);
  expect(found.method).toContain(tied ? "Student's t" : x.length < 10 ? 'exact' : 'Edgeworth');
  for (const { p, logP, reason, coefficient } of [found, less, greater]) {
    if (p === 0)
      expect([logP, tied ? Math.abs(coefficient) : reason]).toEqual([
        -Infinity,
        tied ? 1 : 'outside-approximation',
      ]);
    else expect(Math.abs(logP - Math.log(p))).toBeLessThan(1e-12 * Math.max(1, -logP));
  }
});

test('the exact distribution of Σd² equals its table', () => {
  const tables = reference<{
    spearman_exact_null: Record<string, { sum_d2: number[]; count: number[] }>;
  }>('correlation').spearman_exact_null;
  for (const [key, { sum_d2, count }] of Object.entries(tables)) {
    const ranks = Array.from({ length: Number(key) }, (_, i) => i);
    const levels = ranks.map((value) => ({ value, size: 1 }));
    // Σ iπ(i) = Σi² − Σd²/2
    const most = ranks.reduce((sum, rank) => sum + rank ** 2, 0);
    let upTo = 0;
    sum_d2.forEach((sum, i) => {
      upTo += count[i];
      expect(countArrangements(ranks, levels, most - sum / 2)?.atLeast).toBe(upTo);
    });
    expect(countArrangements(ranks, levels, 0)).toEqual({ atLeast: upTo, all: upTo });
    expect(countArrangements(ranks, levels, most + 1)).toEqual({ atLeast: 0, all: upTo });
  }
});

function expectP(
  test: (alternative: Alternative) => { coefficient: number; p: number; logP: number },
  known: TTest,
): void {
  const twoSided = test('two-sided');
  expectClose(twoSided.p, known.p_two_sided, 'P');
  expectClose(twoSided.logP, known.p_two_sided_log, 'ln P');
  for (const [alternative, expected] of [
    ['less', known.p_less ?? (twoSided.coefficient > 0 ? 1 : 0)],
    ['greater', known.p_greater ?? (twoSided.coefficient > 0 ? 0 : 1)],
  ] as const) {
    const { p, logP } = test(alternative);
    expectClose(p, expected, alternative);
    // Of P near 1 the logarithm is known to fewer digits than P; under the least double it goes on.
    if (p > 0) expect(Math.abs(logP - Math.log(p))).toBeLessThanOrEqual(1e-10 * Math.max(1, -logP));
  }
}
