import { expect, test } from 'vitest';
import fc from 'fast-check';
import { InvalidArgumentError } from '@steatosis/core';
import { anova, welchAnova } from '../src/group-tests/anova.js';
import { cohensD } from '../src/group-tests/effect-size.js';
import { bartlett, fligner, levene } from '../src/group-tests/equal-variances.js';
import { friedman } from '../src/group-tests/friedman.js';
import { kolmogorovSmirnov } from '../src/group-tests/kolmogorov-smirnov.js';
import { kolmogorovSmirnovOneSample } from '../src/group-tests/kolmogorov-smirnov-one-sample.js';
import { kruskalWallis } from '../src/group-tests/kruskal-wallis.js';
import { mannWhitney } from '../src/group-tests/mann-whitney.js';
import { tTestOneSample, tTestPaired } from '../src/group-tests/t-one-sample.js';
import { tTest } from '../src/group-tests/t-two-sample.js';
import { wilcoxon } from '../src/group-tests/wilcoxon.js';
import { expectClose, reference } from './support/reference.js';

const { two_sample, wilcoxon: differences } = reference<{
  two_sample: { name: string; x: number[]; y: number[] }[];
  wilcoxon: { name: string; d: number[] }[];
}>('edge');

test.each([
  ['n0', 'too-few-observations', 'too-few-observations'],
  ['n1_n1', 'too-few-observations', undefined],
  ['n1_n3', 'too-few-observations', undefined],
  ['both_constant_equal', 'constant-input', 'constant-input'],
  ['both_constant_diff', 'constant-input', undefined],
  ['nan', 'nan-input', 'nan-input'],
] as const)('two samples, %s', (name, ofWelch, ofRanks) => {
  const { x, y } = two_sample.find((edge) => edge.name === name)!;
  const welch = tTest(x, y);
  expect(welch).toMatchObject({ statistic: NaN, p: NaN, logP: NaN, interval: [NaN, NaN] });
  expect(welch.reason).toBe(ofWelch);
  const ranks = mannWhitney(x, y);
  expect(ranks.reason).toBe(ofRanks);
  if (ofRanks === undefined) expect(ranks.p).toBeGreaterThan(0);
  else expect(ranks.p).toBeNaN();
});

test('signed ranks without a difference have no P', () => {
  for (const { name, d } of differences) {
    const found = wilcoxon(d, new Float64Array(d.length));
    if (name === 'all_zero') expect(found).toMatchObject({ p: NaN, reason: 'constant-input' });
    else expect(found.p, name).toBe(1);
  }
  expect(wilcoxon([], []).reason).toBe('too-few-observations');
});

test('several groups: empty, single, constant, missing', () => {
  const groups = [
    [1, 2, 3],
    [4, 5, 7],
  ];
  for (const of of [anova, welchAnova, levene, bartlett, fligner, kruskalWallis]) {
    expect(of([...groups, []]), of.name).toMatchObject({ p: NaN, reason: 'too-few-observations' });
    expect(
      of([
        [2, 2],
        [2, 2],
      ]),
      of.name,
    ).toMatchObject({ p: NaN, reason: 'constant-input' });
    expect(of([...groups, [NaN]]), of.name).toMatchObject({ p: NaN, reason: 'nan-input' });
    const omitted = of(
      [
        [1, NaN, 2, 3],
        [4, 5, 7],
      ],
      { nanPolicy: 'omit' },
    );
    expect(omitted, of.name).toEqual(of(groups));
    expect(() => of([[1, 2]])).toThrow('groups is');
    expect(() => of(groups, { nanPolicy: 'drop' as 'omit' })).toThrow(InvalidArgumentError);
  }
  expect(anova([[1], [2]]).reason).toBe('too-few-observations');
  expect(friedman([])).toMatchObject({ p: NaN, reason: 'too-few-observations' });
  expect(
    friedman([
      [1, 1],
      [2, 2],
    ]),
  ).toMatchObject({ p: NaN, reason: 'constant-input' });
  expect(
    friedman([
      [1, NaN],
      [2, 3],
    ]),
  ).toMatchObject({ p: NaN, reason: 'nan-input' });
  expect(
    friedman(
      [
        [1, NaN],
        [2, 3],
      ],
      { nanPolicy: 'omit' },
    ).n,
  ).toBe(1);
  expect(() =>
    friedman([
      [1, 2],
      [1, 2, 3],
    ]),
  ).toThrow('rows[1] is "3 values"');
});

test('infinities are refused by means and ranked by ranks', () => {
  expect(() => tTest([1, Infinity], [1, 2])).toThrow('x[1]');
  expect(() => tTestPaired([1, 2], [1, -Infinity])).toThrow('y[1]');
  expect(() => tTestOneSample([-Infinity])).toThrow('x[0]');
  expect(() => anova([[1, 2], [Infinity]])).toThrow('groups[1][0]');
  expect(() => wilcoxon([Infinity], [Infinity])).toThrow('x[0]');
  expect(mannWhitney([1, Infinity], [-Infinity, 0]).statistic).toBe(4);
  expect(
    kruskalWallis([
      [1, Infinity],
      [-Infinity, 0],
    ]).statistic,
  ).toBeCloseTo(2.4, 12);
  expect(tTestOneSample([]).reason).toBe('too-few-observations');
  expect(() => tTestPaired([1], [1, 2])).toThrow('y is "2 values"');
});

test('what would take too long is refused before it begins', () => {
  const many = Float64Array.from({ length: 3000 }, (_, i) => i);
  expect(() => mannWhitney(many, many, { method: 'exact' })).toThrow("choose 'asymptotic'");
  expect(() =>
    wilcoxon(
      many,
      many.map((v) => -v),
      { method: 'exact' },
    ),
  ).toThrow('asymptotic');
});

test('offsets and scales leave t as it is', () => {
  const x = [0.31, -0.54, 1.24, 0.02];
  const y = [0.99, 1.45, 2.13];
  const { statistic } = tTest(x, y);
  for (const scale of [1e-150, 1e150]) {
    const times = (values: number[]) => values.map((value) => value * scale);
    expectClose(tTest(times(x), times(y)).statistic, statistic, `times ${scale}`, 1e-13);
  }
  // Steps of 2^-10 survive next to 2^40.
  const far = (values: number[]) => values.map((v) => Math.round(v * 1024) / 1024 + 2 ** 40);
  const near = (values: number[]) => values.map((v) => Math.round(v * 1024) / 1024);
  expectClose(tTest(far(x), far(y)).statistic, tTest(near(x), near(y)).statistic, 'far', 1e-12);
});

const sample = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 6 });

test('exact P is the share of all arrangements that are as far out', () => {
  fc.assert(
    fc.property(sample, sample, (x, y) => {
      const found = mannWhitney(x, y, { method: 'exact' });
      if (found.reason !== undefined) return;
      const all = [...x, ...y];
      const u = (mask: number) => {
        let twice = 0;
        for (let i = 0; i < all.length; i++) {
          if (((mask >> i) & 1) === 0) continue;
          for (let j = 0; j < all.length; j++) {
            if (((mask >> j) & 1) === 1) continue;
            twice += all[i] > all[j] ? 2 : all[i] === all[j] ? 1 : 0;
          }
        }
        return twice;
      };
      let count = 0;
      let extreme = 0;
      const mean = x.length * y.length;
      const observed = u((1 << x.length) - 1);
      expect(found.statistic).toBe(observed / 2);
      for (let mask = 0; mask < 1 << all.length; mask++) {
        let ones = 0;
        for (let bits = mask; bits > 0; bits >>= 1) ones += bits & 1;
        if (ones !== x.length) continue;
        count++;
        if (Math.abs(u(mask) - mean) >= Math.abs(observed - mean)) extreme++;
      }
      expectClose(found.p, extreme / count, 'P', 1e-12);
    }),
    { numRuns: 40 },
  );
});

test('exact signed ranks are the share of all signs that are as far out', () => {
  fc.assert(
    fc.property(sample, (d) => {
      const found = wilcoxon(d, new Float64Array(d.length), {
        method: 'exact',
        zeroMethod: 'pratt',
      });
      if (found.reason !== undefined) return;
      const size = d.map(Math.abs);
      const rank = size.map(
        (v) => size.filter((w) => w < v).length + (size.filter((w) => w === v).length + 1) / 2,
      );
      const used = d.flatMap((v, i) => (v === 0 ? [] : [rank[i]]));
      const total = used.reduce((sum, value) => sum + value, 0);
      const out = (sum: number) => Math.abs(2 * sum - total);
      let extreme = 0;
      for (let mask = 0; mask < 1 << used.length; mask++) {
        const sum = used.reduce((s, value, i) => s + (((mask >> i) & 1) === 1 ? value : 0), 0);
        if (out(sum) >= out(found.statistic)) extreme++;
      }
      expectClose(found.p, extreme / (1 << used.length), 'P', 1e-12);
    }),
    { numRuns: 60 },
  );
});

test('samples turned round turn the test round; two groups are a t test squared', () => {
  const numbers = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
    minLength: 3,
    maxLength: 12,
  });
  fc.assert(
    fc.property(numbers, numbers, (x, y) => {
      const forth = mannWhitney(x, y, { alternative: 'less', method: 'asymptotic' });
      const back = mannWhitney(y, x, { alternative: 'greater', method: 'asymptotic' });
      expect(forth.statistic + back.statistic).toBe(x.length * y.length);
      if (forth.reason === undefined) expectClose(forth.p, back.p, 'P', 1e-9);
      const t = tTest(x, y, { equalVariance: true });
      const f = anova([x, y]);
      if (t.reason !== undefined || Math.abs(t.statistic) < 1e-6) return;
      expectClose(f.statistic, t.statistic ** 2, 'F', 1e-8);
      expectClose(f.p, t.p, 'P of F', 1e-7);
      const [low, high] = t.interval;
      expect(low <= t.difference && t.difference <= high).toBe(true);
    }),
  );
});

test('what is missing, single or no list is said in every test of groups', () => {
  const missing = { p: NaN, reason: 'nan-input' };
  expect(tTestOneSample([1, NaN, 3])).toMatchObject(missing);
  expect(tTestPaired([1, NaN], [1, 2])).toMatchObject(missing);
  expect(wilcoxon([1, NaN], [1, 2])).toMatchObject({ ...missing, n: 2 });
  expect(cohensD([1, 2], [NaN, 2, 4])).toMatchObject({ reason: 'nan-input', nX: 2, nY: 3 });
  expect(() => tTestOneSample([1, 2], { mean: Infinity })).toThrow('mean');
  expect(() => levene([[1], [2]], { trim: 0.5 })).toThrow('trim');
  expect(() => anova({ a: [1], b: [2] } as never)).toThrow('groups');
  expect(() => friedman('rows' as never)).toThrow('rows is "rows"');
  expect(kolmogorovSmirnov([3, 3], [3])).toMatchObject({ p: NaN, reason: 'constant-input' });
  expect(
    kolmogorovSmirnovOneSample(new Float64Array(10_001), { mean: 0, standardDeviation: 1 }).method,
  ).toContain('asymptotic');
});

test('a group of one value adds to the means and not to the spread', () => {
  // F of 5 beside 1, 2, 3: (1 · 3/4 · 3²)/(2/2).
  const found = anova([[5], [1, 2, 3]]);
  expectClose(found.statistic, 6.75, 'F', 1e-14);
  expect(found.degreesOfFreedom).toEqual([1, 2]);
});

test('the interval of an effect of hardly varying samples is found far from 0', () => {
  const { estimate, interval } = cohensD([50, 51, 52], [0, 1, 2]);
  expectClose(estimate, 50, 'd', 1e-14);
  expect(interval[0]).toBeGreaterThan(5);
  expect(interval[1]).toBeGreaterThan(50);
});
