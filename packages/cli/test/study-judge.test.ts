import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byPatient, evaluateByPatient, evaluateByRoi, rocPoints } from '../src/study/evaluate.js';
import { judgeModels, type Scores } from '../src/study/judge-models.js';
import { planDesigns } from '../src/study/plan.js';
import {
  type Candidate,
  meanOfOriginals,
  representativePatients,
} from '../src/study/representatives.js';
import { resolveSettings } from '../src/study/settings.js';
import type { RoiLabel } from '../src/study/rows.js';
import type { StudyRows } from '../src/study/study-rows.js';

/** Two patients with three rows each. */
const judged = {
  labels: Uint8Array.of(0, 0, 0, 1, 1, 1),
  scores: Float64Array.of(0.1, 0.2, 0.6, 0.9, 0.4, 0.8),
  patients: Int32Array.of(7, 7, 7, 9, 9, 9),
};

describe('evaluation', () => {
  it('counts rows above the threshold, so that every accuracy is a fraction', () => {
    const part = evaluateByRoi(judged, 0.5);
    expect(part.counts).toEqual({ tp: 2, fp: 1, fn: 1, tn: 2 });
    expect(part.accuracy).toBe(4 / 6);
    expect(part.n).toBe(6);
    expect(part.sensitivity.value).toBe(2 / 3);
    expect(part.positivePredictiveValue.value).toBe(2 / 3);
    // 8 of the 9 pairs are in order.
    expect(part.auc).toBeCloseTo(8 / 9, 12);
  });

  it('gives Wilson’s interval of the paper’s majority class', () => {
    // 38 of 50: 62.6–85.7 % (statsmodels proportion_confint, method wilson).
    const labels = Uint8Array.from({ length: 50 }, (_, i) => (i < 38 ? 0 : 1));
    const rows = { labels, scores: new Float64Array(50), patients: Int32Array.from(labels.keys()) };
    const [low, high] = evaluateByPatient(rows, 0.5).accuracyInterval;
    expect(low).toBeCloseTo(0.6258731624205707, 12);
    expect(high).toBeCloseTo(0.8570260860300827, 12);
  });

  it('averages a patient’s rows', () => {
    const patients = byPatient(judged);
    expect(Array.from(patients.labels)).toEqual([0, 1]);
    expect(patients.scores[0]).toBeCloseTo(0.3, 15);
    expect(patients.scores[1]).toBeCloseTo(0.7, 15);
    expect(evaluateByPatient(judged, 0.5)).toMatchObject({ auc: 1, unit: 'patient', n: 2 });
  });

  it('keeps patients with equal rows tied, however many rows they have', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 48 }),
        fc.integer({ min: 1, max: 48 }),
        (score, n, m) => {
          const scores = new Float64Array(n + m).fill(score);
          const rows = { labels: scores.map((_, i) => (i < n ? 0 : 1)), scores };
          const patients = Int32Array.from(rows.labels);
          const part = evaluateByPatient(
            { labels: Uint8Array.from(rows.labels), scores, patients },
            0.5,
          );
          expect(part.auc).toBe(0.5);
        },
      ),
    );
  });

  it('has no AUC, no curve and no sensitivity where a class is missing', () => {
    const negatives = { ...judged, labels: new Uint8Array(6) };
    const part = evaluateByRoi(negatives, 0.5);
    expect(part).toMatchObject({ auc: null, aucInterval: null, balancedAccuracy: null });
    expect(part.sensitivity).toEqual({ value: null, interval: null });
    expect(rocPoints(negatives)).toBeUndefined();
  });
});

describe('judgeModels', () => {
  const copies = 2;
  const rois = Array.from({ length: 60 }, (_, i): RoiLabel => ({
    patient: Math.floor(i / 6),
    label: Math.floor(i / 6) < 6 ? 0 : 1,
  }));
  const rows = rois.length * copies;
  const study: StudyRows = {
    rois,
    copies,
    features: { data: Float64Array.from({ length: rows }, (_, i) => i), rows, columns: 1 },
    patches: { data: new Float32Array(rows), rows, channels: 1, edge: 1 },
    meanPdffPercent: Float64Array.from({ length: rows }, (_, i) => (i < 72 ? 3 : 9)),
  };
  const settings = { ...resolveSettings(), copies };
  const plans = planDesigns(study, settings, 1);
  const oracle = Object.fromEntries(
    plans.map(({ design, judged: rowsToScore }) => {
      const right = Float64Array.from(rowsToScore, (row) => rois[Math.floor(row / copies)]!.label);
      return [design, { adaboost: right, gbdt: right, xgboost: right, densenet: right }];
    }),
  ) as Scores;
  const { designs, splits, curves } = judgeModels(plans, oracle, study, 0.5);

  it('gives a perfect model its due under each design', () => {
    for (const models of Object.values(designs)) {
      expect(models.xgboost.test).toMatchObject({ auc: 1, accuracy: 1, unit: 'roi' });
      expect(models.xgboost.testPatient).toMatchObject({ auc: 1, unit: 'patient' });
    }
  });

  it('judges the majority class as what it is', () => {
    const { majority } = designs.byPatient;
    expect(majority.test.auc).toBe(0.5);
    expect(majority.testPatient.auc).toBe(0.5);
    expect(majority.test.counts).toMatchObject({ tp: 0, fp: 0 });
    expect(designs.augmentThenSplit.majority.test.aucMethod).toMatch(/zero-variance/);
  });

  it('finds the threshold of the mean PDFF on the training rows', () => {
    expect(designs.byPatient.meanPdff.threshold).toBe(6);
    expect(designs.byPatient.meanPdff.test.accuracy).toBe(1);
  });

  it('counts the parts', () => {
    expect(splits.byPatient.test.patients).toEqual({ negative: 2, positive: 1 });
    expect(splits.byPatient.fit.rows).toEqual({ negative: 48, positive: 36 });
    expect(splits.byRoi.leaks).toBe(true);
    expect(splits.byPatient.leaks).toBe(false);
  });

  it('has curves by ROI for each design and by patient for the result', () => {
    expect(Object.keys(curves.roi)).toEqual(['augmentThenSplit', 'byRoi', 'byPatient']);
    expect(curves.patient.xgboost).toEqual({
      falsePositiveRate: [0, 0, 1],
      truePositiveRate: [0, 1, 1],
    });
  });
});

describe('representatives', () => {
  it('are the median and the highest of each class', () => {
    const patients = [5, 1, 3, 20, 10].map((meanPdffPercent, i): Candidate => ({
      meanPdffPercent,
      label: i < 3 ? 0 : 1,
    }));
    expect(representativePatients(patients)).toEqual([2, 0, 4, 3]);
    expect(representativePatients(patients.slice(0, 1))).toEqual([0]);
  });

  it('average original ROIs only', () => {
    expect(meanOfOriginals([2, 90, 4, 90], 2)).toBe(3);
  });
});
