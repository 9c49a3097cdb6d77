import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  averagePrecision,
  closestToCorner,
  hanleyMcNeil,
  multiclassAuc,
  operatingPoint,
  partialAuc,
  precisionRecallCurve,
  proportionInterval,
  rocCurve,
  sensitivityAtSpecificity,
  specificityAtSensitivity,
  youdenThreshold,
} from '../src/index.js';
import { expectAllClose, expectClose } from './support/reference.js';

const labels = [0, 0, 0, 0, 1, 0, 1, 1, 0, 1];
const scores = [0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.6, 0.7, 0.75, 0.9];

const scored = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 12 })), {
    minLength: 4,
    maxLength: 60,
  })
  .map((rows) => ({ labels: rows.map(([l]) => l), scores: rows.map(([, s]) => s) }))
  .filter((sample) => new Set(sample.labels).size === 2);

test('a point at a threshold is its table of counts', () => {
  const found = operatingPoint(labels, scores, 0.5);
  expect(found).toMatchObject({
    threshold: 0.5,
    truePositives: 3,
    falseNegatives: 1,
    trueNegatives: 5,
    falsePositives: 1,
    sensitivity: 0.75,
    n: 10,
    positives: 4,
    negatives: 6,
  });
  expect(found.sensitivityInterval).toEqual(proportionInterval(3, 4).interval);
  expect(found.specificityInterval).toEqual(proportionInterval(5, 6).interval);
  const [low, high] = operatingPoint(labels, scores, 0.5, { level: 0.8 }).sensitivityInterval;
  expect([low, high]).toEqual(proportionInterval(3, 4, { level: 0.8 }).interval);
  expect(operatingPoint(labels, scores, Infinity)).toMatchObject({
    sensitivity: 0,
    specificity: 1,
  });
  expect(operatingPoint(labels, scores, -Infinity)).toMatchObject({
    sensitivity: 1,
    specificity: 0,
  });
  expect(operatingPoint(labels, scores, 0.2)).toMatchObject({ falsePositives: 5 });
});

test('best points are the best of all points of the curve', () => {
  fc.assert(
    fc.property(scored, (sample) => {
      const curve = rocCurve(sample.labels, sample.scores);
      const points = [...curve.thresholds].map((threshold) =>
        operatingPoint(sample.labels, sample.scores, threshold),
      );
      const j = points.map((point) => point.sensitivity + point.specificity - 1);
      const best = youdenThreshold(sample.labels, sample.scores);
      expect(Math.abs(best.youden - Math.max(...j))).toBeLessThan(1e-12);
      expect(best.points).toHaveLength(j.filter((value) => value > best.youden - 1e-12).length);
      const distances = points.map((p) => Math.hypot(1 - p.sensitivity, 1 - p.specificity));
      const closest = closestToCorner(sample.labels, sample.scores);
      expect(Math.abs(closest.distance - Math.min(...distances))).toBeLessThan(1e-12);
      for (const rate of [0, 0.3, 0.5, 0.9, 1]) {
        const specific = sensitivityAtSpecificity(sample.labels, sample.scores, rate);
        expect(specific.specificity).toBeGreaterThanOrEqual(rate);
        const reachable = points.filter((p) => p.specificity >= rate);
        expect(specific.sensitivity).toBe(Math.max(...reachable.map((p) => p.sensitivity)));
        const ties = reachable.filter((p) => p.sensitivity === specific.sensitivity);
        expect(specific.specificity).toBe(Math.max(...ties.map((p) => p.specificity)));
        const sensitive = specificityAtSensitivity(sample.labels, sample.scores, rate);
        const allowed = points.filter((p) => p.sensitivity >= rate);
        expect(sensitive.specificity).toBe(Math.max(...allowed.map((p) => p.specificity)));
        const equal = allowed.filter((p) => p.specificity === sensitive.specificity);
        expect(sensitive.sensitivity).toBe(Math.max(...equal.map((p) => p.sensitivity)));
      }
    }),
  );
});

test('parts of the area add up, and standardised ones keep under rising maps', () => {
  fc.assert(
    fc.property(scored, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (sample, cut) => {
      const below = partialAuc(sample.labels, sample.scores, { maxFpr: cut });
      const above = partialAuc(sample.labels, sample.scores, { minFpr: cut, maxFpr: 1 });
      const whole = partialAuc(sample.labels, sample.scores, { maxFpr: 1 }).partialAuc;
      expect(Math.abs(below.partialAuc + above.partialAuc - whole)).toBeLessThan(1e-13);
      // Turning labels and scores round turns sensitivity into specificity.
      const mirrored = partialAuc(
        sample.labels.map((label) => 1 - label),
        sample.scores.map((score) => -score),
        { minTpr: 1 - cut },
      );
      expect(Math.abs(mirrored.partialAuc - below.partialAuc)).toBeLessThan(1e-13);
      expect(Math.abs(mirrored.standardised - below.standardised)).toBeLessThan(1e-11);
      const mapped = partialAuc(sample.labels, sample.scores.map(Math.exp), { maxFpr: cut });
      expect(mapped).toEqual(below);
    }),
  );
});

test('average precision is the mean precision at the positives where nothing ties', () => {
  const order = [...scores.keys()].sort((i, j) => scores[j] - scores[i]);
  const rank = (i: number) => order.indexOf(i) + 1;
  const positives = [...labels.keys()].filter((i) => labels[i] === 1);
  const precision = positives.map(
    (i) => positives.filter((k) => rank(k) <= rank(i)).length / rank(i),
  );
  const found = averagePrecision(labels, scores);
  const mean = precision.reduce((sum, value) => sum + value, 0) / positives.length;
  expectClose(found.averagePrecision, mean, 'AP', 1e-14);
  // Boyd, Eng and Page (2013): logit(AP) ± z (m AP (1 − AP))^-½
  const logit = Math.log(mean / (1 - mean));
  const reach = 1.959963984540054 / Math.sqrt(positives.length * mean * (1 - mean));
  const expit = (x: number) => 1 / (1 + Math.exp(-x));
  expectAllClose(found.interval, [expit(logit - reach), expit(logit + reach)], 'interval');
  const weights = labels.map((label) => (label === 1 ? 3 : 1));
  expectClose(averagePrecision(labels, scores, { weights }).prevalence, 12 / 18, 'prevalence');
});

test('Newcombe’s limits are where the standard error just reaches the estimate', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 300 }),
      (area, m, n) => {
        const { interval } = hanleyMcNeil(area, m, n, { interval: 'newcombe' });
        for (const limit of interval) {
          if (limit === 0 || limit === 1) continue;
          const mean = (m + n) / 2 - 1;
          const [q1, q2] = [limit / (2 - limit), (2 * limit * limit) / (1 + limit)];
          const square = limit * limit;
          const variance = (limit - square + mean * (q1 - square) + mean * (q2 - square)) / (m * n);
          const reach = 1.959963984540054 * Math.sqrt(variance);
          expect(Math.abs(Math.abs(area - limit) - reach)).toBeLessThan(1e-9);
        }
        expect(interval[0]).toBeLessThanOrEqual(area);
        expect(interval[1]).toBeGreaterThanOrEqual(area);
        expect(interval[1] - interval[0]).toBeGreaterThan(0);
        // Turning the scores round turns the interval round.
        const turned = hanleyMcNeil(1 - area, n, m, { interval: 'newcombe' }).interval;
        expect(Math.abs(1 - turned[1] - interval[0])).toBeLessThan(1e-9);
      },
    ),
  );
});

test('an area of 1 has a Newcombe interval, and says what the others lack', () => {
  expect(hanleyMcNeil(1, 12, 38)).toMatchObject({ interval: [1, 1], reason: 'zero-variance' });
  const logit = hanleyMcNeil(1, 12, 38, { interval: 'logit' });
  expect(logit).toMatchObject({ interval: [NaN, NaN], reason: 'boundary-estimate' });
  const { interval, reason } = hanleyMcNeil(1, 12, 38, { interval: 'newcombe' });
  expect(reason).toBeUndefined();
  expect(interval[0]).toBeGreaterThan(0.8);
  expect(interval[0]).toBeLessThan(0.95);
  expect(interval[1]).toBe(1);
  expect(hanleyMcNeil(0.7, 0, 5)).toMatchObject({ variance: NaN, reason: 'single-class' });
});

test('intervals of areas that a paper prints without', () => {
  // 12 positives and 38 negatives; computed by hand from the formula of 1982.
  const printed = (area: number) =>
    hanleyMcNeil(area, 12, 38).interval.map((limit) => Number(limit.toFixed(2)));
  expect(printed(0.81)).toEqual([0.65, 0.97]);
  expect(printed(0.7)).toEqual([0.52, 0.88]);
});

test('degenerate samples give NaN and a reason', () => {
  const unknown = [
    [[1, 1], [1, 2], 'single-class'],
    [[], [], 'too-few-observations'],
    [[0, 1], [1, NaN], 'nan-input'],
  ] as const;
  for (const [y, x, reason] of unknown) {
    for (const find of [youdenThreshold, closestToCorner]) {
      const found = find(y, x);
      expect(found).toMatchObject({ threshold: NaN, sensitivity: NaN, points: [], reason });
    }
    expect(youdenThreshold(y, x).youden).toBeNaN();
    expect(sensitivityAtSpecificity(y, x, 0.9)).toMatchObject({ sensitivity: NaN, reason });
    expect(specificityAtSensitivity(y, x, 0.9)).toMatchObject({ specificity: NaN, reason });
    expect(operatingPoint(y, x, 1)).toMatchObject({ truePositives: NaN, reason });
    expect(partialAuc(y, x, { maxFpr: 0.2 })).toMatchObject({ partialAuc: NaN, reason });
    expect(averagePrecision(y, x)).toMatchObject({ averagePrecision: NaN, reason });
    expect(precisionRecallCurve(y, x).reason).toBe(reason);
  }
  const omitted = youdenThreshold([0, 1, 1], [1, 2, NaN], { nanPolicy: 'omit' });
  expect(omitted).toMatchObject({ youden: 1, n: 2 });
});

test('several classes: what is missing is NaN with a reason', () => {
  const rows = [
    [0.6, 0.3, 0.1],
    [0.2, 0.7, 0.1],
    [0.5, 0.4, 0.1],
  ];
  const classes = ['a', 'b', 'c'];
  const found = multiclassAuc(['a', 'b', 'b'], rows, { classes });
  expect(found).toMatchObject({ auc: NaN, reason: 'single-class', n: 3 });
  expect(found.perClass.map((part) => part.auc)).toEqual([1, 1, NaN]);
  const pairs = multiclassAuc(['a', 'b', 'b'], rows, { classes, scheme: 'ovo' });
  expect(pairs.perPair.map((part) => part.auc)).toEqual([1, NaN, NaN]);
  expect(multiclassAuc([], [], { classes })).toMatchObject({ reason: 'too-few-observations' });
  const holey = [rows[0], rows[1], [0.5, NaN, 0.1]];
  const labelled = ['a', 'b', 'c'];
  expect(multiclassAuc(labelled, holey)).toMatchObject({ auc: NaN, reason: 'nan-input' });
  expect(multiclassAuc(labelled, holey, { scheme: 'ovo' }).perPair).toHaveLength(3);
  expect(multiclassAuc(labelled, holey, { nanPolicy: 'omit' }).n).toBe(2);
  expect(() => multiclassAuc(labelled, holey, { nanPolicy: 'raise' })).toThrow(
    /probabilities\[2\]/,
  );
  const two = multiclassAuc(
    [0, 1, 0, 1],
    [
      [0.9, 0.1],
      [0.6, 0.4],
      [0.5, 0.5],
      [0.2, 0.8],
    ],
  );
  expect(two.auc).toBe(0.75);
});

test('callers who err are told', () => {
  const y = [0, 1];
  const x = [1, 2];
  expect(() => partialAuc(y, x, {})).toThrow(/either maxFpr or minTpr/);
  expect(() => partialAuc(y, x, { maxFpr: 0.1, minTpr: 0.9 })).toThrow(/either maxFpr or minTpr/);
  expect(() => partialAuc(y, x, { maxFpr: 0 })).toThrow(/maxFpr/);
  expect(() => partialAuc(y, x, { maxFpr: 1.1 })).toThrow(/maxFpr/);
  expect(() => partialAuc(y, x, { maxFpr: 0.5, maxTpr: 0.5 })).toThrow(/maxTpr/);
  expect(() => partialAuc(y, x, { minTpr: 0.5, minFpr: 0.5 })).toThrow(/minFpr/);
  expect(() => operatingPoint(y, x, NaN)).toThrow(/threshold/);
  expect(() => sensitivityAtSpecificity(y, x, 1.5)).toThrow(/specificity/);
  expect(() => specificityAtSensitivity(y, x, -1)).toThrow(/sensitivity/);
  expect(() => youdenThreshold(y, x, { proportionMethod: 'exact' as 'wilson' })).toThrow(/method/);
  expect(() => hanleyMcNeil(1.1, 2, 2)).toThrow(/auc/);
  expect(() => hanleyMcNeil(0.5, 2.5, 2)).toThrow(/positives/);
  expect(() => hanleyMcNeil(0.5, 2, 2, { interval: 'delong' as 'wald' })).toThrow(/interval/);
  expect(() =>
    multiclassAuc(
      [0, 1, 2],
      [
        [1, 0],
        [0, 1],
        [1, 0],
      ],
    ),
  ).toThrow(/probabilities\[0\]/);
  expect(() => multiclassAuc([0, 1], [[1, 0]])).toThrow(/2 rows/);
  expect(() =>
    multiclassAuc(
      [0, 1],
      [
        [1, 0],
        [2, 0],
      ],
    ),
  ).toThrow(/probabilities\[1\]\[0\]/);
  const pairs = { scheme: 'ovo', average: 'micro' } as const;
  expect(() =>
    multiclassAuc(
      [0, 1],
      [
        [1, 0],
        [0, 1],
      ],
      pairs,
    ),
  ).toThrow(/for pairs/);
});

test('several classes: a missing label is left out, or leaves no common area', () => {
  const rows = [
    [0.6, 0.4],
    [0.2, 0.8],
    [0.5, 0.5],
    [0.3, 0.7],
  ];
  const labelled = [0, NaN, 0, 1];
  const kept = multiclassAuc(
    [0, 0, 1],
    [0, 2, 3].map((i) => rows[i]),
  );
  expect(multiclassAuc(labelled, rows, { nanPolicy: 'omit' })).toEqual(kept);
  const none = multiclassAuc(labelled, rows, { average: 'micro' });
  expect(none).toMatchObject({ auc: NaN, reason: 'nan-input' });
  expect(() => partialAuc([0, 1], [1, 2], { minTpr: 1 })).toThrow(/minTpr/);
});
