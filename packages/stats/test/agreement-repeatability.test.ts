import { InvalidArgumentError } from '@steatosis/core';
import { expect, test } from 'vitest';
import { blandAltman, icc, repeatability } from '../src/index.js';
import { expectAllClose, expectClose } from './support/reference.js';

const ROWS = [
  [5.1, 5.4],
  [12.4, 12.0],
  [8.3, 8.1],
  [20.2, 20.9],
  [3.9, 3.8],
];

test('two measurements each, worked by hand', () => {
  const found = repeatability(ROWS);
  // Half the mean squared difference: (0.09 + 0.16 + 0.04 + 0.49 + 0.01)/10
  expectClose(found.withinSubjectSd, Math.sqrt(0.079), 'within-subject SD');
  expectClose(found.repeatabilityCoefficient, 2.771807648699356 * Math.sqrt(0.079), 'RC');
  // Limits of chi-square with 5 degrees of freedom: 0.83121161… and 12.83250199…
  expectAllClose(
    found.interval,
    [Math.sqrt(0.395 / 12.832501994030027), Math.sqrt(0.395 / 0.8312116134866625)],
    'interval',
  );
  const squares = ROWS.map(([a, b]) => (a - b) ** 2 / 2 / ((a + b) / 2) ** 2);
  const cv = 100 * Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / 5);
  expectClose(found.withinSubjectCvPercent, cv, 'CV');
  expectClose(found.repeatabilityCoefficientPercent, 2.771807648699356 * cv, 'RC in percent');
  expect(found).toMatchObject({ n: 5, degreesOfFreedom: 5 });
});

test('the within-subject variance is the mean square of the intraclass correlation', () => {
  const found = repeatability(ROWS.map((row) => [...row, row[0] + 0.2]));
  const { meanSquares } = icc(ROWS.map((row) => [...row, row[0] + 0.2]))['ICC(1,1)'];
  expectClose(found.withinSubjectSd ** 2, meanSquares.within, 'variance');
});

test('rows of different length are pooled by their degrees of freedom', () => {
  const found = repeatability([[1, 3], [2, 4, 6], [5]]);
  expectClose(found.withinSubjectSd, Math.sqrt((2 + 8) / 3), 'within-subject SD');
  expect(found).toMatchObject({ n: 2, degreesOfFreedom: 3 });
});

test('without a bias the repeatability coefficient is near the limits of agreement', () => {
  const x = ROWS.map(([a]) => a);
  const y = ROWS.map(([, b]) => b);
  const { standardDeviation, bias } = blandAltman(x, y);
  const { withinSubjectSd } = repeatability(ROWS);
  // Σd² = (n − 1) s² + n d̄²
  expectClose(10 * withinSubjectSd ** 2, 4 * standardDeviation ** 2 + 5 * bias ** 2, 'squares');
});

test('degenerate measurements say what is wrong', () => {
  expect(repeatability([])).toMatchObject({ withinSubjectSd: NaN, reason: 'too-few-observations' });
  expect(repeatability([[1], [2]]).reason).toBe('too-few-observations');
  expect(
    repeatability([
      [1, 1],
      [2, 2],
    ]),
  ).toMatchObject({
    withinSubjectSd: 0,
    reason: 'zero-variance',
  });
  expect(
    repeatability([
      [1, -1],
      [2, 3],
    ]),
  ).toMatchObject({
    withinSubjectCvPercent: NaN,
    reason: 'zero-denominator',
  });
  expect(
    repeatability([
      [1, NaN, 2],
      [2, 3, 5],
    ]),
  ).toMatchObject({
    withinSubjectSd: NaN,
    reason: 'nan-input',
  });
  expect(
    repeatability(
      [
        [1, NaN, 2],
        [2, 3, 5],
      ],
      { nanPolicy: 'omit' },
    ).degreesOfFreedom,
  ).toBe(3);
  expect(() => repeatability([[1, Infinity]])).toThrow(InvalidArgumentError);
});
