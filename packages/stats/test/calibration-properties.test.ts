import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  brierScore,
  calibrationCurve,
  calibrationInTheLarge,
  calibrationSlope,
  hosmerLemeshow,
  logLoss,
} from '../src/index.js';
import { expectClose } from './support/reference.js';

const observations = fc.array(
  fc.tuple(
    fc.constantFrom(0, 1),
    fc.integer({ min: 0, max: 1000 }).map((i) => i / 1000),
  ),
  { minLength: 1, maxLength: 100 },
);
const split = (rows: [number, number][]) =>
  [rows.map(([label]) => label), rows.map(([, p]) => p)] as const;

test('the Brier score is 0 … 1, within its interval, and turns with the labels', () => {
  fc.assert(
    fc.property(observations, (rows) => {
      const [labels, probabilities] = split(rows);
      const { brier, interval, skillScore } = brierScore(labels, probabilities);
      expect(brier).toBeGreaterThanOrEqual(0);
      expect(brier).toBeLessThanOrEqual(1);
      if (rows.length > 1) {
        expect(interval[0]).toBeLessThanOrEqual(brier);
        expect(interval[1]).toBeGreaterThanOrEqual(brier);
      }
      if (!Number.isNaN(skillScore)) expect(skillScore).toBeLessThanOrEqual(1);
      const turned = brierScore(
        labels.map((label) => 1 - label),
        probabilities.map((p) => 1 - p),
      );
      expect(turned.brier).toBeCloseTo(brier, 14);
    }),
  );
});

test('the mean error is at most the greatest, and the parts make up the Brier score', () => {
  fc.assert(
    fc.property(
      observations,
      fc.integer({ min: 1, max: 15 }),
      fc.constantFrom('uniform', 'quantile'),
      (rows, bins, strategy) => {
        const [labels, probabilities] = split(rows);
        const curve = calibrationCurve(labels, probabilities, { bins, strategy });
        expect(curve.ece).toBeLessThanOrEqual(curve.mce);
        expect(curve.mce).toBeLessThanOrEqual(1);
        expect(curve.bins.reduce((sum, { n }) => sum + n, 0)).toBe(rows.length);
        for (const bin of curve.bins) {
          expect(bin.meanProbability).toBeGreaterThanOrEqual(bin.lower - 1e-15);
          expect(bin.meanProbability).toBeLessThanOrEqual(bin.upper + 1e-15);
          expect(bin.interval[0]).toBeLessThanOrEqual(bin.observedFrequency);
          expect(bin.interval[1]).toBeGreaterThanOrEqual(bin.observedFrequency);
        }
        const { reliability, resolution, uncertainty, withinBins } = curve;
        expect(reliability - resolution + uncertainty + withinBins).toBeCloseTo(
          brierScore(labels, probabilities).brier,
          12,
        );
      },
    ),
  );
});

test('a probability on an edge belongs to the bin below', () => {
  const probabilities = [0, 0.1, 0.2, 0.3, 0.6, 0.7, 0.9, 1];
  const labels = probabilities.map((_, i) => i % 2);
  const { bins } = calibrationCurve(labels, probabilities);
  expect(bins.map(({ index, n }) => [index, n])).toEqual([
    [0, 2],
    [1, 1],
    [2, 1],
    [5, 1],
    [6, 1],
    [8, 1],
    [9, 1],
  ]);
});

test('sharpening all logits by b divides the slope by b and leaves the intercept', () => {
  const scored = fc.array(
    fc.tuple(
      fc.constantFrom(0, 1),
      fc.integer({ min: -40, max: 40 }).map((i) => i / 10),
    ),
    { minLength: 20, maxLength: 60 },
  );
  fc.assert(
    fc.property(scored, fc.double({ min: 0.3, max: 3, noNaN: true }), (rows, b) => {
      const labels = rows.map(([label]) => label);
      const sigmoid = (eta: number) => 1 / (1 + Math.exp(-eta));
      const plain = calibrationSlope(
        labels,
        rows.map(([, eta]) => sigmoid(eta)),
      );
      fc.pre(plain.reason === undefined);
      const sharp = calibrationSlope(
        labels,
        rows.map(([, eta]) => sigmoid(b * eta)),
      );
      expect(Math.abs(sharp.slope * b - plain.slope)).toBeLessThan(1e-8 * plain.standardError);
      expectClose(sharp.standardError * b, plain.standardError, 'standard error', 1e-8);
      expect(sharp.intercept.estimate).toBeCloseTo(plain.intercept.estimate, 8);
      const [low, high] = plain.interval;
      expect(low).toBeLessThan(plain.slope);
      expect(high).toBeGreaterThan(plain.slope);
      // The likelihood ratio and the score are 0 at the recalibrated probabilities.
      const again = calibrationSlope(
        labels,
        rows.map(([, eta]) => sigmoid(plain.intercept.estimate + plain.slope * eta)),
      );
      if (again.reason !== undefined) return;
      expect(again.joint.statistic).toBeLessThan(1e-9);
      expect(again.joint.p).toBeCloseTo(1, 9);
    }),
    { numRuns: 60 },
  );
});

test('a shift of all logits is the intercept of calibration in the large', () => {
  const etas = [-2, -1.5, -0.3, 0, 0.4, 1.2, 2.2, 3];
  const labels = [0, 1, 0, 0, 1, 0, 1, 1];
  const at = (shift: number) =>
    calibrationInTheLarge(
      labels,
      etas.map((eta) => 1 / (1 + Math.exp(-eta - shift))),
    );
  expectClose(at(0.75).intercept, at(0).intercept - 0.75, 'intercept', 1e-12);
  expectClose(at(0.75).standardError, at(0).standardError, 'standard error', 1e-12);
});

test('log loss never falls below that of the mean, and groups hold everybody', () => {
  fc.assert(
    fc.property(observations, fc.integer({ min: 1, max: 12 }), (rows, groups) => {
      const [labels, probabilities] = split(rows);
      expect(logLoss(labels, probabilities).logLoss).toBeGreaterThanOrEqual(0);
      const test = hosmerLemeshow(labels, probabilities, { groups });
      expect(test.groups.length).toBeLessThanOrEqual(groups);
      expect(test.groups.reduce((sum, { n }) => sum + n, 0)).toBe(rows.length);
      expect(test.statistic).toBeGreaterThanOrEqual(0);
      const validation = hosmerLemeshow(labels, probabilities, { groups, sample: 'validation' });
      expect(validation.statistic).toBe(test.statistic);
      expect(validation.degreesOfFreedom).toBe(test.groups.length);
    }),
  );
});
