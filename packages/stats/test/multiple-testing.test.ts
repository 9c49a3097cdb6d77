import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustPValues, type PAdjustment } from '../src/index.js';
import { expectAllClose, reference } from './support/reference.js';

type Case = { p: number[] } & Record<string, number[]>;
const { cases } = reference<{ cases: Case[] }>('multiple');
const { p_adjust: inR } = reference<{ p_adjust: Record<string, number | number[]>[] }>('r');

const METHODS: PAdjustment[] = [
  'bonferroni',
  'sidak',
  'holm',
  'holm-sidak',
  'hochberg',
  'hommel',
  'bh',
  'by',
];
const NAMES_IN_R = ['bonferroni', 'holm', 'hochberg', 'hommel', 'BH', 'BY'] as const;

test.each(cases.map((known, i) => ({ i, known })))('case $i in statsmodels and R', (one) => {
  const { p } = one.known;
  for (const method of METHODS) {
    const found = adjustPValues(p, method);
    const expected = one.known[method.replace('-', '_')];
    expectAllClose(found, expected, method);
  }
  for (const name of NAMES_IN_R) {
    const found = adjustPValues(p, name.toLowerCase() as PAdjustment);
    expectAllClose(found, [inR[one.i][name]].flat(), `${name} in R`);
  }
});

test('P values as small as doubles allow keep their digits', () => {
  const p = [3e-300, 0.5, 2e-310];
  expectAllClose(adjustPValues(p, 'holm'), [6e-300, 0.5, 6e-310], 'Holm');
  expectAllClose(adjustPValues(p, 'sidak'), [9e-300, 0.875, 6e-310], 'Sidak');
  expectAllClose(adjustPValues(p, 'hommel'), [6e-300, 0.5, 6e-310], 'Hommel');
});

test('tests that were not made do not count', () => {
  for (const method of METHODS) {
    const found = adjustPValues([Number.NaN, 0.01, Number.NaN, 0.03, 0.5], method);
    const without = adjustPValues([0.01, 0.03, 0.5], method);
    expect([...found]).toEqual([Number.NaN, without[0], Number.NaN, without[1], without[2]]);
    expect(adjustPValues([], method)).toHaveLength(0);
    expect([...adjustPValues([Number.NaN], method)]).toEqual([Number.NaN]);
  }
});

test('impossible values are refused', () => {
  expect(() => adjustPValues([0.1, 1.2], 'holm')).toThrow(/p\[1\] is 1\.2; expected a P value/);
  expect(() => adjustPValues([-0.1], 'bh')).toThrow(InvalidArgumentError);
  expect(() => adjustPValues([0.1], 'fdr' as 'bh')).toThrow(/method/);
  expect(() => adjustPValues(0.1 as unknown as number[], 'bh')).toThrow(InvalidArgumentError);
});

/** Hommel by closed testing: the largest Simes P of all sets that hold the hypothesis. */
function byClosedTesting(p: number[]): number[] {
  const adjusted = p.map(() => 0);
  for (let set = 1; set < 1 << p.length; set++) {
    const members = p.map((_, i) => i).filter((i) => (set >> i) & 1);
    const sorted = members.map((i) => p[i]).sort((a, b) => a - b);
    const simes = Math.min(...sorted.map((value, i) => (sorted.length / (i + 1)) * value));
    for (const i of members) adjusted[i] = Math.max(adjusted[i], simes);
  }
  return adjusted;
}

const pValues = fc.array(
  fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
  ),
  { minLength: 1, maxLength: 9 },
);

describe('properties', () => {
  test('Hommel is closed testing with Simes', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const found = adjustPValues(p, 'hommel');
        byClosedTesting(p).forEach((expected, i) => {
          expect(Math.abs(found[i] - expected)).toBeLessThanOrEqual(4e-16 * expected);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('no adjusted value is below its own or above 1, and the order stays', () => {
    fc.assert(
      fc.property(pValues, fc.constantFrom(...METHODS), (p, method) => {
        const found = adjustPValues(p, method);
        p.forEach((value, i) => {
          expect(found[i]).toBeGreaterThanOrEqual(value * (1 - 1e-15));
          expect(found[i]).toBeLessThanOrEqual(1);
          p.forEach((other, j) => {
            if (value <= other) expect(found[i]).toBeLessThanOrEqual(found[j]);
          });
        });
      }),
    );
  });

  test('each method is as strict as its theory says', () => {
    const noMoreThan: [PAdjustment, PAdjustment][] = [
      ['holm', 'bonferroni'],
      ['holm-sidak', 'holm'],
      ['holm-sidak', 'sidak'],
      ['hochberg', 'holm'],
      ['hommel', 'hochberg'],
      ['bh', 'hommel'],
      ['bh', 'by'],
    ];
    fc.assert(
      fc.property(pValues, fc.constantFrom(...noMoreThan), (p, [milder, stricter]) => {
        const strict = adjustPValues(p, stricter);
        adjustPValues(p, milder).forEach((value, i) => {
          expect(value).toBeLessThanOrEqual(strict[i] * (1 + 1e-15));
        });
      }),
    );
  });

  test('the order of the tests does not matter', () => {
    fc.assert(
      fc.property(pValues, fc.constantFrom(...METHODS), (p, method) => {
        const reversed = adjustPValues([...p].reverse(), method);
        expect([...reversed].reverse()).toEqual([...adjustPValues(p, method)]);
      }),
    );
  });
});

test('a million tests are adjusted in less than quadratic time, by Hommel too', () => {
  const n = 1e6;
  const p = Float64Array.from({ length: n }, (_, i) => (((i * 7919) % n) + 0.5) / n);
  p[0] = 1e-9;
  const found = adjustPValues(p, 'hommel');
  // All others are uniform, so Simes does not reject any large set of them.
  expect(found[0]).toBeGreaterThan(9e-4);
  expect(found[0]).toBeLessThanOrEqual(1e-3);
});
