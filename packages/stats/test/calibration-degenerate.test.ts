import { InvalidArgumentError } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import {
  brierScore,
  calibrationCurve,
  calibrationInTheLarge,
  calibrationSlope,
  hosmerLemeshow,
  logLoss,
} from '../src/index.js';
import { recalibrationFit } from '../src/calibration/recalibration-fit.js';
import { expectAllClose, expectClose } from './support/reference.js';

const FUNCTIONS = {
  brierScore,
  logLoss,
  calibrationCurve,
  hosmerLemeshow,
  calibrationSlope,
  calibrationInTheLarge,
};

describe.each(Object.entries(FUNCTIONS))('%s', (_, measure) => {
  test('has a reason for no observation and for NaN', () => {
    expect(measure([], [])).toMatchObject({ n: 0, reason: 'too-few-observations' });
    expect(measure([0, 1], [0.2, NaN])).toMatchObject({ n: 2, reason: 'nan-input' });
    expect(measure([0, 1, 0], [0.2, NaN, 0.6], { nanPolicy: 'omit' }).n).toBe(2);
    expect(() => measure([0, 1], [0.2, NaN], { nanPolicy: 'raise' })).toThrow(/probabilities\[1\]/);
  });

  test('refuses what is no label or no probability', () => {
    expect(() => measure([0, 2], [0.2, 0.3])).toThrow(/labels\[1\]/);
    expect(() => measure([0, 1], [0.2, 1.3])).toThrow(/probabilities\[1\]/);
    expect(() => measure([0, 1], [0.2, -1e-9])).toThrow(InvalidArgumentError);
    expect(() => measure([0, 1], [NaN, 7])).toThrow(/probabilities\[1\]/);
    expect(() => measure([0, 1], [0.2])).toThrow(/probabilities/);
    expect(() => measure([0, 1], [0.2, 0.3], { confidence: 0.9 } as object)).toThrow(/confidence/);
  });
});

test('one class has a Brier score, but no skill score, slope or intercept', () => {
  const score = brierScore([0, 0], [0.1, 0.3]);
  expectClose(score.brier, 0.05, 'Brier score');
  expect(score).toMatchObject({ skillScore: NaN, reason: 'single-class' });
  expect(calibrationSlope([1, 1], [0.1, 0.3])).toMatchObject({
    slope: NaN,
    reason: 'single-class',
  });
  const large = calibrationInTheLarge([1, 1], [0.1, 0.3]);
  expect(large).toMatchObject({ intercept: NaN, observed: 2, reason: 'single-class' });
  expectClose(large.observedExpectedRatio, 5, 'observed to expected');
  expect(calibrationCurve([1, 1], [0.1, 0.3]).ece).toBeCloseTo(0.8, 12);
});

test("Spiegelhalter's z, worked by hand", () => {
  // (0.2)(−0.6) + (−0.3)(0.4) = −0.24; 0.36 · 0.16 + 0.16 · 0.21 = 0.0912
  const { statistic, p, brier, standardError } = brierScore([1, 0], [0.8, 0.3]);
  expectClose(statistic, -0.24 / Math.sqrt(0.0912), 'z');
  expect(p.toFixed(3)).toBe('0.427');
  // Squares of 0.04 and 0.09: half their distance is the standard error of their mean.
  expectClose(brier, 0.065, 'Brier score');
  expectClose(standardError, 0.025, 'standard error');
});

test('certain probabilities', () => {
  expect(brierScore([0, 1], [0, 1])).toMatchObject({ brier: 0, p: NaN, reason: 'zero-variance' });
  expect(logLoss([0, 1], [0, 1])).toMatchObject({ logLoss: 0, clipped: 0 });
  const wrong = logLoss([0, 1], [0.5, 0]);
  expect(wrong.clipped).toBe(1);
  expectClose(wrong.logLoss, (Math.LN2 + 52 * Math.LN2) / 2, 'clipped loss');
  expect(logLoss([0, 1], [0.5, 0], { clip: 0 })).toMatchObject({
    logLoss: Infinity,
    interval: [NaN, NaN],
    reason: 'boundary-estimate',
  });
  const labels = [0, 1, 0, 1, 1];
  const probabilities = [0, 0.6, 0.7, 0.4, 1];
  expect(calibrationSlope(labels, probabilities)).toMatchObject({
    slope: NaN,
    reason: 'boundary-estimate',
  });
  expect(calibrationSlope(labels, probabilities, { clip: 0.01 }).slope).toBeGreaterThan(0);
  expect(hosmerLemeshow([0, 0, 1, 1], [0, 0, 1, 1], { groups: 2 })).toMatchObject({
    statistic: 0,
    degreesOfFreedom: 0,
    p: NaN,
    reason: 'too-few-observations',
  });
  expect(hosmerLemeshow([1, 0, 1, 0, 1, 1], [0, 0, 0.4, 0.5, 1, 1], { groups: 3 })).toMatchObject({
    statistic: Infinity,
    p: 0,
    reason: 'boundary-estimate',
  });
});

test('probabilities that part the classes, or do not vary, have no slope', () => {
  const labels = [0, 0, 1, 1];
  expect(calibrationSlope(labels, [0.1, 0.2, 0.3, 0.4]).reason).toBe('separation');
  expect(calibrationSlope(labels, [0.4, 0.3, 0.3, 0.1]).reason).toBe('separation');
  expect(calibrationSlope(labels, [0.3, 0.3, 0.3, 0.3]).reason).toBe('constant-input');
  expect(calibrationSlope(labels, [0.1, 0.3, 0.2, 0.4]).reason).toBeUndefined();
  // The intercept alone is there: the logit of 1/2 less that of 0.3.
  const { intercept } = calibrationInTheLarge(labels, [0.3, 0.3, 0.3, 0.3]);
  expectClose(intercept, Math.log(7 / 3), 'intercept');
});

test('probabilities near the ends of what doubles hold', () => {
  const probabilities = [1e-300, 1e-12, 0.3, 0.6, 1 - 1e-12, 1e-8, 0.999, 1e-250];
  const labels = [0, 1, 0, 1, 1, 0, 1, 0];
  const slope = calibrationSlope(labels, probabilities);
  expect(slope.slope).toBeGreaterThan(0);
  expect(slope.standardError).toBeGreaterThan(0);
  const large = calibrationInTheLarge(labels, probabilities);
  const residual = probabilities.reduce((sum, p, i) => {
    const eta = Math.log(p) - Math.log1p(-p) + large.intercept;
    return sum + labels[i] - 1 / (1 + Math.exp(-eta));
  }, 0);
  expect(Math.abs(residual)).toBeLessThan(1e-12);
});

test('impossible options', () => {
  expect(() => calibrationCurve([0], [0.1], { bins: 0 })).toThrow(/bins/);
  expect(() => calibrationCurve([0], [0.1], { strategy: 'kmeans' as 'uniform' })).toThrow(
    /strategy/,
  );
  expect(() => hosmerLemeshow([0], [0.1], { groups: 2.5 })).toThrow(/groups/);
  expect(() => logLoss([0], [0.1], { clip: 0.6 })).toThrow(/clip/);
  expect(() => calibrationSlope([0], [0.1], { clip: -1 })).toThrow(/clip/);
  expect(() => brierScore([0], [0.1], { level: 1 })).toThrow(/level/);
});

test('a rare class and an outlier, where a full step of Newton goes too far', () => {
  const logits = [
    -0.4, -0.3, -22.5, -3.4, 0.9, -13.4, -1.4, 1.6, 0.2, -0.2, -1.7, -9.4, 72.6, 0.3, 54.4, -5.6,
    1.2, -5.3, 6.9, 0,
  ];
  const labels = logits.map((_, i) => (i === 12 || i === 17 ? 1 : 0));
  const found = recalibrationFit(Uint8Array.from(labels), Float64Array.from(logits), 2);
  // statsmodels 0.15.0
  expectAllClose(
    [found.intercept, found.slope, found.interceptStandardError, found.slopeStandardError],
    [-2.790999486857346, 0.045669267448930864, 1.025209233623735, 0.026994698229151452],
    'fit',
  );
});
