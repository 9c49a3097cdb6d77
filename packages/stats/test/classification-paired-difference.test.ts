import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mcnemar, pairedDifference } from '../src/index.js';
import { expectClose } from './support/reference.js';

// Airway hyper-responsiveness before and after transplantation (Bentur and others 2009), the worked example of Fagerland,
// Lydersen and Laake (2014, Stat Med 33:2850): Newcombe −0.507 … −0.026, Tango −0.517 … −0.026.
const AIRWAYS = { both: 1, firstOnly: 1, secondOnly: 7, neither: 12 };

test.each([
  ['newcombe', '-0.507', '-0.026'],
  ['tango', '-0.517', '-0.026'],
] as const)('%s of the published example', (method, lower, upper) => {
  const { difference, interval, first, second, n } = pairedDifference(AIRWAYS, { method });
  expectClose(difference, -6 / 21, 'difference');
  expect([first, second, n]).toEqual([2 / 21, 8 / 21, 21]);
  expect(interval.map((limit) => limit.toFixed(3))).toEqual([lower, upper]);
});

const count = fc.integer({ min: 0, max: 60 });
const counts = fc
  .record({ both: count, firstOnly: count, secondOnly: count, neither: count })
  .filter(
    ({ both, firstOnly, secondOnly, neither }) => both + firstOnly + secondOnly + neither > 0,
  );

test('intervals hold the difference, stay within −1 … 1 and turn with the decisions', () => {
  fc.assert(
    fc.property(counts, fc.constantFrom('newcombe', 'tango'), (table, method) => {
      const { difference, interval } = pairedDifference(table, { method });
      expect(interval[0]).toBeGreaterThanOrEqual(-1);
      expect(interval[0]).toBeLessThanOrEqual(difference + 1e-15);
      expect(interval[1]).toBeGreaterThanOrEqual(difference - 1e-15);
      expect(interval[1]).toBeLessThanOrEqual(1);
      const turned = pairedDifference(
        { ...table, firstOnly: table.secondOnly, secondOnly: table.firstOnly },
        { method },
      );
      expect(turned.interval[0]).toBeCloseTo(-interval[1], 12);
    }),
  );
});

test("Tango's interval leaves out 0 exactly when McNemar's test rejects", () => {
  fc.assert(
    fc.property(counts, (table) => {
      fc.pre(table.firstOnly + table.secondOnly > 0);
      const { interval } = pairedDifference(table, { method: 'tango' });
      const { p } = mcnemar(table.firstOnly, table.secondOnly, {
        method: 'chi-square',
        continuityCorrection: false,
      });
      expect(interval[0] > 0 || interval[1] < 0).toBe(p < 0.05);
    }),
  );
});

test('no pair at all, and impossible counts', () => {
  const none = { both: 0, firstOnly: 0, secondOnly: 0, neither: 0 };
  expect(pairedDifference(none)).toMatchObject({
    difference: NaN,
    interval: [NaN, NaN],
    reason: 'zero-denominator',
  });
  expect(() => pairedDifference({ ...none, both: -1 })).toThrow(/both/);
  expect(() => pairedDifference(none, { method: 'wald' as 'tango' })).toThrow(InvalidArgumentError);
});
