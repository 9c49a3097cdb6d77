import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auc, compareAucs, delongTest, delongTestUnpaired } from '../src/index.js';
import { expectAllClose, expectClose } from './support/reference.js';
import { procTable, rocTable } from './support/roc.js';

const { cases, paired_delong, clustered } = rocTable();
const proc = procTable().roc_paired;
const byName = new Map(cases.map((known) => [known.name, known]));

describe.each(paired_delong)('$a against $b', (known) => {
  const a = byName.get(known.a)!;
  const b = byName.get(known.b)!;
  const r = proc[known.a.split('_')[0]];

  test('the paired test is the reference and pROC’s', () => {
    const found = delongTest(a.labels, a.scores, b.scores);
    expectClose(found.aucA, known.auc_a, 'AUC A');
    expectClose(found.aucB, known.auc_b, 'AUC B');
    expectClose(found.varianceA, known.cov[0][0], 'variance A');
    expectClose(found.varianceB, known.cov[1][1], 'variance B');
    for (const [table, covariance] of [
      ['reference', known.cov[0][1]],
      ['R', r.cov],
    ] as const) {
      expectClose(found.covariance, covariance, `covariance, ${table}`);
    }
    expectClose(found.difference, known.diff, 'difference');
    expectClose(found.standardError, known.se_diff, 'SE');
    for (const { z, p, ci95_diff } of [known, r]) {
      expectClose(found.statistic, z, 'z');
      expectClose(found.p, p, 'P');
      expectClose(Math.exp(found.logP), p, 'ln P');
      expectAllClose(found.interval, ci95_diff, 'interval');
    }
  });

  test('the unpaired test is pROC’s', () => {
    const found = delongTestUnpaired(a.labels, a.scores, b.labels, b.scores);
    expectClose(found.statistic, r.unpaired_D, 'D');
    expectClose(found.degreesOfFreedom, r.unpaired_df, 'df');
    expectClose(found.p, r.unpaired_p, 'P');
    expectClose(Math.exp(found.logP), r.unpaired_p, 'ln P');
  });

  test('the test of all is the square of that of two', () => {
    const all = compareAucs(a.labels, [a.scores, b.scores]);
    expectClose(all.statistic, known.z ** 2, 'χ²');
    expectClose(all.p, known.p, 'P');
    expect(all.degreesOfFreedom).toBe(1);
    all.covariance.forEach((row, i) => expectAllClose(row, known.cov[i], `covariance ${i}`));
    expectClose(all.pairs[0].adjustedP, known.p, 'P of the pair');
    expectAllClose(all.intervals[0], auc(a.labels, a.scores).interval, 'interval of the first');
  });
});

test.each(clustered)('the paired test of $name is the reference', (known) => {
  const { labels, scores_a, scores_b, clusters } = known;
  const found = delongTest(labels, scores_a, scores_b, { clusters });
  expectClose(found.aucA, known.auc_a, 'AUC A');
  expectClose(found.aucB, known.auc_b, 'AUC B');
  expectClose(found.varianceA, known.var_obuchowski_a, 'variance A');
  expectClose(found.varianceB, known.var_obuchowski_b, 'variance B');
  expectClose(found.covariance, known.cov_ab, 'covariance');
  expectClose(found.statistic, known.z, 'z');
  expectClose(found.p, known.p, 'P');
  expect(found.clusters).toBe(known.parts_a.I);
  expectClose(compareAucs(labels, [scores_a, scores_b], { clusters }).p, known.p, 'P of all');
});

test('alternatives take the tail they name', () => {
  const { labels, scores_a, scores_b, clusters } = clustered[0];
  const p = (alternative: 'two-sided' | 'less' | 'greater') =>
    delongTest(labels, scores_a, scores_b, { clusters, alternative }).p;
  expectClose(p('greater'), p('two-sided') / 2, 'greater');
  expectClose(p('less'), 1 - p('two-sided') / 2, 'less');
  const unpaired = (alternative: 'two-sided' | 'greater') =>
    delongTestUnpaired(labels, scores_a, labels, scores_b, { alternative }).p;
  expectClose(unpaired('greater'), unpaired('two-sided') / 2, 'greater, unpaired');
});

const three = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 1 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 1, max: 5 }),
    ),
    { minLength: 6, maxLength: 40 },
  )
  .map((rows) => ({
    labels: rows.map(([label]) => label),
    scores: [rows.map((row) => row[1]), rows.map((row) => row[2]), rows.map((row) => row[3])],
    weights: rows.map((row) => row[4]),
  }))
  .filter(({ labels }) => new Set(labels).size === 2);

test('covariances are those of the placement values, pair by pair', () => {
  fc.assert(
    fc.property(three, ({ labels, scores }) => {
      const { covariance, aucs, reason } = compareAucs(labels, scores);
      const kernel = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);
      const of = (label: number) => [...labels.keys()].filter((i) => labels[i] === label);
      const [negatives, positives] = [of(0), of(1)];
      const mean = (x: number[]) => x.reduce((sum, value) => sum + value, 0) / x.length;
      const v10 = scores.map((s) =>
        positives.map((i) => mean(negatives.map((j) => kernel(s[i], s[j])))),
      );
      const v01 = scores.map((s) =>
        negatives.map((j) => mean(positives.map((i) => kernel(s[i], s[j])))),
      );
      const shared = (x: number[], y: number[]) =>
        mean(x.map((value, k) => (value - mean(x)) * (y[k] - mean(y)))) / (x.length - 1);
      for (const i of scores.keys()) {
        expect(Math.abs(aucs[i] - mean(v10[i]))).toBeLessThan(1e-13);
        if (positives.length < 2 || negatives.length < 2) {
          expect(reason).toBe('too-few-observations');
          continue;
        }
        for (const j of scores.keys()) {
          const known = shared(v10[i], v10[j]) + shared(v01[i], v01[j]);
          expect(Math.abs(covariance[i][j] - known)).toBeLessThan(1e-14);
        }
      }
    }),
  );
});

test('clusters of one are DeLong, in covariances, too; equal weights change nothing', () => {
  fc.assert(
    fc.property(three, ({ labels, scores }) => {
      const plain = compareAucs(labels, scores);
      const clusters = labels.map((_, i) => `patient ${i}`);
      const { clusters: count, ...single } = compareAucs(labels, scores, { clusters });
      const weighted = compareAucs(labels, scores, { weights: labels.map(() => 3) });
      expect(count).toBe(labels.length);
      for (const other of [single, weighted]) {
        other.covariance.forEach((row, i) =>
          row.forEach((value, j) => {
            const known = plain.covariance[i][j];
            if (Number.isNaN(known)) expect(value).toBeNaN();
            else expect(Math.abs(value - known)).toBeLessThan(1e-15);
          }),
        );
      }
    }),
  );
});

test('whole clusters twice: variances by Obuchowski barely change, by DeLong they halve', () => {
  const { labels, scores_a, clusters } = clustered[1];
  const twice = <T>(values: readonly T[]) => [...values, ...values];
  const once = auc(labels, scores_a, { clusters }).variance;
  const again = auc(twice(labels), twice(scores_a), { clusters: twice(clusters) });
  expectClose(again.variance, once, 'clustered', 1e-12);
  expect(auc(twice(labels), twice(scores_a)).variance).toBeLessThan(
    0.51 * auc(labels, scores_a).variance,
  );
});

test('the linearised variance with weights is that of the derivatives of the AUC by weights', () => {
  fc.assert(
    fc.property(three, ({ labels, scores: [, , scores], weights }) => {
      const found = auc(labels, scores, { weights });
      if (found.positives < 2 || found.negatives < 2) return;
      const step = 1e-5;
      const derivative = (i: number) => {
        const at = (by: number) =>
          auc(labels, scores, { weights: weights.map((w, k) => (k === i ? w + by : w)) }).auc;
        return (at(step) - at(-step)) / (2 * step);
      };
      let variance = 0;
      for (const i of labels.keys()) {
        const size = labels[i] === 1 ? found.positives : found.negatives;
        variance += (size / (size - 1)) * (weights[i] * derivative(i)) ** 2;
      }
      expect(Math.abs(found.variance - variance)).toBeLessThan(1e-8);
      const scaled = auc(labels, scores, { weights: weights.map((w) => 7 * w) });
      expect(Math.abs(scaled.variance - found.variance)).toBeLessThan(1e-14);
    }),
    { numRuns: 25 },
  );
});

test('scores that rank alike have no test, and count once in that of all', () => {
  const labels = [0, 0, 0, 1, 1, 1, 0, 1];
  const a = [1, 4, 2, 3, 6, 5, 7, 8];
  const b = [3, 1, 2, 5, 4, 6, 8, 7];
  const same = delongTest(labels, a, a.map(Math.exp));
  expect(same).toMatchObject({ difference: 0, standardError: 0, p: Number.NaN, logP: Number.NaN });
  expect(same.reason).toBe('zero-variance');
  const three = compareAucs(labels, [a, a.map((x) => 2 * x), b]);
  expect(three.degreesOfFreedom).toBe(1);
  expectClose(three.p, delongTest(labels, a, b).p, 'P', 1e-9);
  expect(three.pairs.map(({ reason }) => reason)).toEqual(['zero-variance', undefined, undefined]);
  expect(compareAucs(labels, [a, a]).reason).toBe('zero-variance');
  const perfect = [1, 2, 3, 7, 8, 9, 4, 6];
  const reversed = perfect.map((x) => -x);
  expect(compareAucs(labels, [perfect, reversed]).reason).toBe('zero-variance');
  expect(delongTest(labels, perfect, a).reason).toBeUndefined();
});

test('one class, one positive, NaN and one cluster give reasons', () => {
  expect(delongTest([1, 1], [1, 2], [2, 1])).toMatchObject({ p: NaN, reason: 'single-class' });
  expect(delongTest([], [], [])).toMatchObject({ p: NaN, reason: 'too-few-observations', n: 0 });
  const one = delongTest([0, 0, 1], [1, 2, 3], [2, 1, 3]);
  expect(one).toMatchObject({ difference: 0, p: NaN, reason: 'too-few-observations' });
  expect(delongTest([0, 1], [1, NaN], [2, 1])).toMatchObject({ aucA: NaN, reason: 'nan-input' });
  const clusters = ['a', 'a', 'b', 'b'];
  const found = delongTest([0, 0, 1, 1], [1, 2, 3, 4], [2, 3, 1, 4], { clusters });
  expect(found).toMatchObject({ p: NaN, reason: 'too-few-clusters' });
  const nothing = compareAucs(
    [1, 1],
    [
      [1, 2],
      [2, 1],
    ],
  );
  expect(nothing).toMatchObject({ aucs: [NaN, NaN], p: NaN, reason: 'single-class' });
  const perfect = { labels: [0, 0, 1, 1], scores: [1, 2, 3, 4] };
  const both = [perfect.labels, perfect.scores, perfect.labels, perfect.scores] as const;
  expect(delongTestUnpaired(...both)).toMatchObject({ p: NaN, reason: 'zero-variance' });
  const single = delongTestUnpaired([1], [1], [0, 1], [1, 2]);
  expect(single).toMatchObject({ difference: NaN, p: NaN, reason: 'single-class' });
});

test('callers who err are told', () => {
  const labels = [0, 1];
  expect(() => delongTest(labels, [1, 2], [1])).toThrow(/scoresB is "1 values"/);
  expect(() => compareAucs(labels, [[1, 2]])).toThrow(/two or more/);
  expect(() => compareAucs(labels, [[1, 2], [1]])).toThrow(/scores\[1\]/);
  expect(() => delongTest(labels, [1, 2], [1, 2], { clusters: ['a'] })).toThrow(/clusters/);
  expect(() => delongTest(labels, [1, 2], [1, 2], { clusters: ['a', ''] })).toThrow(
    /clusters\[1\]/,
  );
  const alternative = 'larger' as 'less';
  expect(() => delongTest(labels, [1, 2], [1, 2], { alternative })).toThrow(/alternative/);
  expect(() =>
    compareAucs(
      labels,
      [
        [1, 2],
        [1, 2],
      ],
      { adjust: 'x' as 'bh' },
    ),
  ).toThrow(/method/);
});

test('options of tests reach both areas', () => {
  const labels = [0, 0, 0, 0, 1, 1, 1, 1];
  const a = [1, 2, 3, 5, 4, 6, 7, 8];
  const b = [1, 4, 5, 7, 2, 3, 6, 8];
  const single = labels.map((_, i) => `patient ${i}`);
  const plain = delongTestUnpaired(labels, a, labels, b);
  const alone = { clustersA: single, clustersB: single };
  expectClose(delongTestUnpaired(labels, a, labels, b, alone).p, plain.p, 'clusters of one');
  const holey = delongTestUnpaired([...labels, 1], [...a, NaN], labels, b, { nanPolicy: 'omit' });
  expect(holey).toEqual(plain);
  const weighted = delongTest(labels, a, b, { weights: labels.map(() => 3) });
  expectClose(weighted.p, delongTest(labels, a, b).p, 'equal weights');
  expect(weighted.method).toContain('linearised for weights');
  expect(delongTestUnpaired(labels, a, [1], [1])).toMatchObject({ p: NaN, reason: 'single-class' });
});
