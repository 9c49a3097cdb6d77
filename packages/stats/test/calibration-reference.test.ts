import { expect, test } from 'vitest';
import {
  brierScore,
  calibrationCurve,
  calibrationInTheLarge,
  calibrationSlope,
  hosmerLemeshow,
  logLoss,
} from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface Curve {
  ece: number;
  mce: number;
  bins: { bin: number; n: number; mean_pred: number; observed: number }[];
}
interface Case {
  name: string;
  labels: number[];
  probabilities: number[];
  brier: number;
  brier_skill_score: number;
  log_loss?: number;
  hosmer_lemeshow_10?: { groups: number; chi2: number; df: number; p: number };
  logistic_recalibration?: { intercept: number; slope: number; se: number[] };
  calibration_in_the_large?: { intercept: number; se: number };
  uniform_10: Curve;
  quantile_10?: Curve;
}
const { cases } = reference<{ cases: Case[] }>('calibration');

test.each(cases)('calibration of $name', (known) => {
  const { labels, probabilities } = known;
  const score = brierScore(labels, probabilities);
  expectClose(score.brier, known.brier, 'Brier score');
  expectClose(score.skillScore, known.brier_skill_score, 'skill score');
  if (known.log_loss !== undefined) {
    expectClose(logLoss(labels, probabilities).logLoss, known.log_loss, 'log loss');
  }
  if (known.hosmer_lemeshow_10 !== undefined) {
    const { groups, chi2, df, p } = known.hosmer_lemeshow_10;
    const found = hosmerLemeshow(labels, probabilities, { groups });
    expect(found.groups).toHaveLength(groups);
    expectClose(found.statistic, chi2, 'chi-square');
    expect(found.degreesOfFreedom).toBe(df);
    expectClose(found.p, p, 'P');
    expectClose(found.logP, Math.log(p), 'ln P');
  }
  if (known.logistic_recalibration !== undefined) {
    const { intercept, slope, se } = known.logistic_recalibration;
    const found = calibrationSlope(labels, probabilities);
    expectClose(found.slope, slope, 'slope');
    expectClose(found.intercept.estimate, intercept, 'intercept');
    expectAllClose([found.intercept.standardError, found.standardError], se, 'standard errors');
  }
  if (known.calibration_in_the_large !== undefined) {
    const found = calibrationInTheLarge(labels, probabilities);
    expectClose(found.intercept, known.calibration_in_the_large.intercept, 'intercept');
    expectClose(found.standardError, known.calibration_in_the_large.se, 'standard error');
  }
  for (const strategy of ['uniform', 'quantile'] as const) {
    const curve = known[`${strategy}_10`];
    if (curve === undefined) continue;
    const found = calibrationCurve(labels, probabilities, { bins: 10, strategy });
    expectClose(found.ece, curve.ece, 'ECE');
    expectClose(found.mce, curve.mce, 'MCE');
    expect(found.bins.map(({ index, n }) => ({ bin: index, n }))).toEqual(
      curve.bins.map(({ bin, n }) => ({ bin, n })),
    );
    curve.bins.forEach((bin, i) => {
      expectClose(found.bins[i].meanProbability, bin.mean_pred, 'mean probability');
      expectClose(found.bins[i].observedFrequency, bin.observed, 'observed frequency');
    });
  }
});
