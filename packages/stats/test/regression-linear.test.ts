import { InvalidArgumentError } from '@steatosis/core';
import { Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { linearRegression, type StandardErrors } from '../src/index.js';
import { waldStatistic } from '../src/regression/wald.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface LinearCase {
  name: string;
  rows: number[][];
  y: number[];
  intercept: boolean;
  weights?: number[];
  coefficients: number[];
  standard_errors: number[];
  residual_standard_error: number;
  r_squared: number;
  f: number;
}
interface RobustCase {
  rows: number[][];
  y: number[];
  clusters: number[];
  weights?: number[];
  n: number;
  log_likelihood: number;
  errors: Record<StandardErrors, { standard_errors: number[]; p: number[]; f: number }>;
}
const { linear, robust } = reference<{ linear: LinearCase[]; robust: RobustCase[] }>('models');

test.each(linear)('$name in exact fractions', (known) => {
  const { intercept, weights } = known;
  const found = linearRegression(known.rows, known.y, {
    intercept,
    ...(weights === undefined ? {} : { weights }),
  });
  expect(found.reason).toBeUndefined();
  const of = (key: 'estimate' | 'standardError') => found.coefficients.map((one) => one[key]);
  expectAllClose(of('estimate'), known.coefficients, 'coefficients');
  expectAllClose(of('standardError'), known.standard_errors, 'standard errors');
  expectClose(found.residualStandardError, known.residual_standard_error, 'residual error');
  expectClose(found.rSquared, known.r_squared, 'R²');
  expectClose(found.fTest.statistic, known.f, 'F');
});

test('ordinary least squares in R', () => {
  const { clustered } = reference<{
    clustered: { name: string; scores_a: number[]; scores_b: number[]; labels: number[] }[];
  }>('roc');
  const [pure, mixed] = ['rois_in_patients_pure', 'rois_in_patients_mixed_labels'].map((name) =>
    clustered.find((one) => one.name === name),
  );
  const { ols } = reference<{
    models: { ols: { coef: number[]; se: number[]; r2: number; adj_r2: number } };
  }>('r').models;
  if (pure === undefined || mixed === undefined) throw new Error('cases are missing');
  const rows = mixed.scores_b.map((score, i) => [pure.labels[i], score]);
  const found = linearRegression(rows, mixed.scores_a, { names: ['grade', 'score'] });
  expect(found.coefficients.map(({ name }) => name)).toEqual(['(intercept)', 'grade', 'score']);
  expectAllClose(
    found.coefficients.map(({ estimate }) => estimate),
    ols.coef,
    'coefficients',
  );
  expectAllClose(
    found.coefficients.map(({ standardError }) => standardError),
    ols.se,
    'standard errors',
  );
  expectClose(found.rSquared, ols.r2, 'R²');
  expectClose(found.adjustedRSquared, ols.adj_r2, 'adjusted R²');
});

describe.each(robust.map((known) => ({ known, kind: known.weights ? 'weighted' : 'ordinary' })))(
  '$kind least squares in statsmodels',
  ({ known }) => {
    test.each(['hc0', 'hc1', 'hc2', 'hc3', 'cluster'] as const)('%s', (standardErrors) => {
      const found = linearRegression(known.rows, known.y, {
        standardErrors,
        ...(standardErrors === 'cluster' ? { clusters: known.clusters } : {}),
        ...(known.weights === undefined ? {} : { weights: known.weights }),
      });
      const expected = known.errors[standardErrors];
      expectAllClose(
        found.coefficients.map(({ standardError }) => standardError),
        expected.standard_errors,
        'standard errors',
      );
      expectAllClose(
        found.coefficients.map(({ p }) => p),
        expected.p,
        'P',
      );
      expectClose(found.fTest.statistic, expected.f, 'F');
      expectClose(found.logLikelihood, known.log_likelihood, 'ln L');
      expectClose(found.aic, -2 * known.log_likelihood + 8, 'AIC');
      expectClose(found.bic, -2 * known.log_likelihood + 4 * Math.log(known.n), 'BIC');
    });
  },
);

test('rows as arrays, typed arrays and an ml-matrix Matrix are the same', () => {
  const { rows, y } = linear[3];
  const expected = linearRegression(rows, y);
  expect(linearRegression(new Matrix(rows), y)).toEqual(expected);
  expect(
    linearRegression(
      rows.map((row) => Float64Array.from(row)),
      y,
    ),
  ).toEqual(expected);
});

test('fitted values and residuals stand at their rows', () => {
  const rows = [[1], [2], [Number.NaN], [4], [5]];
  const y = [2, 3, 4, 7, Number.NaN];
  const found = linearRegression(rows, y, { nanPolicy: 'omit' });
  expect(found.n).toBe(3);
  expect(found.fitted.map((value) => Math.round(value * 1e9) / 1e9)).toEqual(
    Float64Array.from([1.714285714, 3.428571429, Number.NaN, 6.857142857, Number.NaN]),
  );
  found.fitted.forEach((value, i) => {
    if (!Number.isNaN(value)) expectClose(value + found.residuals[i], y[i], 'y', 1e-15);
  });
  const whole = linearRegression([[1], [2], [4]], [2, 3, 7]);
  expect(found.coefficients).toEqual(whole.coefficients);
  // Rows of weight 0 are as if they were not there.
  const weighted = linearRegression([[1], [2], [9], [4]], [2, 3, 5, 7], { weights: [1, 1, 0, 1] });
  expect(weighted.n).toBe(3);
  expectAllClose(
    weighted.coefficients.map(({ standardError }) => standardError),
    whole.coefficients.map(({ standardError }) => standardError),
    'standard errors',
  );
});

test('slopes follow the units and offsets of their predictors', () => {
  const { rows, y } = linear[3];
  const plain = linearRegression(rows, y);
  const moved = linearRegression(
    rows.map(([a, b, c]) => [a * 1024 + 4096, b, c]),
    y,
  );
  expectClose(
    moved.coefficients[1].estimate * 1024,
    plain.coefficients[1].estimate,
    'slope',
    1e-11,
  );
  expectClose(moved.coefficients[1].p, plain.coefficients[1].p, 'P');
  expectClose(moved.rSquared, plain.rSquared, 'R²');
});

describe('degenerate data', () => {
  const known = (reason: string) => ({
    reason,
    rSquared: Number.NaN,
    aic: Number.NaN,
  });

  test('too few rows, constant responses, collinear predictors', () => {
    expect(linearRegression([], [])).toMatchObject({ ...known('too-few-observations'), n: 0 });
    expect(linearRegression([[1, 2]], [3])).toMatchObject(known('too-few-observations'));
    expect(linearRegression([[1], [2], [4]], [5, 5, 5])).toMatchObject(known('constant-input'));
    expect(linearRegression([[1], [Number.NaN], [4]], [5, 5, 6])).toMatchObject(known('nan-input'));
    const rows = [
      [1, 3, 4, 7],
      [2, 3, 5, 1],
      [5, 3, 8, 2],
      [7, 3, 10, 9],
      [8, 3, 11, 4],
      [9, 3, 12, 4],
      [3, 3, 6, 1],
    ];
    expect(linearRegression(rows, [1, 2, 3, 5, 4, 6, 9])).toMatchObject({
      ...known('collinear'),
      collinear: ['x2', 'x3'],
    });
    // 0.1 + 0.2 is not 0.3 in doubles: dependence is found in spite of rounding, at any offset.
    const rounded = Array.from({ length: 20 }, (_, i) => {
      const [a, b] = [Math.sin(i) + 1e6, Math.cos(3 * i) / 7];
      return [a, b, a + b];
    });
    const response = rounded.map((_, i) => i * i);
    expect(linearRegression(rounded, response)).toMatchObject({ collinear: ['x3'] });
  });

  test('as many rows as coefficients have estimates but no errors', () => {
    const found = linearRegression([[1], [3]], [2, 8]);
    expect(found.coefficients.map(({ estimate }) => estimate)).toEqual([-1, 3]);
    expect(found.coefficients[1]).toMatchObject({ standardError: Number.NaN, p: Number.NaN });
    expect(found.reason).toBe('too-few-observations');
  });

  test('a fit without error says so', () => {
    const found = linearRegression([[1], [2], [4], [5]], [3, 5, 9, 11]);
    expect(found.coefficients.map(({ estimate }) => estimate)).toEqual([1, 2]);
    expect(found.rSquared).toBe(1);
    expect(found.reason).toBe('zero-variance');
  });

  test('an intercept alone is a mean', () => {
    const found = linearRegression([[], [], [], []], [1, 2, 4, 9]);
    expect(found.coefficients).toHaveLength(1);
    expectClose(found.coefficients[0].estimate, 4, 'mean', 1e-15);
    expect(found.fTest.p).toBeNaN();
  });

  test('one cluster, and a row that is fitted whatever its y', () => {
    const rows = [[1], [2], [4], [5]];
    const clusters = ['a', 'a', 'a', 'a'];
    const found = linearRegression(rows, [1, 3, 2, 5], { clusters });
    expect(found).toMatchObject({ reason: 'too-few-clusters' });
    expect(found.coefficients[1].p).toBeNaN();
    const free = linearRegression([[0], [0], [0], [1]], [1, 3, 2, 5], { standardErrors: 'hc3' });
    expect(free.reason).toBe('zero-denominator');
    expect(free.coefficients[1].standardError).toBeNaN();
  });
});

test('impossible requests are refused', () => {
  const rows = [[1], [2], [3], [5]];
  const y = [1, 3, 2, 4];
  const refused = (call: () => unknown, words: RegExp) => {
    expect(call).toThrow(InvalidArgumentError);
    expect(call).toThrow(words);
  };
  refused(() => linearRegression(rows, [1, 2]), /y is "2 values"; expected as many/);
  refused(() => linearRegression([[1], [2, 3]], [1, 2]), /rows\[1\]/);
  refused(() => linearRegression([1, 2] as never, [1, 2]), /rows\[0\]/);
  refused(() => linearRegression([['1'], ['2']] as never, [1, 2]), /rows\[0\]\[0\]/);
  refused(() => linearRegression(rows, [1, 3, Infinity, 4]), /y\[2\] is Infinity/);
  refused(() => linearRegression([[1], [-Infinity]], [1, 2]), /predictor x1\[1\]/);
  refused(() => linearRegression(rows, y, { names: ['a', 'b'] }), /names/);
  refused(() => linearRegression(rows, y, { names: ['(intercept)'] }), /names/);
  refused(() => linearRegression(rows, y, { weights: [1, -1, 1, 1] }), /weights\[1\]/);
  refused(() => linearRegression(rows, y, { standardErrors: 'cluster' }), /clusters/);
  refused(() => linearRegression(rows, y, { standardErrors: 'hc3', clusters: y }), /clusters/);
  refused(() => linearRegression(rows, y, { standardErrors: 'hc4' as 'hc3' }), /standardErrors/);
  refused(() => linearRegression(rows, y, { level: 95 }), /level/);
  refused(() => linearRegression(rows, y, { clusters: [1, 2] }), /clusters/);
  refused(() => linearRegression([[], []], [1, 2], { intercept: false }), /at least one/);
  refused(() => linearRegression(rows, y, { robust: true } as never), /options/);
  refused(() => linearRegression(rows, [Number.NaN, 1, 2, 3], { nanPolicy: 'raise' }), /y\[0\]/);
});

test('robust tests without an intercept, and with fewer clusters than predictors', () => {
  const rows = [[1], [2], [4], [5], [7]];
  const y = [1.2, 1.7, 4.4, 4.8, 7.6];
  const through = linearRegression(rows, y, { intercept: false, standardErrors: 'hc3' });
  expectClose(through.fTest.statistic, through.coefficients[0].statistic ** 2, 'F', 1e-12);
  expectClose(through.fTest.p, through.coefficients[0].p, 'P', 1e-12);
  const unknown = linearRegression([[Number.NaN], [1]], [1, 2], { intercept: false });
  expect(unknown).toMatchObject({ reason: 'nan-input', fTest: { degreesOfFreedom: [1, 1] } });
  const wide = Array.from({ length: 12 }, (_, i) => [i, (i * i) % 7, (i * 5) % 11]);
  const clusters = wide.map((_, i) => i % 3);
  const response = wide.map((_, i) => (i * i) % 5);
  const few = linearRegression(wide, response, { clusters });
  expect(few).toMatchObject({ reason: 'too-few-clusters', fTest: { statistic: NaN, p: NaN } });
  expect(few.coefficients[1].p).toBeGreaterThan(0);
  const two = wide.map((row) => row.slice(0, 2));
  expect(linearRegression(two, response, { clusters }).fTest.p).toBeGreaterThan(0);
  const singular = [
    [1, 1],
    [1, 1],
  ];
  expect(waldStatistic([1, 2], singular, 0)).toBeNaN();
});

test('weights of 0 and missing values leave rows out together', () => {
  const rows = [[1], [Number.NaN], [4], [5], [7], [6]];
  const y = [1.2, 3, 4.4, 4.8, 7.6, 100];
  const weights = [1, 2, 1, 3, 2, 0];
  const found = linearRegression(rows, y, { weights, nanPolicy: 'omit' });
  const kept = [0, 2, 3, 4];
  const alone = linearRegression(
    kept.map((i) => rows[i]),
    kept.map((i) => y[i]),
    { weights: kept.map((i) => weights[i]) },
  );
  expect(found.coefficients).toEqual(alone.coefficients);
  expect([...found.fitted.keys()].filter((i) => Number.isNaN(found.fitted[i]))).toEqual([1, 5]);
  const refused = (call: () => unknown) => expect(call).toThrow(InvalidArgumentError);
  refused(() => linearRegression(null as never, y));
  refused(() => linearRegression(rows, undefined as never));
  refused(() => linearRegression(rows, 5 as never));
});
