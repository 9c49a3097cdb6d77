import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BinaryMetric, binaryMetrics, confusionMatrix } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

const METHODS = {
  wilson: 'wilson',
  clopper_pearson: 'clopper-pearson',
  agresti_coull: 'agresti-coull',
  jeffreys: 'jeffreys',
  wald: 'wald',
} as const;
type Method = keyof typeof METHODS;
type Limits = { k: number; n: number } & Record<Method, number[]>;
interface Case {
  name: string;
  tp: number;
  fp: number;
  fn: number;
  tn: number;
  mcc_undefined: boolean;
  ci95: Partial<Record<'accuracy' | 'sensitivity' | 'specificity' | 'ppv' | 'npv', Limits>>;
}
type Values = Record<string, number | null>;
const { cases } = reference<{ cases: (Case & Values)[] }>('binary');

const NAMES: Record<string, BinaryMetric> = {
  accuracy: 'accuracy',
  sensitivity: 'sensitivity',
  specificity: 'specificity',
  ppv: 'ppv',
  npv: 'npv',
  f1: 'f1',
  balanced_accuracy: 'balancedAccuracy',
  youden_j: 'youdenJ',
  kappa: 'kappa',
  fpr: 'falsePositiveRate',
  fnr: 'falseNegativeRate',
  fdr: 'falseDiscoveryRate',
  lr_pos: 'positiveLikelihoodRatio',
  lr_neg: 'negativeLikelihoodRatio',
  dor: 'diagnosticOddsRatio',
  prevalence: 'prevalence',
};

test.each(cases)('metrics of $name', (known) => {
  const { tp, fp, fn, tn } = known;
  const found = binaryMetrics({ tp, fp, fn, tn });
  expect(found.n).toBe(tp + fp + fn + tn);
  for (const [theirs, ours] of Object.entries(NAMES)) {
    const value = known[theirs];
    if (value === null || Number.isNaN(value)) {
      // The reference leaves out ratios without a denominator; x/0 is Infinity here.
      expect(found[ours] === Infinity || Number.isNaN(found[ours]), ours).toBe(true);
      expect(found.reasons[ours], ours).toBeDefined();
    } else {
      expectClose(found[ours], value, ours);
    }
  }
  // scikit-learn calls an undefined coefficient 0.
  expectClose(found.mcc, known.mcc_undefined ? NaN : (known.mcc as number), 'MCC');
  expect(found.reasons.mcc).toBe(known.mcc_undefined ? 'zero-denominator' : undefined);
});

test.each(Object.keys(METHODS) as Method[])('intervals by %s', (method) => {
  for (const { tp, fp, fn, tn, name, ci95 } of cases) {
    const { intervals } = binaryMetrics(
      { tp, fp, fn, tn },
      { intervalMethod: METHODS[method], level: 0.95 },
    );
    for (const metric of ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv'] as const) {
      const limits = ci95[metric];
      if (limits === undefined) {
        expect(intervals[metric]).toEqual([NaN, NaN]);
        continue;
      }
      // At no success the lower limit is 0; statsmodels leaves 7e-18 of rounding in one case.
      const exact =
        limits.k === 0 && limits[method][0] < 1e-15 ? [0, limits[method][1]] : limits[method];
      expectAllClose(intervals[metric], exact, `${metric} of ${name}`);
    }
  }
});

test("epiR's intervals of a diagnostic test", () => {
  const names: Record<string, BinaryMetric> = {
    ap: 'apparentPrevalence',
    tp: 'prevalence',
    se: 'sensitivity',
    sp: 'specificity',
    'diag.ac': 'accuracy',
    'diag.or': 'diagnosticOddsRatio',
    nndx: 'numberNeededToDiagnose',
    youden: 'youdenJ',
    'pv.pos': 'ppv',
    'pv.neg': 'npv',
    'lr.pos': 'positiveLikelihoodRatio',
    'lr.neg': 'negativeLikelihoodRatio',
    'p.rin': 'apparentPrevalence',
    'p.tpdn': 'falsePositiveRate',
    'p.tndp': 'falseNegativeRate',
    'p.dntp': 'falseDiscoveryRate',
    'p.dptn': 'falseOmissionRate',
  };
  const { epi_tests: rows } = reference<{
    epi_tests: { statistic: string; est: number; lower: number; upper: number }[];
  }>('r');
  const found = binaryMetrics(
    { tp: 9, fp: 6, fn: 3, tn: 32 },
    { intervalMethod: 'clopper-pearson' },
  );
  const { intervals } = found;
  for (const { statistic, est, lower, upper } of rows) {
    if (statistic === 'p.rout') {
      // The share ruled out is the complement of the share called positive.
      const [low, high] = intervals.apparentPrevalence;
      expectAllClose([1 - found.apparentPrevalence, 1 - high, 1 - low], [est, lower, upper], 'out');
      continue;
    }
    const metric = names[statistic];
    expectAllClose(
      [found[metric], ...intervals[metric as keyof typeof intervals]],
      [est, lower, upper],
      metric,
    );
  }
});

test('F of any beta, and its interval from the overlap', () => {
  // tp = 6, fp = 2, fn = 4: precision 3/4, recall 3/5, F2 = 5·0.45/(4·0.75 + 0.6) = 0.625
  const counts = { tp: 6, fp: 2, fn: 4, tn: 10 };
  expectClose(binaryMetrics(counts, { beta: 2 }).fBeta, 0.625, 'F2');
  const { f1, fBeta, intervals } = binaryMetrics(counts);
  expect(fBeta).toBe(f1);
  expectClose(f1, 2 / 3, 'F1');
  expect(intervals.f1[0]).toBeLessThan(f1);
  expect(intervals.f1[1]).toBeGreaterThan(f1);
});

const counts = fc.record({
  tp: fc.integer({ min: 0, max: 1e6 }),
  fp: fc.integer({ min: 0, max: 1e6 }),
  fn: fc.integer({ min: 0, max: 1e6 }),
  tn: fc.integer({ min: 0, max: 1e6 }),
});

test('swapping the classes swaps the metrics', () => {
  fc.assert(
    fc.property(counts, ({ tp, fp, fn, tn }) => {
      const here = binaryMetrics({ tp, fp, fn, tn });
      const there = binaryMetrics({ tp: tn, fp: fn, fn: fp, tn: tp });
      expect(there.accuracy).toBe(here.accuracy);
      expect(there.sensitivity).toBe(here.specificity);
      expect(there.ppv).toBe(here.npv);
      expect(there.falseDiscoveryRate).toBe(here.falseOmissionRate);
      expect(there.mcc).toBe(here.mcc);
      expect(there.balancedAccuracy).toBe(here.balancedAccuracy);
      if (!Number.isNaN(here.kappa)) expect(there.kappa).toBeCloseTo(here.kappa, 13);
      if (here.negativeLikelihoodRatio > 0) {
        expectClose(there.positiveLikelihoodRatio, 1 / here.negativeLikelihoodRatio, 'LR+', 1e-12);
      }
    }),
  );
});

test('intervals contain their estimates, and what is NaN has a reason', () => {
  fc.assert(
    fc.property(counts, (table) => {
      const found = binaryMetrics(table);
      for (const name of Object.keys(found.intervals) as (keyof typeof found.intervals)[]) {
        const [low, high] = found.intervals[name];
        if (Number.isNaN(low) || Number.isNaN(high)) {
          expect(found.reasons[name], name).toBeDefined();
        } else {
          expect(low, name).toBeLessThanOrEqual(found[name] * (1 + Math.sign(found[name]) * 1e-14));
          expect(high * (1 + 1e-14), name).toBeGreaterThanOrEqual(found[name]);
        }
      }
    }),
  );
});

test('confusion counts of a decision, straight into the metrics', () => {
  const counted = confusionMatrix([1, 1, 1, 0, 0, 0, 0], [1, 0, 1, 0, 1, 0, 0]);
  expect(counted).toEqual({ tp: 2, fp: 1, fn: 1, tn: 3 });
  expect(binaryMetrics(counted).accuracy).toBe(5 / 7);
  expect(binaryMetrics(confusionMatrix([], []))).toMatchObject({
    accuracy: NaN,
    f1: NaN,
    kappa: NaN,
    n: 0,
    reasons: {
      accuracy: 'zero-denominator',
      f1: 'zero-denominator',
      fBeta: 'zero-denominator',
      kappa: 'too-few-observations',
      mcc: 'zero-denominator',
      positiveLikelihoodRatio: 'zero-denominator',
      numberNeededToDiagnose: 'zero-denominator',
    },
  });
});

test('callers who err are told', () => {
  expect(() => binaryMetrics({ tp: -1, fp: 0, fn: 0, tn: 0 })).toThrow(/tp is -1/);
  expect(() => binaryMetrics({ tp: 1.5, fp: 0, fn: 0, tn: 0 })).toThrow(/whole number/);
  expect(() => binaryMetrics({ tp: 1, fp: 0, fn: 0, tn: 0 }, { beta: 0 })).toThrow(/beta/);
  expect(() => binaryMetrics({ tp: 1, fp: 0, fn: 0, tn: 0 }, { level: 95 })).toThrow(/level/);
  expect(() =>
    binaryMetrics({ tp: 1, fp: 0, fn: 0, tn: 0 }, { intervalMethod: 'exact' as 'wald' }),
  ).toThrow(InvalidArgumentError);
  expect(() => confusionMatrix([0, 1], [0, 0.7])).toThrow(/predicted\[1\]/);
});
