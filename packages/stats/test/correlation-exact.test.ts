import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mannWhitney, spearman } from '../src/index.js';
import { expectClose } from './support/reference.js';

const few = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 })), {
    minLength: 2,
    maxLength: 7,
  })
  .map((pairs) => [pairs.map(([x]) => x), pairs.map(([, y]) => y)] as const)
  .filter(([x, y]) => new Set(x).size > 1 && new Set(y).size > 1);

function permutations<T>(values: readonly T[]): T[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, i) =>
    permutations(values.filter((_, k) => k !== i)).map((rest) => [value, ...rest]),
  );
}

const midRanks = (values: readonly number[]) =>
  values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return 2 * below + equal;
  });

test('the exact P of mid-ranks equals an enumeration of all orders', () => {
  fc.assert(
    fc.property(few, ([x, y]) => {
      const [a, b] = [midRanks(x), midRanks(y)];
      const n = a.length;
      // About its mean n · (n/2)² of doubled ranks less ½ the sum is a whole number.
      const sums = permutations(b).map(
        (order) => a.reduce((sum, rank, i) => sum + rank * order[i], 0) - n * n * n,
      );
      const found = a.reduce((sum, rank, i) => sum + rank * b[i], 0) - n * n * n;
      const share = (is: (sum: number) => boolean) => sums.filter(is).length / sums.length;
      const known = {
        'two-sided': share((sum) => Math.abs(sum) >= Math.abs(found)),
        less: share((sum) => sum <= found),
        greater: share((sum) => sum >= found),
      };
      for (const alternative of ['two-sided', 'less', 'greater'] as const) {
        const { p, logP, method } = spearman(x, y, { method: 'exact', alternative });
        expectClose(p, known[alternative], alternative, 1e-13);
        expectClose(Math.exp(logP), p, 'ln P', 1e-13);
        const tied = new Set(x).size < n || new Set(y).size < n;
        expect(method).toContain(
          tied ? 'mid-ranks, exact P from all orders of the mid' : 'exact P',
        );
      }
    }),
    { numRuns: 60 },
  );
});

test('beside two classes the exact P is that of Mann and Whitney', () => {
  const classes = Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const values = classes.map((label, i) => ((i * 17) % 29) + 6 * label);
  const { p, coefficient } = spearman(classes, values, { method: 'exact' });
  const known = mannWhitney(
    values.filter((_, i) => classes[i] === 1),
    values.filter((_, i) => classes[i] === 0),
    { method: 'exact' },
  );
  expect(coefficient).toBeGreaterThan(0);
  expectClose(p, known.p, 'P', 1e-12);
  expectClose(
    spearman(values, classes, { method: 'exact', alternative: 'less' }).p,
    mannWhitney(
      values.filter((_, i) => classes[i] === 1),
      values.filter((_, i) => classes[i] === 0),
      { method: 'exact', alternative: 'less' },
    ).p,
    'less',
    1e-12,
  );
});

test('perfect order is one of n!', () => {
  for (const n of [2, 5, 16, 17]) {
    const x = Array.from({ length: n }, (_, i) => i);
    let factorial = 1;
    for (let k = 2; k <= n; k++) factorial *= k;
    const { p } = spearman(x, x, { method: 'exact', alternative: 'greater' });
    expectClose(p, 1 / factorial, `n = ${n}`, 1e-14);
  }
});

test('two pairs have an exact P but no t', () => {
  expect(spearman([1, 2], [4, 3], { method: 'exact' })).toMatchObject({
    coefficient: -1,
    p: 1,
    statistic: NaN,
    sumOfSquaredDifferences: 2,
    reason: 'too-few-observations',
  });
  expect(spearman([1, 2, 3], [2, 2, 1], { method: 'exact' }).p).toBe(2 / 3);
});

test('no association has P = 1', () => {
  const found = spearman([1, 2, 3, 4, 5], [2, 5, 3, 1, 4], { method: 'exact' });
  expect(found).toMatchObject({ coefficient: 0, p: 1, logP: 0 });
});

test('what cannot be counted is refused, naming what can be done', () => {
  const x = Array.from({ length: 30 }, (_, i) => i);
  const y = x.map((i) => (i * 7) % 30);
  const exact = (a: number[], b: number[]) => () => spearman(a, b, { method: 'exact' });
  expect(exact(x, y)).toThrow(InvalidArgumentError);
  expect(exact(x, y)).toThrow(/^method is "exact"; expected .* 't' or 'edgeworth'/);
  // Few choices, but too many sums; and more orders than a double can count.
  const wide = Array.from({ length: 4000 }, (_, i) => i);
  expect(
    exact(
      wide,
      wide.map((i) => (i * 7) % 2),
    ),
  ).toThrow(InvalidArgumentError);
  const halves = Array.from({ length: 1400 }, (_, i) => i % 2);
  expect(
    exact(
      halves,
      halves.map((half, i) => (i % 3 === 0 ? 1 - half : half)),
    ),
  ).toThrow(InvalidArgumentError);
});

test('the Edgeworth series is near the exact P', () => {
  const x = Array.from({ length: 16 }, (_, i) => i);
  const y = x.map((i) => (i * 5 + 3) % 16);
  const series = spearman(x, y, { method: 'edgeworth' });
  const exact = spearman(x, y, { method: 'exact' });
  expect(Math.abs(series.p / exact.p - 1)).toBeLessThan(1e-3);
  expect(series.interval).toEqual(exact.interval);
});

test('an Edgeworth series above 1 is cut there, as R cuts it, and said so', () => {
  const x = [...Array<number>(10).keys()];
  const y = [1, 0, ...x.slice(2)];
  const found = spearman(x, y, { method: 'edgeworth', alternative: 'less' });
  expect(found).toMatchObject({ p: 1, logP: 0, reason: 'outside-approximation' });
});
