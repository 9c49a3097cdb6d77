import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pearson, spearman } from '../src/index.js';
import { sureRecord } from '../src/correlation/pearson.js';
import { plainCoefficient } from '../src/correlation/plain-coefficient.js';
import { centre } from '../src/numeric/centre.js';
import { argsort } from '../src/numeric/argsort.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

test('what the paper prints for sex cannot come from its counts: phi is 0.115, P 0.43', () => {
  // 30 men, 6 of them with steatosis; 20 women, 6 of them with steatosis.
  const steatosis = [...Array<number>(30).keys()].map((i) => (i < 6 ? 1 : 0));
  const women = [...Array<number>(20).keys()].map((i) => (i < 6 ? 1 : 0));
  const sex = [...steatosis.map(() => 0), ...women.map(() => 1)];
  const { coefficient, p } = spearman(sex, [...steatosis, ...women]);
  expect(coefficient).toBeCloseTo(0.1147, 4);
  expect(p).toBeCloseTo(0.4277, 4);
});

interface Edge {
  name: string;
  x: number[];
  y: number[];
  scipy_pearson_r_p: { value?: number[] };
  scipy_spearman_rho_p: { value?: number[] };
}
const edges = new Map(
  reference<{ correlation: Edge[] }>('edge').correlation.map((edge) => [edge.name, edge]),
);
const edge = (name: string) => edges.get(name)!;

test.each([
  ['n0', 'too-few-observations', 'too-few-observations'],
  ['n1', 'too-few-observations', 'too-few-observations'],
  ['constant_x', 'constant-input', 'constant-input'],
  ['both_constant', 'constant-input', 'constant-input'],
  ['nan_in_x', 'nan-input', 'nan-input'],
] as const)('%s gives NaN with a reason', (name, ofPearson, ofSpearman) => {
  const { x, y } = edge(name);
  const found = pearson(x, y);
  expect(found).toMatchObject({ coefficient: NaN, interval: [NaN, NaN], p: NaN, logP: NaN });
  expect(found.reason).toBe(ofPearson);
  expect(spearman(x, y).reason).toBe(ofSpearman);
});

test("infinities have ranks, but no Pearson's r", () => {
  const { x, y } = edge('inf_in_x');
  expect(() => pearson(x, y)).toThrow('x[1]');
});

test('Spearman ranks infinities and lets -0 tie with +0; almost constant values still vary', () => {
  for (const name of ['inf_in_x', 'signed_zero_ties', 'almost_constant_1e-17']) {
    const { x, y, scipy_spearman_rho_p, scipy_pearson_r_p } = edge(name);
    expectAllClose(
      [spearman(x, y).coefficient, spearman(x, y).p],
      scipy_spearman_rho_p.value!,
      `Spearman of ${name}`,
    );
    if (name === 'signed_zero_ties') {
      expectAllClose([pearson(x, y).coefficient, pearson(x, y).p], scipy_pearson_r_p.value!, name);
    }
  }
  // SciPy keeps 0.2236 here, since its mean of x is rounded; the exact correlation is 0.2582.
  const { x, y } = edge('almost_constant_1e-17');
  expectClose(pearson(x, y).coefficient, 1 / Math.sqrt(15), 'Pearson of almost constant values');
});

test('two pairs lie on a line whatever they are: r is ±1, the test says nothing', () => {
  const { x, y } = edge('n2');
  for (const found of [pearson(x, y), spearman(x, y)]) {
    expect(found).toMatchObject({
      coefficient: -1,
      interval: [-1, 1],
      p: NaN,
      logP: NaN,
      statistic: NaN,
      reason: 'too-few-observations',
    });
  }
});

test('three pairs have no interval narrower than everything', () => {
  expect(pearson([1, 2, 4], [1, 3, 4]).interval).toEqual([-1, 1]);
});

test('callers who err are told', () => {
  const { x, y } = edge('length_mismatch');
  expect(() => pearson(x, y)).toThrow(InvalidArgumentError);
  expect(() => spearman(x, y)).toThrow(/as many as x \(3\)/);
  expect(() => pearson([1, 2], [1, 2], { level: 95 })).toThrow(/level is 95/);
  expect(() => pearson([1, 2], [1, 2], { confidence: 0.9 } as object)).toThrow(/only level/);
  expect(() => spearman([1, 2], [1, 2], { method: 'z' as 't' })).toThrow(
    "method is \"z\"; expected 't', 'exact' or 'edgeworth'",
  );
  expect(() => spearman([1, 2], [1, 2], { interval: 'z' as 'fisher' })).toThrow(/^interval is "z"/);
  expect(() => pearson([1, 2], [1, 2], { alternative: 'more' as 'less' })).toThrow(/^alternative/);
  expect(() => pearson([1, NaN], [1, 2], { nanPolicy: 'raise' })).toThrow(/x\[1\] is NaN/);
  expect(() => pearson([1], [1], { nanPolicy: 'skip' as 'omit' })).toThrow(/nanPolicy/);
});

test('what is no number is refused rather than counted as one', () => {
  const odd = (value: unknown) => [1, value as number, 3];
  expect(() => pearson([1, 2, 3], odd('2'))).toThrow(/^y\[1\] is "2"; expected a number/);
  expect(() => spearman(odd(undefined), [1, 2, 3])).toThrow(/^x\[1\] is undefined/);
  expect(() => pearson(odd(null), [1, 2, 3], { nanPolicy: 'omit' })).toThrow(InvalidArgumentError);
  expect(() => pearson(undefined as unknown as number[], [1])).toThrow(/^x is undefined/);
  expect(() => pearson([1, 2], [2, 1], { level: '0.9' as unknown as number })).toThrow(/level/);
});

test('omit leaves out whole pairs', () => {
  const x = [1, NaN, 3, 4, 5];
  const y = [2, 9, 1, NaN, 7];
  expect(pearson(x, y, { nanPolicy: 'omit' })).toEqual(pearson([1, 3, 5], [2, 1, 7]));
  expect(spearman(x, y, { nanPolicy: 'omit' }).n).toBe(3);
});

const column = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 60 });
const pairs = fc
  .tuple(column, column)
  .map(([a, b]) => {
    const n = Math.min(a.length, b.length);
    return [a.slice(0, n), b.slice(0, n)] as const;
  })
  .filter(([a, b]) => new Set(a).size > 1 && new Set(b).size > 1);

test('correlations are symmetric, keep under affine maps, turn with the sign, and lie in their interval', () => {
  fc.assert(
    fc.property(pairs, ([x, y]) => {
      for (const correlate of [pearson, spearman]) {
        const found = correlate(x, y);
        expectClose(correlate(y, x).coefficient, found.coefficient, 'symmetry', 1e-12);
        const moved = correlate(
          x.map((v) => 1e6 + 3 * v),
          y,
        );
        expect(Math.abs(moved.coefficient - found.coefficient)).toBeLessThan(1e-12);
        const turned = correlate(
          x.map((v) => -v),
          y,
        );
        expect(Math.abs(turned.coefficient + found.coefficient)).toBeLessThan(1e-12);
        const [low, high] = found.interval;
        expect(low).toBeLessThanOrEqual(found.coefficient + 1e-15);
        expect(high).toBeGreaterThanOrEqual(found.coefficient - 1e-15);
        if (found.p > 0) expect(Math.abs(Math.log(found.p) - found.logP)).toBeLessThan(1e-9);
      }
    }),
  );
});

test('Spearman is the same under any rising map', () => {
  fc.assert(
    fc.property(pairs, ([x, y]) => {
      const mapped = x.map((v) => Math.atan(v / 100));
      expect(spearman(mapped, y)).toEqual(spearman(x, y));
    }),
  );
});

test('short and long arrays sort alike', () => {
  const values = fc.oneof(
    fc.constantFrom(0, -0, Infinity, -Infinity, Number.MIN_VALUE, -1e-310),
    fc.double({ noNaN: true }),
    fc.integer({ min: -5, max: 5 }),
  );
  fc.assert(
    fc.property(fc.array(values, { minLength: 2100, maxLength: 2200, size: 'max' }), (array) => {
      const x = Float64Array.from(array);
      const byComparison = [...x.keys()].sort((i, j) =>
        x[i] < x[j] ? -1 : x[i] > x[j] ? 1 : i - j,
      );
      expect([...argsort(x)]).toEqual(byComparison);
    }),
    { numRuns: 10 },
  );
});

test('the fast way of typed arrays is as right as the way for all data, and knows when it is not', () => {
  const both = (x: readonly number[], y: readonly number[]) => {
    const plain = plainCoefficient(Float64Array.from(x), Float64Array.from(y));
    const typed = pearson(Float64Array.from(x), Float64Array.from(y));
    const asked = { level: 0.95, alternative: 'two-sided', method: '' } as const;
    const [u, v] = [x, y].map((values) => centre(Float64Array.from(values)));
    const isMissing = [...x, ...y].some(Number.isNaN);
    const sure = isMissing ? pearson(x, y) : sureRecord(u, v, asked);
    expect(pearson(x, y).coefficient).toBe(typed.coefficient);
    expect(typed.reason).toBe(sure.reason);
    if (Number.isNaN(sure.coefficient)) expect(typed.coefficient).toBeNaN();
    else {
      expect(Math.abs(typed.coefficient - sure.coefficient)).toBeLessThan(1e-13);
      if (sure.degreesOfFreedom > 0) {
        expectClose(typed.logP, sure.logP || 1e-300, 'ln P', 1e-9 + 1e-13 / Math.abs(sure.logP));
      }
    }
    return plain !== undefined;
  };
  const value = fc.integer({ min: -999, max: 999 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 3000 }),
      fc.constantFrom(0, 1, 1e6, 1e12),
      fc.constantFrom(1, 1e-3, 1e100, 1e160, 1e-160),
      (pairs, offset, unit) => {
        const x = pairs.map(([a]) => (a + offset) * unit);
        const y = pairs.map(([a, b]) => (a + b) * unit);
        both(x, y);
      },
    ),
    { numRuns: 60 },
  );
  const x = [1, 5, 2, 8, 4, 7, 3];
  const y = [2, 3, 1, 9, 4, 4, 5];
  expect(both(x, y)).toBe(true);
  expect(both(x, x)).toBe(false);
  expect(both([1, NaN, 2], [3, 4, 1])).toBe(false);
  expect(both([1, 1, 1], [3, 4, 1])).toBe(false);
  expect(
    both(
      x.map((v) => 1e9 + v),
      y,
    ),
  ).toBe(false);
  expect(both([], [])).toBe(false);
  expect(() => pearson(Float64Array.of(1, Infinity, 3), Float64Array.of(1, 2, 3))).toThrow('x[1]');
  const policy = { nanPolicy: 'skip' as 'omit' };
  expect(() => pearson(Float64Array.from(x), Float64Array.from(y), policy)).toThrow('nanPolicy');
});
