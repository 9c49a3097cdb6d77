import { InvalidArgumentError } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import { gee, type GeeFamily, type GeeStandardErrors, logisticRegression } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface GeeCase {
  family: GeeFamily;
  rows: number[][];
  y: number[];
  clusters: number[];
  offset?: number[];
  fits: {
    correlation: 'independence' | 'exchangeable';
    coefficients: number[];
    standard_errors: Record<GeeStandardErrors, number[]>;
    alpha: number;
    scale: number;
  }[];
}
const { gee: cases } = reference<{ gee: GeeCase[] }>('models');
const fits = cases.flatMap((known) => known.fits.map((fit) => ({ ...known, ...fit })));

describe('statsmodels', () => {
  test.each(fits)('$family, $correlation', (known) => {
    const { family, correlation, rows, y, clusters, offset } = known;
    for (const standardErrors of ['robust', 'bias-reduced', 'model'] as const) {
      const found = gee(rows, y, clusters, {
        family,
        correlation,
        standardErrors,
        ...(offset === undefined ? {} : { offset }),
      });
      expect(found).toMatchObject({ converged: true, n: y.length });
      expectAllClose(
        found.coefficients.map(({ estimate }) => estimate),
        known.coefficients,
        'coefficients',
      );
      expectAllClose(
        found.coefficients.map(({ standardError }) => standardError),
        known.standard_errors[standardErrors],
        standardErrors,
      );
      expectClose(found.workingCorrelation, known.alpha, 'α');
      expectClose(found.scale, known.scale, 'φ');
    }
  });
});

const { clustered } = reference<{
  clustered: { name: string; scores_a: number[]; labels: number[]; clusters: number[] }[];
}>('roc');
const data = clustered.find(({ name }) => name === 'rois_in_patients_mixed_labels');
if (data === undefined) throw new Error('the case is missing');
const { labels, clusters } = data;
const rows = data.scores_a.map((score) => [score]);

test.each(['exchangeable', 'independence'] as const)('%s correlation in geepack', (correlation) => {
  const { models } = reference<{
    models: Record<
      string,
      { coef: number[]; robust_se: number[]; alpha?: number; phi?: number } | undefined
    >;
  }>('r');
  const inR = models[`gee_logit_${correlation}`];
  if (inR === undefined) throw new Error('the model is missing');
  const found = gee(rows, labels, clusters, { correlation });
  expectAllClose(
    found.coefficients.map(({ estimate }) => estimate),
    inR.coef,
    'coefficients',
  );
  expectAllClose(
    found.coefficients.map(({ standardError }) => standardError),
    inR.robust_se,
    'standard errors',
  );
  if (inR.alpha !== undefined) expectClose(found.workingCorrelation, inR.alpha, 'α');
  if (inR.phi !== undefined) expectClose(found.scale, inR.phi, 'φ');
});

test('under independence the estimates are those of logistic regression', () => {
  const found = gee(rows, labels, clusters, { correlation: 'independence' });
  const plain = logisticRegression(rows, labels);
  expectAllClose(
    found.coefficients.map(({ estimate }) => estimate),
    plain.coefficients.map(({ estimate }) => estimate),
    'coefficients',
  );
  expect(found.coefficients[1].ratio).toBeCloseTo(plain.coefficients[1].oddsRatio, 9);
  expect(found.workingCorrelation).toBe(0);
});

test('the order of rows and the names of clusters do not matter', () => {
  const found = gee(rows, labels, clusters);
  const back = gee(
    [...rows].reverse(),
    [...labels].reverse(),
    clusters.map((cluster) => `patient ${cluster}`).reverse(),
  );
  expectAllClose(
    back.coefficients.map(({ standardError }) => standardError),
    found.coefficients.map(({ standardError }) => standardError),
    'standard errors',
  );
  expect(back).toMatchObject({ clusters: found.clusters, largestCluster: found.largestCluster });
});

test('clusters of one row have no correlation to estimate', () => {
  const found = gee(
    rows,
    labels,
    rows.map((_, i) => i),
  );
  expect(found.workingCorrelation).toBeNaN();
  expect(found.reason).toBeUndefined();
  expectAllClose(
    found.coefficients.map(({ estimate }) => estimate),
    logisticRegression(rows, labels).coefficients.map(({ estimate }) => estimate),
    'coefficients',
  );
});

test('degenerate data', () => {
  const y = [0, 1, 1, 0, 1, 0];
  const x = [[1], [2], [1.5], [3], [4], [2.5]];
  const three = ['a', 'a', 'b', 'b', 'c', 'c'];
  expect(gee(x, y, ['a', 'a', 'a', 'b', 'b', 'b'], { correlation: 'independence' })).toMatchObject({
    reason: 'too-few-clusters',
    clusters: 2,
  });
  expect(gee(x, [1, 1, 1, 1, 1, 1], three).reason).toBe('single-class');
  expect(gee(x, [2, 2, 2, 2, 2, 2], three, { family: 'poisson' }).reason).toBe('constant-input');
  expect(gee([[1], [2]], [0, 1], ['a', 'b']).reason).toBe('too-few-observations');
  expect(gee([], [], []).reason).toBe('too-few-observations');
  expect(gee(x, [0, 0, 0, 1, 1, 0], three, {}).reason).toBe('separation');
  expect(gee([[1], [2], [1.5], [3], [4], [Number.NaN]], y, three).reason).toBe('nan-input');
  const twice = x.map(([value]) => [value, 2 * value]);
  expect(gee(twice, y, three)).toMatchObject({ reason: 'collinear', collinear: ['x2'] });
  // Without variation inside clusters α comes to 1, which no correlation matrix of this kind has.
  const copies = gee(
    [[1], [1], [3], [3], [2], [2], [5], [5]],
    [0, 0, 1, 1, 1, 1, 0, 0],
    [1, 1, 2, 2, 3, 3, 4, 4],
  );
  expect(copies.reason).toBe('no-convergence');
  expect(copies.coefficients[1].p).toBeNaN();
});

test('impossible requests are refused', () => {
  const refused = (call: () => unknown, words: RegExp) => {
    expect(call).toThrow(InvalidArgumentError);
    expect(call).toThrow(words);
  };
  refused(() => gee(rows, labels, [1, 2]), /clusters/);
  refused(() => gee(rows, labels, undefined as never), /clusters/);
  refused(() => gee([[1]], [0], [Number.NaN]), /clusters\[0\]/);
  refused(() => gee([[1], [2]], [0, 0.5], [1, 2]), /y\[1\] is 0\.5/);
  refused(() => gee([[1], [2]], [0, -1], [1, 2], { family: 'poisson' }), /y\[1\] is -1/);
  refused(() => gee(rows, labels, clusters, { family: 'gamma' as 'poisson' }), /family/);
  refused(
    () => gee(rows, labels, clusters, { correlation: 'ar1' as 'independence' }),
    /correlation/,
  );
  refused(
    () => gee(rows, labels, clusters, { standardErrors: 'hc3' as 'robust' }),
    /standardErrors/,
  );
  refused(() => gee(rows, labels, clusters, { maxIterations: 0.5 }), /maxIterations/);
});

test('counts that leap are solved by shorter steps', () => {
  const x = [1, 2, 3, 4, 5, 6, 7, 8];
  const y = x.map((value, i) => Math.round(Math.exp(0.9 * value)) + (i % 3));
  const found = gee(
    x.map((value) => [value]),
    y,
    x,
    { family: 'poisson', correlation: 'independence', intercept: false },
  );
  const [{ estimate }] = found.coefficients;
  const score = x.reduce((sum, value, i) => sum + value * (y[i] - Math.exp(estimate * value)), 0);
  expect(Math.abs(score)).toBeLessThan(1e-9);
  expect(found.converged).toBe(true);
});

test('a wrong response is named by the row that was given', () => {
  const call = () => gee([[Number.NaN], [1], [2]], [0, 1, 0.5], [1, 2, 3], { nanPolicy: 'omit' });
  expect(call).toThrow(/y\[2\] is 0\.5/);
});
