import { expect, test } from 'vitest';
import { auc, kendall, mannWhitney, pearson, spearman } from '../src/index.js';
import { expectClose, reference } from './support/reference.js';

interface Large {
  n: number;
  seed: number;
  check_first_row: number[];
  check_last_row: number[];
  positives: number;
  delong_cont: { auc: number; variance: number; twice_U_exact_integer: string };
  delong_tied: { auc: number; variance: number; twice_U_exact_integer: string };
  spearman_a_y: { rho: number; t: number };
  spearman_tied_label: { rho: number; t: number };
  pearson_a_y: { r: number };
  auc_cont: number;
  auc_tied: number;
  mann_whitney_cont: { U: number };
  kendall_tau_b_a_y: number;
  kendall_tau_b_tied_label: number;
}

test('a million rows: AUC, DeLong and correlations equal exact integer arithmetic', () => {
  const known = reference<Large>('large');
  const { n } = known;
  let state = known.seed;
  const draw = () => (state = (Math.imul(1664525, state) + 1013904223) >>> 0) / 2 ** 32;
  const a = new Float64Array(n);
  const y = new Float64Array(n);
  const label = new Uint8Array(n);
  const continuous = new Float64Array(n);
  const tied = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    a[i] = draw();
    y[i] = 0.5 * a[i] + draw();
    label[i] = draw() < 0.24 ? 1 : 0;
    continuous[i] = a[i] + 0.25 * label[i];
    tied[i] = Math.floor(continuous[i] * 100);
  }
  const row = (i: number) => [a[i], y[i], label[i], continuous[i], tied[i]];
  expect(row(0)).toEqual(known.check_first_row);
  expect(row(n - 1)).toEqual(known.check_last_row);

  for (const [scores, exact] of [
    [continuous, known.delong_cont],
    [tied, known.delong_tied],
  ] as const) {
    const found = auc(label, scores);
    expectClose(found.auc, exact.auc, 'AUC', 1e-14);
    expect(found.positives).toBe(known.positives);
    const twiceWon = found.auc * 2 * found.positives * found.negatives;
    expectClose(twiceWon, Number(exact.twice_U_exact_integer), '2U', 1e-15);
    expectClose(found.variance, exact.variance, 'variance', 1e-12);
  }
  for (const [x, z, exact] of [
    [a, y, known.spearman_a_y],
    [tied, label, known.spearman_tied_label],
  ] as const) {
    const found = spearman(x, z);
    expectClose(found.coefficient, exact.rho, 'rho', 1e-13);
    expectClose(found.statistic, exact.t, 't', 1e-12);
    expect(found.p).toBe(0);
    expect(found.logP).toBeLessThan(-50_000);
  }
  expectClose(pearson(a, y).coefficient, known.pearson_a_y.r, 'r', 1e-13);
  expectClose(kendall(a, y).coefficient, known.kendall_tau_b_a_y, 'tau', 1e-13);
  expectClose(kendall(tied, label).coefficient, known.kendall_tau_b_tied_label, 'tau-b', 1e-13);
  const positive = continuous.filter((_, i) => label[i] === 1);
  const negative = continuous.filter((_, i) => label[i] === 0);
  const ranks = mannWhitney(positive, negative);
  expect(ranks.statistic).toBe(known.mann_whitney_cont.U);
  expect(ranks.p).toBe(0);
  expect(ranks.logP).toBeLessThan(-10_000);
});
