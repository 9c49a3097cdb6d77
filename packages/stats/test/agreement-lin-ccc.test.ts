import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linCcc, pearson } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

const { lin_ccc: known } = reference<{
  lin_ccc: { x: number[]; y: number[]; ccc_population_moments: number };
}>('agreement');

test('concordance of two readers', () => {
  const found = linCcc(known.x, known.y);
  expectClose(found.coefficient, known.ccc_population_moments, 'coefficient');
  expectClose(found.pearson, pearson(known.x, known.y).coefficient, "Pearson's r");
  expectClose(
    found.pearson * found.biasCorrection,
    found.coefficient,
    'precision × accuracy',
    1e-14,
  );
  const { locationShift: u, scaleShift: v, biasCorrection } = found;
  expectClose(biasCorrection, 2 / (v + 1 / v + u * u), 'accuracy from the shifts', 1e-14);
});

test("Lin's variance of z, as corrected in 2000, in its published form", () => {
  const {
    coefficient: c,
    pearson: r,
    locationShift: u,
    standardErrorOfZ,
  } = linCcc(
    known.x,
    known.y.map((value) => 1.3 * value + 1),
  );
  const square = 1 - c * c;
  const variance =
    ((1 - r * r) * c * c) / (square * r * r) +
    (2 * c ** 3 * (1 - c) * u * u) / (r * square ** 2) -
    (c ** 4 * u ** 4) / (2 * r * r * square ** 2);
  expectClose(standardErrorOfZ, Math.sqrt(variance / (known.x.length - 2)), 'standard error');
});

test('the variance is that of the delta method for normal data', () => {
  // Moments (mean difference, s_xx, s_yy, s_xy) of bivariate normal data with covariances as in the sample.
  const { x, y } = known;
  const n = x.length;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  const [mx, my] = [mean(x), mean(y) + 1];
  const sxx = mean(x.map((value) => (value - mx) ** 2));
  const syy = mean(y.map((value) => (value + 1 - my) ** 2));
  const sxy = mean(x.map((value, i) => (value - mx) * (y[i] + 1 - my)));
  const moments = [mx - my, sxx, syy, sxy];
  const z = ([d, a, b, c]: number[]) => Math.atanh((2 * c) / (a + b + d * d));
  const gradient = moments.map((_, k) => {
    const step = 1e-6;
    const shifted = (sign: number) =>
      moments.map((value, i) => value + (i === k ? sign * step : 0));
    return (z(shifted(1)) - z(shifted(-1))) / (2 * step);
  });
  const covariance = [
    [sxx + syy - 2 * sxy, 0, 0, 0],
    [0, 2 * sxx * sxx, 2 * sxy * sxy, 2 * sxx * sxy],
    [0, 2 * sxy * sxy, 2 * syy * syy, 2 * syy * sxy],
    [0, 2 * sxx * sxy, 2 * syy * sxy, sxx * syy + sxy * sxy],
  ];
  let variance = 0;
  gradient.forEach((g, i) => gradient.forEach((h, j) => (variance += g * h * covariance[i][j])));
  const found = linCcc(
    x,
    y.map((value) => value + 1),
  );
  expectClose(found.standardErrorOfZ, Math.sqrt(variance / (n - 2)), 'standard error', 1e-7);
});

const values = fc.array(
  fc.tuple(
    fc.double({ min: -50, max: 50, noNaN: true }),
    fc.double({ min: -50, max: 50, noNaN: true }),
  ),
  { minLength: 4, maxLength: 30 },
);

test('it does not depend on unit, origin or order, and lies within its interval', () => {
  fc.assert(
    fc.property(values, (pairs) => {
      const x = pairs.map(([a]) => Math.round(a * 100) / 100);
      const y = pairs.map(([, b]) => Math.round(b * 100) / 100);
      const here = linCcc(x, y);
      fc.pre(!Number.isNaN(here.coefficient) && here.reason === undefined);
      const scaled = linCcc(
        x.map((value) => 4 * value + 100),
        y.map((value) => 4 * value + 100),
      );
      expect(scaled.coefficient).toBeCloseTo(here.coefficient, 9);
      expect(linCcc(y, x).coefficient).toBeCloseTo(here.coefficient, 12);
      expect(Math.abs(here.coefficient)).toBeLessThanOrEqual(Math.abs(here.pearson) + 1e-12);
      const [low, high] = here.interval;
      expect(low).toBeLessThanOrEqual(here.coefficient + 1e-12);
      expect(high).toBeGreaterThanOrEqual(here.coefficient - 1e-12);
    }),
  );
});

test('extremes of scale', () => {
  const expected = linCcc(known.x, known.y);
  for (const scale of [1e-160, 1e160]) {
    const found = linCcc(
      known.x.map((value) => value * scale),
      known.y.map((value) => value * scale),
    );
    expectClose(found.coefficient, expected.coefficient, `scale ${scale}`, 1e-12);
    expectAllClose(found.interval, expected.interval, `scale ${scale}`);
  }
});

test('degenerate values say what is wrong', () => {
  expect(linCcc([], [])).toMatchObject({ coefficient: NaN, reason: 'too-few-observations' });
  expect(linCcc([1], [1])).toMatchObject({ coefficient: NaN, reason: 'too-few-observations' });
  expect(linCcc([1, 2], [1, 3])).toMatchObject({
    interval: [NaN, NaN],
    reason: 'too-few-observations',
  });
  expect(linCcc([1, 1, 1], [1, 2, 3])).toMatchObject({
    coefficient: NaN,
    reason: 'constant-input',
  });
  expect(linCcc([1, 2, 3], [1, 2, 3])).toMatchObject({
    coefficient: 1,
    interval: [1, 1],
    reason: 'zero-variance',
  });
  expect(linCcc([1, NaN, 3], [1, 2, 3])).toMatchObject({ coefficient: NaN, reason: 'nan-input' });
  expect(linCcc([1, NaN, 3, 4], [1, 2, 3, 5], { nanPolicy: 'omit' }).n).toBe(3);
  expect(() => linCcc([1, Infinity], [1, 2])).toThrow(InvalidArgumentError);
  expect(() => linCcc([1], [1, 2])).toThrow(/y is "2 values"|2 values/);
});
