import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logisticRegression } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface LogisticCase {
  name: string;
  rows: number[][];
  labels: number[];
  intercept: boolean;
  weights?: number[];
  offset?: number[];
  coefficients: number[];
  standard_errors: number[];
  log_likelihood: number;
  null_log_likelihood?: number;
}
const { logistic } = reference<{ logistic: LogisticCase[] }>('models');

test.each(logistic)('$name in 80 digits', (known) => {
  const { rows, labels, intercept, weights, offset } = known;
  const found = logisticRegression(rows, labels, {
    intercept,
    ...(weights === undefined ? {} : { weights }),
    ...(offset === undefined ? {} : { offset }),
  });
  expect(found.reason).toBeUndefined();
  expect(found.converged).toBe(true);
  const of = (key: 'estimate' | 'standardError') => found.coefficients.map((one) => one[key]);
  expectAllClose(of('estimate'), known.coefficients, 'coefficients');
  expectAllClose(of('standardError'), known.standard_errors, 'standard errors');
  expectClose(found.logLikelihood, known.log_likelihood, 'ln L');
  expectClose(found.deviance, -2 * known.log_likelihood, 'deviance');
  if (known.null_log_likelihood !== undefined) {
    expectClose(found.nullLogLikelihood, known.null_log_likelihood, 'ln L₀');
    const statistic = 2 * (known.log_likelihood - known.null_log_likelihood);
    expectClose(found.likelihoodRatioTest.statistic, statistic, 'likelihood ratio');
  }
});

test('logistic regression in R', () => {
  const { clustered } = reference<{
    clustered: { name: string; scores_a: number[]; labels: number[] }[];
  }>('roc');
  const data = clustered.find(({ name }) => name === 'rois_in_patients_mixed_labels');
  if (data === undefined) throw new Error('the case is missing');
  const { logistic: inR } = reference<{
    models: { logistic: { coef: number[]; se: number[]; deviance: number; aic: number } };
  }>('r').models;
  const found = logisticRegression(
    data.scores_a.map((score) => [score]),
    data.labels,
    { names: ['score'], level: 0.9 },
  );
  expectAllClose(
    found.coefficients.map(({ estimate }) => estimate),
    inR.coef,
    'coefficients',
  );
  expectAllClose(
    found.coefficients.map(({ standardError }) => standardError),
    inR.se,
    'standard errors',
  );
  expectClose(found.deviance, inR.deviance, 'deviance');
  expectClose(found.aic, inR.aic, 'AIC');
  const [, score] = found.coefficients;
  expect(score.name).toBe('score');
  expectClose(score.oddsRatio, Math.exp(inR.coef[1]), 'odds ratio');
  expectClose(score.interval[0], inR.coef[1] - 1.6448536269514722 * inR.se[1], 'lower limit');
  expectClose(score.oddsRatioInterval[0], Math.exp(score.interval[0]), 'lower limit, odds ratio');
});

test('weights count rows, and one binary predictor is its table', () => {
  const table = logisticRegression([[0], [0], [1], [1]], [0, 1, 0, 1], { weights: [24, 6, 14, 6] });
  expect(table).toMatchObject({ n: 50, events: 12 });
  expectClose(table.coefficients[1].oddsRatio, (24 * 6) / (14 * 6), 'odds ratio');
  // Woolf's standard error
  const error = Math.sqrt(1 / 24 + 1 / 6 + 1 / 14 + 1 / 6);
  expectClose(table.coefficients[1].standardError, error, 'standard error');
  expectAllClose(table.fitted, [0.2, 0.2, 0.3, 0.3], 'fitted');
  const nullDeviance = -2 * (12 * Math.log(12 / 50) + 38 * Math.log(38 / 50));
  expectClose(table.nullDeviance, nullDeviance, 'null deviance');
  expectClose(table.mcFadden, 1 - table.deviance / nullDeviance, "McFadden's R²");
  const coxSnell = 1 - Math.exp((table.deviance - nullDeviance) / 50);
  expectClose(table.nagelkerke, coxSnell / (1 - Math.exp(-nullDeviance / 50)), "Nagelkerke's R²");
  expectClose(table.bic, table.deviance + 2 * Math.log(50), 'BIC');
});

describe('separation', () => {
  const labels = [0, 0, 0, 0, 1, 1, 1, 1];
  const at = (x: number[]) => x.map((value) => [value]);
  test.each([
    ['complete', at([1, 2, 3, 4, 5, 6, 7, 8])],
    ['complete, and reversed', at([8, 7, 6, 5, 4, 3, 2, 1])],
    ['complete, by a hair', at([1, 2, 3, 4, 4.000001, 6, 7, 8])],
    ['but for ties', at([1, 2, 3, 4, 4, 6, 7, 8])],
    ['a group without events', at([0, 0, 1, 1, 1, 1, 1, 1])],
    [
      'by two predictors together',
      [
        [1, 0],
        [0, 2],
        [2, 2],
        [3, 4],
        [0, -1],
        [2, 0.5],
        [5, 4],
        [4, 1],
      ],
    ],
  ])('%s', (_, rows) => {
    const found = logisticRegression(rows, labels);
    expect(found.reason).toBe('separation');
    expect(found.converged).toBe(false);
    expect(found.coefficients[1]).toMatchObject({ estimate: Number.NaN, p: Number.NaN });
  });

  test('one row out of order is enough for an estimate', () => {
    const found = logisticRegression(at([1, 2, 3, 4.001, 4, 6, 7, 8]), labels);
    expect(found.reason).toBeUndefined();
    expect(found.converged).toBe(true);
  });

  test('is found in random data just where the likelihood has no maximum', () => {
    // With one predictor it is a matter of the classes' ranges.
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 })), {
          minLength: 3,
          maxLength: 14,
        }),
        (data) => {
          const x = data.map(([value]) => value);
          const y = data.map(([, label]) => label);
          const of = (label: number) => x.filter((_, i) => y[i] === label);
          fc.pre(of(0).length > 0 && of(1).length > 0 && new Set(x).size > 1);
          const parted =
            Math.max(...of(0)) <= Math.min(...of(1)) || Math.max(...of(1)) <= Math.min(...of(0));
          const found = logisticRegression(at(x), y);
          expect(found.reason).toBe(parted ? 'separation' : undefined);
        },
      ),
    );
  });
});

test('the score of the fit is 0: fitted values keep the sums of the data', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.boolean()), {
        minLength: 8,
        maxLength: 40,
      }),
      (data) => {
        const rows = data.map(([x]) => [x]);
        const labels = data.map(([, label]) => Number(label));
        const found = logisticRegression(rows, labels);
        fc.pre(found.converged);
        const events = labels.reduce((a, b) => a + b, 0);
        expect(found.fitted.reduce((a, b) => a + b, 0)).toBeCloseTo(events, 9);
      },
    ),
  );
});

test('degenerate data', () => {
  const reasons = (rows: number[][], labels: number[], options = {}) =>
    logisticRegression(rows, labels, options).reason;
  expect(reasons([], [])).toBe('too-few-observations');
  expect(reasons([[1], [2]], [0, 1])).toBe('too-few-observations');
  expect(reasons([[1], [2], [3]], [1, 1, 1])).toBe('single-class');
  expect(reasons([[1], [2], [3]], [1, 1, 0], { weights: [1, 1, 0] })).toBe('too-few-observations');
  expect(reasons([[1], [2], [3], [4]], [1, 1, 0, 1], { weights: [1, 1, 0, 1] })).toBe(
    'single-class',
  );
  expect(reasons([[1], [Number.NaN], [3], [2]], [1, 0, 0, 1])).toBe('nan-input');
  const collinear = logisticRegression(
    [
      [1, 2],
      [2, 4],
      [3, 6],
      [4, 8],
    ],
    [0, 1, 0, 1],
    { names: ['a', 'twice a'] },
  );
  expect(collinear).toMatchObject({ reason: 'collinear', collinear: ['twice a'] });
  const rows = [[1], [2], [Number.NaN], [3], [2.5], [4]];
  const omitted = logisticRegression(rows, [0, 1, 1, 0, Number.NaN, 1], { nanPolicy: 'omit' });
  expect(omitted).toMatchObject({ n: 4, events: 2, converged: true });
  expect(omitted.fitted[2]).toBeNaN();
  expect(omitted.fitted[5]).toBeGreaterThan(0.5);
  const stopped = logisticRegression([[1], [2], [3], [4]], [0, 1, 0, 1], { maxIterations: 1 });
  expect(stopped).toMatchObject({ reason: 'no-convergence', converged: false, iterations: 1 });
  const alone = logisticRegression([[], [], [], [], []], [1, 0, 0, 0, 1]);
  expectClose(alone.coefficients[0].estimate, Math.log(2 / 3), 'intercept');
  expect(alone.likelihoodRatioTest).toMatchObject({ degreesOfFreedom: 0, p: Number.NaN });
});

test('impossible requests are refused', () => {
  const rows = [[1], [2], [3], [4]];
  const labels = [0, 1, 0, 1];
  const refused = (call: () => unknown, words: RegExp) => {
    expect(call).toThrow(InvalidArgumentError);
    expect(call).toThrow(words);
  };
  refused(() => logisticRegression(rows, [0, 1, 2, 1]), /labels\[2\] is 2/);
  refused(() => logisticRegression(rows, [0, 1]), /labels/);
  refused(() => logisticRegression(rows, labels, { offset: [1] }), /offset/);
  refused(() => logisticRegression(rows, labels, { offset: [0, 0, Infinity, 0] }), /offset\[2\]/);
  refused(() => logisticRegression(rows, labels, { maxIterations: 0 }), /maxIterations/);
  refused(() => logisticRegression(rows, labels, { intercept: 1 as never }), /intercept/);
  refused(() => logisticRegression(rows, labels, { nanPolicy: 'drop' as 'omit' }), /nanPolicy/);
});

test('an offset that leaves nothing to learn does not converge', () => {
  const rows = [[1], [2], [3], [4]];
  const lost = logisticRegression(rows, [0, 1, 0, 1], { offset: [1000, 1000, 1000, 1000] });
  expect(lost).toMatchObject({ reason: 'no-convergence', converged: false });
  expect(lost.coefficients.map(({ p }) => p)).toEqual([NaN, NaN]);
});

test('rows are named as they were given, and tests count coefficients without an intercept', () => {
  const holey = [[Number.NaN], [1], [2], [3]];
  const call = () => logisticRegression(holey, [0, 1, 7, 0], { nanPolicy: 'omit' });
  expect(call).toThrow(/labels\[2\] is 7/);
  expect(logisticRegression(holey, [0, 1, 0, 1], { intercept: false })).toMatchObject({
    reason: 'nan-input',
    likelihoodRatioTest: { degreesOfFreedom: 1 },
  });
});
