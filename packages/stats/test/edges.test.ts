import { expect, test } from 'vitest';
import {
  auc,
  averagePrecision,
  chiSquareTest,
  fisherExact,
  kendall,
  levene,
  mannWhitney,
  pearson,
  proportionInterval,
  shapiroWilk,
  spearman,
  welchTest,
  wilcoxon,
} from '../src/index.js';
import { expectClose, reference } from './support/reference.js';

/** What a reference program made of an input: values, or an error. */
interface Seen {
  value?: number[];
  raises?: string;
}
interface Edges {
  correlation: ({ name: string; x: number[]; y: number[] } & Record<
    'scipy_pearson_r_p' | 'scipy_spearman_rho_p' | 'scipy_kendall_tau_p',
    Seen
  >)[];
  auc: {
    name: string;
    scores: number[];
    labels: number[];
    sklearn_roc_auc: Seen;
    sklearn_average_precision: Seen;
  }[];
  two_sample: ({ name: string; x: number[]; y: number[] } & Record<
    'scipy_welch_t_p' | 'scipy_mannwhitney_U_p' | 'scipy_levene',
    Seen
  >)[];
  proportion: ({ k: number; n: number } & Record<'wilson' | 'beta' | 'agresti_coull', Seen>)[];
  shapiro: { name: string; x: number[]; scipy_W_p: Seen }[];
  wilcoxon: { name: string; d: number[]; scipy_W_p: Seen }[];
  fisher_chi2: { table: number[][]; fisher_p: Seen; chi2: Seen }[];
}
const edges = reference<Edges>('edge');

/**
 * Ours equals SciPy's or scikit-learn's values, or the rule overrules them (`ours`, with why). Ours being NaN goes with a
 * reason, whatever they say.
 */
function judge(
  what: string,
  found: { values: number[]; reason?: string | undefined },
  seen: Seen,
  overruled: Record<string, readonly (number | string | undefined)[]>,
): void {
  const rule = overruled[what];
  if (rule !== undefined) {
    found.values.forEach((value, i) => expectClose(value, Number(rule[i]), what, 1e-13));
    expect(found.reason, what).toBe(rule.at(-1));
    return;
  }
  found.values.forEach((value, i) => {
    if (Number.isNaN(value)) {
      expect(found.reason, what).toBeDefined();
      expect(seen.value?.[i] ?? Number.NaN, what).toBeNaN();
    } else {
      expect(seen.value, `${what}: ${seen.raises}`).toBeDefined();
      expectClose(value, seen.value![i], what, 1e-13);
    }
  });
}

test.each(edges.correlation)('correlations of $name', ({ name, x, y, ...seen }) => {
  if (name === 'length_mismatch') {
    for (const correlate of [pearson, spearman, kendall]) {
      expect(() => correlate(x, y)).toThrow('as many as x');
    }
    return;
  }
  for (const [correlate, key] of [
    [pearson, 'scipy_pearson_r_p'],
    [spearman, 'scipy_spearman_rho_p'],
    [kendall, 'scipy_kendall_tau_p'],
  ] as const) {
    if (name === 'inf_in_x' && correlate === pearson) {
      expect(() => pearson(x, y)).toThrow('x[1]');
      continue;
    }
    const { coefficient, p, reason } = correlate(x, y);
    judge(`${correlate.name} of ${name}`, { values: [coefficient, p], reason }, seen[key], {
      // Two points always lie on a line: no P of 1 there.
      'pearson of n2': [-1, Number.NaN, 'too-few-observations'],
      // SciPy's mean of x is rounded; the exact correlation is 1/√15, and with four points P = 1 − |r|.
      'pearson of almost_constant_1e-17': [1 / Math.sqrt(15), 1 - 1 / Math.sqrt(15), undefined],
    });
  }
});

test.each(edges.auc)('AUC and average precision of $name', ({ name, scores, labels, ...seen }) => {
  const area = auc(labels, scores);
  judge(`auc of ${name}`, { values: [area.auc], reason: area.reason }, seen.sklearn_roc_auc, {
    // The greatest score is the greatest, however great; scikit-learn refuses it.
    'auc of inf_score': [1, 'too-few-observations'],
  });
  const average = averagePrecision(labels, scores);
  judge(
    `average precision of ${name}`,
    { values: [average.averagePrecision], reason: average.reason },
    seen.sklearn_average_precision,
    {
      'average precision of inf_score': [1, 'boundary-estimate'],
      // Precision without a negative is 1 whatever the scores.
      'average precision of one_class_only': [Number.NaN, 'single-class'],
    },
  );
});

test.each(edges.two_sample)('tests of two samples, $name', ({ name, x, y, ...seen }) => {
  const { NaN: nan } = Number;
  const welch = welchTest(x, y);
  judge(
    `Welch of ${name}`,
    { values: [welch.statistic, welch.p], reason: welch.reason },
    seen.scipy_welch_t_p,
    // Without any variance nothing can be said, and certainly not P = 0.
    { 'Welch of both_constant_diff': [nan, nan, 'constant-input'] },
  );
  const ranks = mannWhitney(x, y);
  judge(
    `Mann-Whitney of ${name}`,
    { values: [ranks.statistic, ranks.p], reason: ranks.reason },
    seen.scipy_mannwhitney_U_p,
    { 'Mann-Whitney of both_constant_equal': [2, nan, 'constant-input'] },
  );
  const spread = levene([x, y]);
  judge(
    `Levene of ${name}`,
    { values: [spread.statistic, spread.p], reason: spread.reason },
    seen.scipy_levene,
    {},
  );
});

test.each(edges.proportion)('intervals of $k of $n', ({ k, n, ...seen }) => {
  for (const [method, key] of [
    ['wilson', 'wilson'],
    ['clopper-pearson', 'beta'],
    ['agresti-coull', 'agresti_coull'],
  ] as const) {
    const { interval, reason } = proportionInterval(k, n, { method });
    judge(`${method} of ${k}/${n}`, { values: interval, reason }, seen[key], {
      // No observation says nothing: statsmodels has 0 … 1.
      'agresti-coull of 0/0': [Number.NaN, Number.NaN, 'zero-denominator'],
    });
  }
});

test.each(edges.shapiro)('Shapiro–Wilk of $name', ({ name, x, scipy_W_p }) => {
  const { statistic, p, reason } = shapiroWilk(x);
  const constant = [Number.NaN, Number.NaN, 'constant-input'];
  judge(name, { values: [statistic, p], reason }, scipy_W_p, {
    // Equal values are as far from normal as can be; SciPy warns and says W = 1, P = 1.
    n3_equal: constant,
    constant5: constant,
  });
});

test.each(edges.wilcoxon)('signed ranks of $name', ({ name, d, scipy_W_p }) => {
  const { statistic, p, reason } = wilcoxon(d, new Float64Array(d.length));
  // SciPy's two-sided statistic is the smaller of the two sums of ranks.
  const nonZero = d.filter((value) => value !== 0).length;
  const smaller = Math.min(statistic, (nonZero * (nonZero + 1)) / 2 - statistic);
  judge(name, { values: [smaller, p], reason }, scipy_W_p, {
    all_zero: [smaller, Number.NaN, 'constant-input'],
  });
});

test.each(edges.fisher_chi2)('tests of the table $table', ({ table, fisher_p, chi2 }) => {
  const { NaN: nan } = Number;
  const name = JSON.stringify(table);
  const exact = fisherExact(table);
  judge(name, { values: [exact.p], reason: exact.reason }, fisher_p, {
    // SciPy has P = 1 of tables that cannot differ.
    '[[0,0],[0,0]]': [nan, exact.reason!],
    '[[0,0],[3,5]]': [nan, exact.reason!],
  });
  expect(exact.reason === undefined).toBe(table[0][0] + table[0][1] > 0);
  const { statistic, p, reason } = chiSquareTest(table, { continuityCorrection: false });
  judge(name, { values: [statistic, p], reason }, chi2, {});
});
