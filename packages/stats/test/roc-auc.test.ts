import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidArgumentError } from '@steatosis/core';
import { auc, hanleyMcNeil, mannWhitney, rocCurve } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';
import { rocTable } from './support/roc.js';

const { cases, clustered } = rocTable();

test.each(cases)('the curve of $name is that of scikit-learn', (known) => {
  const weights = known.weights === undefined ? {} : { weights: known.weights };
  for (const [points, dropIntermediate] of [
    [known.roc_all_points, false],
    [known.roc_drop_intermediate, true],
  ] as const) {
    const curve = rocCurve(known.labels, known.scores, { ...weights, dropIntermediate });
    expectAllClose(curve.falsePositiveRate, points.fpr, 'FPR');
    expectAllClose(curve.truePositiveRate, points.tpr, 'TPR');
    expect([...curve.thresholds]).toEqual(points.thresholds);
    expectClose(areaUnder(curve), known.auc, 'area');
  }
});

test.each(cases.filter(({ weights }) => weights === undefined))(
  'the AUC of $name and its DeLong intervals are the reference',
  ({ labels, scores, auc: area, mann_whitney, delong }) => {
    const found = auc(labels, scores);
    expectClose(found.auc, area, 'AUC');
    expectClose(found.auc * found.positives * found.negatives, mann_whitney!.U, 'U');
    const scoresOf = (label: number) => scores.filter((_, i) => labels[i] === label);
    const ranks = mannWhitney(scoresOf(1), scoresOf(0), { method: 'asymptotic' });
    expect(ranks.statistic).toBe(mann_whitney!.U);
    if (ranks.reason === 'constant-input') expect(new Set(scores).size).toBe(1);
    else expectClose(ranks.p, mann_whitney!.p_asymptotic_cc, 'P of U');
    if (delong === undefined) {
      expect(found).toMatchObject({ variance: NaN, interval: [NaN, NaN] });
      expect(found.reason).toBe('too-few-observations');
      return;
    }
    expectClose(found.variance, delong.variance, 'variance');
    expectClose(found.standardError, delong.se, 'SE');
    expectAllClose(found.interval, delong.ci95_wald, '95 %');
    expectAllClose(auc(labels, scores, { level: 0.9 }).interval, delong.ci90_wald, '90 %');
    const logit = auc(labels, scores, { interval: 'delong-logit' });
    if (delong.ci95_logit) expectAllClose(logit.interval, delong.ci95_logit, 'logit');
    else expect(logit.reason).toBe('boundary-estimate');
    expect(found.reason).toBe(delong.variance === 0 ? 'zero-variance' : undefined);
  },
);

test.each(clustered)('clustered variance of $name is that of Obuchowski', (known) => {
  const { labels, clusters } = known;
  const a = auc(labels, known.scores_a, { clusters });
  expectClose(a.auc, known.auc_a, 'AUC A');
  expectClose(a.variance, known.var_obuchowski_a, 'variance A');
  expectClose(a.standardError, known.se_a, 'standard error A');
  expectAllClose(a.interval, known.ci95_a, 'interval A');
  expect(a.clusters).toBe(known.parts_a.I);
  const names = clusters.map((cluster) => `sub-${cluster}`);
  const b = auc(labels, known.scores_b, { clusters: names });
  expectClose(b.auc, known.auc_b, 'AUC B');
  expectClose(b.variance, known.var_obuchowski_b, 'variance B');
  expectClose(auc(labels, known.scores_a).variance, known.var_delong_ignoring_clusters_a, 'DeLong');
});

const edges = new Map(
  reference<{ auc: { name: string; scores: number[]; labels: number[] }[] }>('edge').auc.map(
    (edge) => [edge.name, edge],
  ),
);

test.each([
  ['one_class_only', NaN, 'single-class'],
  ['empty', NaN, 'too-few-observations'],
  ['nan_score', NaN, 'nan-input'],
  ['inf_score', 1, 'too-few-observations'],
  ['all_equal', 0.5, 'too-few-observations'],
  ['signed_zero', 0.5, 'too-few-observations'],
] as const)('degenerate input %s: AUC %d, reason %s', (name, area, reason) => {
  const { scores, labels } = edges.get(name)!;
  const found = auc(labels, scores);
  expect(found.auc).toBe(area);
  expect(found.reason).toBe(reason);
});

test('a curve of one class, of nothing and of NaN says so', () => {
  const one = rocCurve([1, 1, 1], [0.1, 0.2, 0.3]);
  expect(one.reason).toBe('single-class');
  expect([...one.falsePositiveRate]).toEqual([NaN, NaN, NaN, NaN]);
  expect([...one.truePositiveRate]).toEqual([0, 1 / 3, 2 / 3, 1]);
  expect(rocCurve([], []).reason).toBe('too-few-observations');
  const none = rocCurve([0, 1], [NaN, 1]);
  expect(none).toMatchObject({ reason: 'nan-input', thresholds: new Float64Array(0) });
  expect([...rocCurve([0, 1, 0, 1], [NaN, 1, 0, 2], { nanPolicy: 'omit' }).thresholds]).toEqual([
    Infinity,
    2,
    1,
    0,
  ]);
});

test('callers who err are told', () => {
  expect(() => auc([0, 1], [1])).toThrow(InvalidArgumentError);
  expect(() => auc([0, 2], [1, 2])).toThrow(/labels\[1\] is 2/);
  const weights = [1, 1];
  const clusters = [1, 2];
  for (const interval of ['hanley-mcneil', 'newcombe'] as const) {
    expect(() => auc([0, 1], [1, 2], { interval, weights })).toThrow(/with weights/);
    expect(() => auc([0, 1], [1, 2], { interval, clusters })).toThrow(/with clusters/);
  }
  expect(() => auc([0, 1], [1, 2], { interval: 'wald' as 'delong' })).toThrow(/interval/);
  expect(() => auc([0, 1], [1, 2], { clusters: [1] })).toThrow(/clusters/);
  expect(() => auc([0, 1], [1, NaN], { nanPolicy: 'raise' })).toThrow(/scores\[1\]/);
  expect(() => rocCurve([0, 1], [1, 2], { weights: [1] })).toThrow(/weights/);
  expect(() => rocCurve([0, 1], [1, 2], { weights: [1, -1] })).toThrow(/weights\[1\]/);
});

test.each([undefined, null, '2', 2n, true])('the score %s is refused, not sorted', (score) => {
  const scores = [1, score as unknown as number, 3];
  expect(() => auc([0, 1, 1], scores)).toThrow(/^scores\[1\] is .*expected a number/);
  expect(() => auc([0, 1, 1], scores, { nanPolicy: 'omit' })).toThrow(InvalidArgumentError);
  expect(() => auc([0, 1, 1], scores, { clusters: [1, 2, 3] })).toThrow(InvalidArgumentError);
  expect(() => rocCurve([0, 1, 1], scores)).toThrow(InvalidArgumentError);
});

test('a class in one patient only has no variance between patients', () => {
  const found = auc([0, 0, 1, 1, 0], [1, 2, 3, 4, 5], { clusters: [1, 2, 3, 3, 4] });
  expect(found).toMatchObject({ variance: NaN, interval: [NaN, NaN], reason: 'too-few-clusters' });
});

test('NaN scores can be left out with their label and cluster', () => {
  const options = { nanPolicy: 'omit', clusters: [1, 1, 2, 3, 4, 5] } as const;
  const found = auc([0, 1, 0, 1, 1, 0], [1, 2, NaN, 3, 0.5, 0], options);
  expect(found).toEqual(
    auc([0, 1, 1, 1, 0], [1, 2, 3, 0.5, 0], { ...options, clusters: [1, 1, 3, 4, 5] }),
  );
});

const scored = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: -20, max: 20 })), {
    minLength: 4,
    maxLength: 80,
  })
  .map((rows) => ({ labels: rows.map(([l]) => l), scores: rows.map(([, s]) => s) }))
  .filter(({ labels }) => new Set(labels).size === 2);

test('AUC is the share of won pairs, ties half', () => {
  fc.assert(
    fc.property(scored, ({ labels, scores }) => {
      let won = 0;
      let pairs = 0;
      for (const i of labels.keys()) {
        for (const j of labels.keys()) {
          if (labels[i] !== 1 || labels[j] !== 0) continue;
          pairs++;
          won += scores[i] > scores[j] ? 1 : scores[i] === scores[j] ? 0.5 : 0;
        }
      }
      const found = auc(labels, scores);
      expectClose(found.auc, won / pairs, 'AUC', 1e-14);
      expectClose(areaUnder(rocCurve(labels, scores)), found.auc, 'area', 1e-12);
      const dropped = rocCurve(labels, scores, { dropIntermediate: true });
      expectClose(areaUnder(dropped), found.auc, 'area without straight points', 1e-12);
    }),
  );
});

test('AUC keeps under rising maps, turns with the sign, and lies in its interval', () => {
  fc.assert(
    fc.property(
      scored,
      fc.constantFrom('delong', 'delong-logit'),
      ({ labels, scores }, interval) => {
        const found = auc(labels, scores, { interval });
        const mapped = scores.map((score) => Math.exp(score / 7));
        expect(auc(labels, mapped, { interval })).toEqual(found);
        const turned = auc(
          labels,
          scores.map((score) => -score),
          { interval },
        );
        expect(Math.abs(turned.auc - (1 - found.auc))).toBeLessThan(1e-14);
        expect(Math.abs(turned.standardError - found.standardError) || 0).toBeLessThan(1e-12);
        const [low, high] = found.interval;
        if (Number.isNaN(low)) return;
        expect(low).toBeLessThanOrEqual(found.auc + 1e-15);
        expect(high).toBeGreaterThanOrEqual(found.auc - 1e-15);
      },
    ),
  );
});

test('clusters of one are DeLong', () => {
  fc.assert(
    fc.property(scored, ({ labels, scores }) => {
      const clusters = labels.map((_, i) => i);
      const found = auc(labels, scores, { clusters });
      expectClose(found.variance, auc(labels, scores).variance, 'variance', 1e-9);
    }),
  );
});

function areaUnder({ falsePositiveRate: x, truePositiveRate: y }: ReturnType<typeof rocCurve>) {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  return area;
}

test('the score interval is that of Newcombe, also for an area of 1', () => {
  const perfect = auc([0, 0, 0, 1, 1], [1, 2, 3, 4, 5], { interval: 'newcombe', level: 0.9 });
  const known = hanleyMcNeil(1, 2, 3, { interval: 'newcombe', level: 0.9 });
  expect(perfect.interval).toEqual(known.interval);
  expect(perfect.interval[0]).toBeLessThan(0.9);
  expect(perfect.method).toContain('Newcombe (2006), method 5');
  expect(perfect.reason).toBeUndefined();
});

test('weights of 0 and missing scores leave observations out together', () => {
  const found = auc([0, 1, 0, 1, 1, 0], [1, 3, 2, NaN, 2.5, 9], {
    weights: [1, 2, 1, 1, 3, 0],
    nanPolicy: 'omit',
  });
  const alone = auc([0, 1, 0, 1], [1, 3, 2, 2.5], { weights: [1, 2, 1, 3] });
  expect(found).toEqual(alone);
});
