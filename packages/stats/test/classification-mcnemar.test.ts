import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mcnemar, mcnemarTest } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface Case {
  b: number;
  c: number;
  exact_p: number;
  chi2?: number;
  p: number;
  chi2_cc: number;
  p_cc: number;
  mid_p: number;
}
const { mcnemar: cases } = reference<{ mcnemar: Case[] }>('binary');

/** P(X = b) of b + c fair coins. */
function point(b: number, c: number): number {
  let probability = 2 ** -(b + c);
  for (let i = 1; i <= b; i++) probability *= (c + i) / i;
  return probability;
}

test.each(cases)('pairs $b and $c', (known) => {
  const { b, c } = known;
  const exact = mcnemar(b, c);
  expectClose(exact.p, known.exact_p, 'exact P');
  expectClose(exact.logP, Math.log(known.exact_p), 'ln P');
  if (known.chi2 === undefined) return;
  const plain = mcnemar(b, c, { method: 'chi-square', continuityCorrection: false });
  expectAllClose([plain.statistic, plain.p], [known.chi2, known.p], 'chi-square');
  const corrected = mcnemar(b, c, { method: 'chi-square' });
  expectAllClose([corrected.statistic, corrected.p], [known.chi2_cc, known.p_cc], 'corrected');
  const mid = mcnemar(b, c, { method: 'mid-p' });
  // For b = c the reference takes off all of P(X = b), where half belongs to the outcomes as extreme.
  const half = b === c ? point(b, c) / 2 : 0;
  expectClose(mid.p, known.mid_p + half, 'mid-P');
  expectClose(mid.logP, Math.log(known.mid_p + half), 'ln mid-P');
});

test('mid-P is ½ on average when the decisions are equally good', () => {
  for (const n of [1, 2, 5, 10, 21]) {
    let mean = 0;
    for (let b = 0; b <= n; b++) mean += point(b, n - b) * mcnemar(b, n - b, { method: 'mid-p' }).p;
    expectClose(mean, 0.5, `n = ${n}`, 1e-12);
  }
});

test('no pair that differs', () => {
  for (const method of ['exact', 'mid-p', 'chi-square'] as const) {
    expect(mcnemar(0, 0, { method })).toMatchObject({
      p: method === 'exact' ? 1 : NaN,
      oddsRatio: NaN,
      interval: [NaN, NaN],
      n: 0,
      reason: 'no-discordant-pairs',
    });
  }
});

test('far tails have a logarithm', () => {
  const { p, logP } = mcnemar(2000, 0);
  expect(p).toBe(0);
  expectClose(logP, -1999 * Math.LN2, 'ln P', 1e-12);
});

test('odds ratio with its exact interval', () => {
  const found = mcnemar(12, 3);
  expect(found.oddsRatio).toBe(4);
  // The odds of Clopper and Pearson's limits of 12 of 15 (SciPy's beta quantiles).
  expectAllClose(found.interval, [1.0794727323911188, 22.088286897741465], 'interval');
  expect(mcnemar(5, 0)).toMatchObject({ oddsRatio: Infinity });
  expect(mcnemar(5, 0).interval[1]).toBe(Infinity);
  expect(mcnemar(0, 5).interval[0]).toBe(0);
});

test('swapping the decisions changes no P and inverts the odds ratio', () => {
  const count = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(count, count, fc.constantFrom('exact', 'mid-p', 'chi-square'), (b, c, method) => {
      fc.pre(b + c > 0);
      const here = mcnemar(b, c, { method });
      const there = mcnemar(c, b, { method });
      expect(there.p).toBe(here.p);
      expect(here.p).toBeLessThanOrEqual(1);
      expect(here.interval[0]).toBeLessThanOrEqual(here.oddsRatio);
      expect(here.interval[1]).toBeGreaterThanOrEqual(here.oddsRatio);
      if (b > 0 && c > 0) expectClose(there.interval[0], 1 / here.interval[1], 'limit', 1e-12);
      expect(mcnemar(b, c, { method: 'mid-p' }).p).toBeLessThanOrEqual(mcnemar(b, c).p);
    }),
  );
});

test('from decisions', () => {
  const labels = [1, 1, 1, 1, 0, 0, 0, 0];
  const result = mcnemarTest(labels, [1, 1, 1, 1, 0, 0, 0, 1], [1, 0, 0, 1, 0, 1, 0, 0], {
    method: 'mid-p',
    differenceMethod: 'tango',
  });
  expect(result).toMatchObject({
    ...mcnemar(3, 1, { method: 'mid-p' }),
    counts: { both: 4, firstOnly: 3, secondOnly: 1, neither: 0 },
    accuracyDifference: { difference: 0.25, first: 0.875, second: 0.625, n: 8 },
  });
  expect(result.accuracyDifference.method).toMatch(/Tango/);
  expect(mcnemarTest([1], [0], [0]).counts.neither).toBe(1);
  expect(mcnemarTest([], [], [])).toMatchObject({
    reason: 'no-discordant-pairs',
    accuracyDifference: { difference: NaN, reason: 'zero-denominator' },
  });
  expect(() => mcnemarTest([0, 1], [0, 1], [0])).toThrow(/predictedB/);
  expect(() => mcnemarTest([0, 1], [0, 2], [0, 1])).toThrow(/predictedA\[1\]/);
});

test('callers who err are told', () => {
  expect(() => mcnemar(1.5, 2)).toThrow(/b is 1.5/);
  expect(() => mcnemar(1, -2)).toThrow(InvalidArgumentError);
  expect(() => mcnemar(1, 2, { method: 'asymptotic' as 'exact' })).toThrow(/method/);
});
