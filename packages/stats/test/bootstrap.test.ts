import { AbortedError, InvalidArgumentError, type Progress, type Random } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  auc,
  bootstrap,
  bootstrapIntervals,
  type NamedStatistic,
  median,
  spearman,
  variance,
} from '../src/index.js';
import { drawUnits } from '../src/resampling/draw.js';
import { accelerationOf, leftOut } from '../src/resampling/jackknife.js';
import { NAMED_STATISTICS } from '../src/resampling/named-statistics.js';
import { replicatesOfBlock } from '../src/resampling/replicates.js';
import { resamplingUnits } from '../src/resampling/units.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface Known {
  x: number[];
  y: number[];
  indices: number[][];
  replicates: number[];
  theta: number;
  percentile_type7: number[];
  bca: { z0: number; acceleration: number; alpha: number[]; ci95: number[] };
}
const known = reference<{ spearman_iid: Known }>('bootstrap').spearman_iid;
const x = Float64Array.from(known.x);
const y = Float64Array.from(known.y);

test('replicates, acceleration and intervals of rho from given indices are the reference', () => {
  const rho = NAMED_STATISTICS.spearman.prepared({ x, y });
  const found = known.indices.map((indices) => rho(Uint32Array.from(indices)));
  expectAllClose(found, known.replicates, 'replicates');
  const acceleration = accelerationOf([...leftOut(rho, resamplingUnits(x.length))]);
  expectClose(acceleration, known.bca.acceleration, 'acceleration', 1e-9);
  const intervals = bootstrapIntervals(known.replicates, known.theta, {
    acceleration: known.bca.acceleration,
  });
  expectAllClose(intervals.percentile, known.percentile_type7, 'percentile');
  expectClose(intervals.biasCorrection, known.bca.z0, 'z0');
  expectAllClose(intervals.bcaShares!, known.bca.alpha, 'shares');
  expectAllClose(intervals.bca!, known.bca.ci95, 'BCa');
  expect(intervals).toMatchObject({ n: 400, undefinedReplicates: 0, level: 0.95 });
});

const data = { x: known.x, y: known.y };
const labels = known.x.map((value) => (value > 25 ? 1 : 0));
const patients = known.x.map((_, i) => `patient ${i % 17}`);

test.each(Object.keys(NAMED_STATISTICS) as NamedStatistic[])(
  'replicates of %s are the same for any number of workers',
  async (name) => {
    const all: Record<string, number[]> = {
      ...data,
      labels,
      values: known.y,
      scores: known.y,
      scoresA: known.y,
      scoresB: known.x,
    };
    const columns = Object.fromEntries(
      NAMED_STATISTICS[name].columns.map((column) => [column, all[column]]),
    );
    const options = { replicates: 230, seed: 5, clusters: patients };
    const here = await bootstrap(name, columns, options);
    expect(here.replicates).toHaveLength(230);
    expect(here.clusters).toBe(17);
    expect(here.method).toContain('whole clusters');
    const { estimate, interval } = here;
    expect(Number.isFinite(estimate)).toBe(true);
    expect(interval[0]).toBeLessThan(interval[1]);
    for (const workers of name === 'auc' ? [0, 1, 2, 3] : [2]) {
      expect(await bootstrap(name, columns, { ...options, workers })).toEqual(here);
    }
    expect((await bootstrap(name, columns, { ...options, seed: 6 })).replicates).not.toEqual(
      here.replicates,
    );
  },
);

test('the AUC of auc() is that of bootstrap() within classes', async () => {
  const once = auc(labels, known.y, { interval: 'bootstrap', bootstrapInterval: 'bca', seed: 3 });
  const found = await bootstrap(
    'auc',
    { labels, scores: known.y },
    { strata: labels, interval: 'bca', seed: 3 },
  );
  expect(found.interval).toEqual(once.interval);
  expectClose(found.standardError, once.standardError, 'standard error', 1e-13);
  expect(found.undefinedReplicates).toBe(0);
  expect(found.method).toContain('within strata');
});

test('standard errors come near to those that formulas give', async () => {
  const n = x.length;
  const mean = await bootstrap('mean', known.y, { replicates: 4000 });
  const ofMean = Math.sqrt((variance(known.y) * (n - 1)) / n / n);
  expect(Math.abs(mean.standardError / ofMean - 1)).toBeLessThan(0.04);
  expect(Math.abs(mean.bias)).toBeLessThan(4 * (ofMean / Math.sqrt(4000)));
  for (const interval of ['percentile', 'basic', 'normal', 'bca'] as const) {
    const found = await bootstrap('mean', { x: known.y }, { replicates: 4000, interval });
    expect(Math.abs(found.interval[0] - (mean.estimate - 1.96 * ofMean))).toBeLessThan(0.6);
    expect(Math.abs(found.interval[1] - (mean.estimate + 1.96 * ofMean))).toBeLessThan(0.6);
  }
  const clustered = await bootstrap('mean', [...known.y, ...known.y, ...known.y], {
    clusters: [...patients.keys(), ...patients.keys(), ...patients.keys()],
    replicates: 2000,
  });
  expect(Math.abs(clustered.standardError / ofMean - 1)).toBeLessThan(0.06);
  // As if three copies of a patient were three patients.
  const naive = await bootstrap('mean', [...known.y, ...known.y, ...known.y]);
  expect(naive.standardError).toBeLessThan(0.65 * clustered.standardError);
});

test('functions of columns are as good as names', async () => {
  const byName = await bootstrap('spearman', data, { replicates: 60 });
  const rho = (columns: { x: Float64Array; y: Float64Array }) =>
    spearman(columns.x, columns.y).coefficient;
  const byFunction = await bootstrap(rho, data, { replicates: 60, interval: 'normal' });
  expectAllClose(byFunction.replicates, [...byName.replicates], 'replicates');
  expect(byFunction.method).toContain('the function rho');
  const ofArray = await bootstrap((values: Float64Array) => median(values), x, { replicates: 60 });
  expect(ofArray.replicates).toEqual((await bootstrap('median', x, { replicates: 60 })).replicates);
  expect(ofArray.method).toContain('a function');
});

test('units are drawn evenly, and from every stratum as many as it has', () => {
  const strata = Uint32Array.from({ length: 30 }, (_, i) => i % 3);
  const units = resamplingUnits(30, undefined, strata);
  const times = new Uint32Array(30);
  const seen: number[][] = [];
  replicatesOfBlock(
    (observations) => {
      for (const i of observations) times[i]++;
      seen.push([0, 1, 2].map((s) => observations.filter((i) => strata[i] === s).length));
      return 0;
    },
    units,
    { seed: 1, block: 0, count: 20_000 },
  );
  expect(new Set(seen.map((sizes) => sizes.join()))).toEqual(new Set(['10,10,10']));
  const chi = times.reduce((sum, count) => sum + (count - 20_000) ** 2 / 20_000, 0);
  // χ² with 27 degrees of freedom is above 55.5 once in a thousand.
  expect(chi).toBeLessThan(55.5);
});

test('more units than a product of bits can hold are drawn too', () => {
  const n = 2 ** 21 + 1;
  let [least, most] = [n, 0];
  replicatesOfBlock(
    (observations) => {
      for (const i of observations) {
        least = Math.min(least, i);
        most = Math.max(most, i);
      }
      return 0;
    },
    resamplingUnits(n),
    { seed: 1, block: 0, count: 1 },
  );
  expect(least).toBeLessThan(50);
  expect(most).toBeGreaterThan(n - 50);
});

test('bits that would favour some units are thrown away', () => {
  // 2³² is 1 more than a multiple of 3: of all products only that with the low word 0 is one too many.
  const bits = [0, 2 ** 32 - 1, 2 ** 31, 0, 5];
  const random = { uint32: () => bits.shift()! } as Random;
  const drawn = new Uint32Array(3);
  drawUnits(resamplingUnits(3), random, drawn);
  expect([...drawn]).toEqual([2, 1, 0]);
  expect(bits).toEqual([]);
});

test('strata do not depend on who comes first; numbers come before words', async () => {
  const strata = labels.map((label) => (label === 1 ? 2 : 'b'));
  const reversed = <T>(values: readonly T[]) => [...values].reverse();
  const one = await bootstrap('median', reversed(known.y), {
    replicates: 50,
    strata: reversed(strata),
  });
  const order = [...labels.keys()].sort((i, j) => labels[j] - labels[i] || j - i);
  const other = await bootstrap(
    'median',
    order.map((i) => known.y[i]),
    { replicates: 50, strata: order.map((i) => strata[i]) },
  );
  expect(other.replicates).toEqual(one.replicates);
  const withHoles = await bootstrap('median', [NaN, ...reversed(known.y)], {
    replicates: 50,
    strata: ['a', ...reversed(strata)],
    nanPolicy: 'omit',
  });
  expect(withHoles.replicates).toEqual(one.replicates);
  // A stratum of one is always drawn: numbers first, then words.
  const order4 = await bootstrap((values: Float64Array) => Number(values.join('')), [1, 2, 3, 4], {
    replicates: 2,
    strata: ['b', 1, 'a', 2],
  });
  expect([...order4.replicates]).toEqual([2431, 2431]);
});

test('progress is told, and aborts are heard on the calling thread and by workers', async () => {
  for (const workers of [0, 2]) {
    const seen: Progress[] = [];
    await bootstrap('mean', known.y, {
      replicates: 500,
      workers,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.at(-1)).toEqual({ done: 10, total: 10 });
    const stop = new AbortController();
    const long = bootstrap('spearman', data, {
      replicates: 2_000_000,
      workers,
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), 80);
    await expect(long).rejects.toThrow(AbortedError);
    await expect(
      bootstrap('mean', known.y, { workers, signal: AbortSignal.abort() }),
    ).rejects.toThrow(AbortedError);
  }
});

test.each([
  ['mean', [], 'too-few-observations'],
  ['mean', [1, NaN], 'nan-input'],
  ['variance', [3], 'undefined-statistic'],
  ['mean', [3], 'zero-variance'],
  ['median', [3, 3, 3], 'zero-variance'],
] as const)('%s of %j: %s', async (name, values, reason) => {
  const found = await bootstrap(name, values, { replicates: 40 });
  expect(found.reason).toBe(reason);
  if (reason === 'zero-variance') expect(found.interval).toEqual([3, 3]);
  else expect(found).toMatchObject({ interval: [NaN, NaN], standardError: NaN, bias: NaN });
});

test.each([
  ['pearson', { x: [1, 1, 1], y: [1, 2, 3] }],
  ['spearman', { x: [1, 2, 3], y: [1, 1, 1] }],
  ['auc', { labels: [1, 1], scores: [1, 2] }],
  ['meanDifference', { labels: [1, 1], values: [1, 2] }],
  ['medianDifference', { labels: [0, 0], values: [1, 2] }],
] as const)('%s of %j is undefined', async (name, columns) => {
  const found = await bootstrap(name, columns as Record<string, readonly number[]>, {
    replicates: 40,
  });
  expect(found).toMatchObject({ estimate: NaN, reason: 'undefined-statistic' });
});

test('resamples without the statistic are left out and counted', async () => {
  const found = await bootstrap(
    'auc',
    { labels: [0, 0, 1, 1], scores: [1, 3, 2, 4] },
    { replicates: 400 },
  );
  const undefinedOnes = found.replicates.filter(Number.isNaN).length;
  expect(undefinedOnes).toBe(found.undefinedReplicates);
  // Both classes are missed with 2/16 together.
  expect(Math.abs(undefinedOnes / 400 - 0.125)).toBeLessThan(0.06);
  expect(found.interval).toEqual(bootstrapIntervals(found.replicates, 0.75).percentile);
  expect((await bootstrap('mean', [1, NaN, 3], { nanPolicy: 'omit' })).n).toBe(2);
  const never = await bootstrap(() => Infinity, [1, 2]);
  expect(never.reason).toBe('undefined-statistic');
});

test('ranks take infinities, means do not', async () => {
  const far = { x: [1, 2, Infinity, 4], y: [1, 3, 5, 4] };
  expect((await bootstrap('spearman', far, { replicates: 20 })).estimate).toBe(1);
  await expect(bootstrap('pearson', far)).rejects.toThrow('x[2]');
});

test('callers who err are told', async () => {
  const rejects = async (call: Promise<unknown>, part: string) => {
    await expect(call).rejects.toThrow(InvalidArgumentError);
    await expect(call).rejects.toThrow(part);
  };
  await rejects(bootstrap('mode' as 'mean', [1, 2]), 'statistic');
  await rejects(bootstrap('pearson', [1, 2]), 'the columns x, y');
  await rejects(bootstrap('auc', { x: [1], y: [2] } as never), 'the columns labels, scores');
  await rejects(bootstrap('auc', { labels: [2, 0], scores: [1, 2] }), 'labels[0]');
  await rejects(bootstrap('mean', 5 as never), 'data');
  await rejects(bootstrap('mean', {} as never), 'data');
  await rejects(bootstrap('mean', [1, 2], { replicates: 1 }), 'replicates');
  await rejects(bootstrap('mean', [1, 2], { seed: 0.5 }), 'seed');
  await rejects(bootstrap('mean', [1, 2], { workers: -1 }), 'workers');
  await rejects(bootstrap('mean', [1, 2], { interval: 't' as 'bca' }), 'interval');
  await rejects(bootstrap('mean', [1, 2], { clusters: [1] }), 'clusters');
  await rejects(bootstrap('mean', [1, 2], { clusters: [1, NaN] }), 'clusters[1]');
  await rejects(bootstrap('mean', [1, 2], { strata: ['a', ''] }), 'strata[1]');
  await rejects(bootstrap('mean', [1, 2], { strata: [1, 2], clusters: [7, 7] }), 'one stratum');
  await rejects(bootstrap('mean', [1, 2], { size: 3 } as never), 'options');
  await rejects(
    bootstrap(() => 1, [1, 2], { workers: 2 }),
    'functions cannot be sent',
  );
  await rejects(
    bootstrap(() => '1' as never, [1, 2]),
    'returns a number',
  );
});

test('intervals of replicates contain what they should', () => {
  const replicate = fc.integer({ min: -500, max: 500 }).map((value) => value / 8);
  fc.assert(
    fc.property(
      fc.array(replicate, { minLength: 2, maxLength: 60 }),
      fc.double({ min: 0.5, max: 0.99, noNaN: true }),
      (replicates, level) => {
        const sorted = [...replicates].sort((a, b) => a - b);
        const middle = sorted[Math.floor(sorted.length / 2)];
        const found = bootstrapIntervals(replicates, middle, { level, acceleration: 0 });
        const { percentile, basic, normal, bca } = found;
        expect(percentile[0]).toBeLessThanOrEqual(percentile[1]);
        expectClose(basic[0] + percentile[1], 2 * middle, 'mirrored', 1e-9);
        expect(normal[0]).toBeLessThanOrEqual(middle);
        expect(normal[1]).toBeGreaterThanOrEqual(middle);
        if (found.reason === undefined) {
          expect(bca![0]).toBeGreaterThanOrEqual(sorted[0]);
          expect(bca![1]).toBeLessThanOrEqual(sorted.at(-1)!);
        }
        // Moved and turned, they move and turn.
        const turned = bootstrapIntervals(
          replicates.map((value) => 1 - value),
          1 - middle,
          { level },
        );
        expect(turned.percentile[0]).toBeCloseTo(1 - percentile[1], 10);
        expect(turned.biasCorrection).toBeCloseTo(-found.biasCorrection, 10);
      },
    ),
  );
});

test('replicates that say nothing say so', () => {
  const { NaN: nan } = Number;
  const nothing = { percentile: [nan, nan], basic: [nan, nan], normal: [nan, nan] };
  expect(bootstrapIntervals([], 1)).toMatchObject({ ...nothing, reason: 'too-few-observations' });
  expect(bootstrapIntervals([1, nan], 1, { acceleration: 0 })).toMatchObject({
    ...nothing,
    bca: [nan, nan],
    n: 1,
    undefinedReplicates: 1,
    reason: 'too-few-observations',
  });
  expect(bootstrapIntervals([1, 2], nan)).toMatchObject({ ...nothing, reason: 'nan-input' });
  expect(bootstrapIntervals([2, 2, 2], 2)).toMatchObject({
    percentile: [2, 2],
    reason: 'zero-variance',
  });
  expect(bootstrapIntervals([1, 2, 3], 5, { acceleration: 0 })).toMatchObject({
    bca: [nan, nan],
    biasCorrection: Infinity,
    reason: 'boundary-estimate',
  });
  expect(bootstrapIntervals([1, 2, 3], 2, { acceleration: nan }).reason).toBe('boundary-estimate');
  expect(bootstrapIntervals([0.8, 0.9, 1], 0.97, { range: [0, 1] }).basic[1]).toBe(1);
  expect(() => bootstrapIntervals([1, Infinity], 1)).toThrow('replicates[1]');
  expect(() => bootstrapIntervals([1, 2], '1' as never)).toThrow('estimate');
  expect(() => bootstrapIntervals([1, 2], 1, { acceleration: '0' as never })).toThrow(
    'acceleration',
  );
  for (const range of [[1, 0], [1], 'all'] as never[]) {
    expect(() => bootstrapIntervals([1, 2], 1, { range })).toThrow('range');
  }
});
