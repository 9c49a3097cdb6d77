import { AbortedError, InvalidArgumentError, type Progress } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fisherExact,
  mannWhitney,
  pearson,
  permutationTest,
  spearman,
  wilcoxon,
} from '../src/index.js';
import { arrangementCount, arrangements } from '../src/resampling/arrangements.js';
import { resamplingUnits } from '../src/resampling/units.js';
import { expectClose } from './support/reference.js';

const SIDES = ['less', 'greater', 'two-sided'] as const;
const grade = fc.integer({ min: 0, max: 4 });
const labelled = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), grade), { minLength: 3, maxLength: 10 })
  .map((rows) => ({ labels: rows.map(([label]) => label), scores: rows.map(([, s]) => s) }))
  .filter(({ labels, scores }) => new Set(labels).size === 2 && new Set(scores).size > 1);

test('the AUC over all arrangements is the exact Mann–Whitney test', async () => {
  await fc.assert(
    fc.asyncProperty(labelled, async (data) => {
      const of = (label: number) => data.scores.filter((_, i) => data.labels[i] === label);
      for (const alternative of ['less', 'greater'] as const) {
        const found = await permutationTest('auc', data, { method: 'exact', alternative });
        const known = mannWhitney(of(1), of(0), { method: 'exact', alternative });
        expectClose(found.p, known.p, alternative, 1e-12);
        expectClose(found.logP, Math.log(found.p), 'ln P', 1e-13);
        expect(found).not.toHaveProperty('standardErrorOfP');
      }
      const [less, greater, both] = await Promise.all(
        SIDES.map(async (alternative) => (await permutationTest('auc', data, { alternative })).p),
      );
      expectClose(both, Math.min(1, 2 * Math.min(less, greater)), 'twice the smaller', 1e-14);
    }),
    { numRuns: 40 },
  );
});

test('the difference of shares over all arrangements is Fisher’s exact test', async () => {
  const labels = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0];
  const values = [1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0];
  for (const alternative of ['less', 'greater'] as const) {
    const known = fisherExact(
      [
        [4, 1],
        [1, 5],
      ],
      { alternative },
    );
    const found = await permutationTest('meanDifference', { labels, values }, { alternative });
    expect(found).toMatchObject({ exact: true, permutations: 462, n: 11 });
    expectClose(found.p, known.p, alternative, 1e-13);
  }
});

test('exchanges within pairs are Wilcoxon’s signed ranks, where ranks are exchanged', async () => {
  const x = [3, 5, 1, 9, 7, 2, 8, 6];
  const y = [1, 6, 4, 2, 1, 7, 1, 13];
  // Differences 2, −1, −3, 7, 6, −5, 7, −7: signed mid-ranks.
  const ranks = [2, -1, -3, 7, 5, -4, 7, -7];
  for (const alternative of ['less', 'greater'] as const) {
    const known = wilcoxon(x, y, { method: 'exact', alternative });
    const found = await permutationTest(
      'pairedMeanDifference',
      { x: ranks, y: ranks.map((rank) => -rank) },
      { alternative },
    );
    expect(found.permutations).toBe(256);
    expectClose(found.p, known.p, alternative, 1e-12);
  }
});

test('rank correlation over all orders is the exact P of Spearman', async () => {
  const data = { x: [1, 2, 2, 3, 5, 8, 9], y: [2, 1, 4, 4, 3, 9, 7] };
  for (const alternative of ['less', 'greater'] as const) {
    const found = await permutationTest('spearman', data, { alternative });
    expect(found.permutations).toBe(5040 / 2);
    const known = spearman(data.x, data.y, { method: 'exact', alternative });
    expectClose(found.p, known.p, alternative, 1e-12);
  }
});

test('arrangements are counted and made once each, stratum by stratum', () => {
  const column = Float64Array.of(1, 1, 2, 0, -0, 3, 3, 2);
  const strata = [0, 0, 0, 1, 1, 1, 1, 0];
  const plan = { permuted: 'y', units: resamplingUnits(8, undefined, strata) };
  // 4!/(2! 2!) orders of 1, 1, 2, 2 beside 4!/(2! 2!) of 0, 0, 3, 3.
  expect(arrangementCount({ y: column }, plan)).toBe(36);
  const made = [...arrangements({ y: column }, plan)].map(({ y }) => [...y].join());
  expect(made).toHaveLength(36);
  expect(new Set(made).size).toBe(36);
});

const x = Array.from({ length: 40 }, (_, i) => Math.sin(7 * i) + i / 20);
const y = Array.from({ length: 40 }, (_, i) => Math.cos(5 * i) + i / 40);

test.each(['pearson', 'spearman', 'pairedMeanDifference'] as const)(
  'random arrangements of %s are the same for any number of workers',
  async (name) => {
    const options = { permutations: 330, seed: 4 };
    const here = await permutationTest(name, { x, y }, options);
    expect(here).toMatchObject({ exact: false, permutations: 330, n: 40 });
    expect(here.method).toContain('330 random arrangements, seed 4');
    for (const workers of [0, 1, 2]) {
      expect(await permutationTest(name, { x, y }, { ...options, workers })).toEqual(here);
    }
    expectClose(here.standardErrorOfP!, Math.sqrt((here.p * (1 - here.p)) / 330), 'SE of P', 1e-12);
    expect(
      (await permutationTest(name, { x, y }, { ...options, seed: 5 })).distribution,
    ).not.toEqual(here.distribution);
  },
);

test('random arrangements come near to Student’s t, and are never quite 0', async () => {
  const found = await permutationTest('pearson', { x, y }, { permutations: 4000 });
  expect(Math.abs(found.p - pearson(x, y).p)).toBeLessThan(4 * found.standardErrorOfP! + 0.01);
  const line = await permutationTest('pearson', { x, y: x }, { alternative: 'greater' });
  expect(line.p).toBe(1 / 10_000);
  expect(line.logP).toBe(Math.log(1e-4));
});

test('whole clusters are permuted, within strata', async () => {
  const clusters = x.map((_, i) => Math.floor(i / 4));
  const labels = clusters.map((cluster) => (cluster % 3 === 0 ? 1 : 0));
  const found = await permutationTest('auc', { labels, scores: y }, { clusters });
  // 4 of 10 patients.
  expect(found).toMatchObject({ permutations: 210, exact: true, clusters: 10 });
  expect(found.method).toContain('of whole clusters');
  const strata = clusters.map((cluster) => (cluster < 5 ? 'first' : 'second'));
  const within = await permutationTest('auc', { labels, scores: y }, { clusters, strata });
  expect(within.permutations).toBe(100);
  expect(within.method).toContain('within strata');
  const swapped = await permutationTest('pairedMeanDifference', { x, y }, { clusters });
  expect(swapped.permutations).toBe(1024);
  const torn = labels.with(1, 0);
  await expect(permutationTest('auc', { labels: torn, scores: y }, { clusters })).rejects.toThrow(
    'labels[1] is 0; expected 1 as in the rest of its cluster',
  );
});

test('functions take what permute names', async () => {
  const slope = (columns: Record<'x' | 'y', Float64Array>) =>
    pearson(columns.x, columns.y).coefficient;
  const options = { permutations: 100, seed: 9 };
  const byName = await permutationTest('pearson', { x, y }, options);
  const byFunction = await permutationTest(slope, { x, y }, { ...options, permute: 'y' });
  expect(byFunction.distribution).toEqual(byName.distribution);
  // The other column in as many orders.
  const other = await permutationTest('pearson', { x, y }, { ...options, permute: 'x' });
  expect(other.estimate).toBe(byName.estimate);
  expect(other.distribution).not.toEqual(byName.distribution);
  // Undefined arrangements are no evidence.
  let calls = 0;
  const seldom = () => (calls++ === 0 ? 1 : Number.NaN);
  expect(
    await permutationTest(seldom, { x, y }, { ...options, permute: ['x', 'y'] }),
  ).toMatchObject({
    estimate: 1,
    p: 1,
  });
});

test.each([
  [{ labels: [], values: [] }, 'too-few-observations'],
  [{ labels: [1], values: [2] }, 'undefined-statistic'],
  [{ labels: [1, 1], values: [2, 3] }, 'undefined-statistic'],
  [{ labels: [1, 0, 1], values: [2, 2, 2] }, 'constant-input'],
  [{ labels: [1, 0, 1], values: [2, NaN, 2] }, 'nan-input'],
] as const)('of %j nothing can be said: %s', async (data, reason) => {
  const found = await permutationTest('meanDifference', data);
  expect(found).toMatchObject({ p: NaN, logP: NaN, reason, n: data.labels.length });
});

test('progress is told and aborts are heard', async () => {
  const seen: Progress[] = [];
  await permutationTest(
    'pearson',
    { x, y },
    { permutations: 200, onProgress: (progress) => seen.push(progress) },
  );
  expect(seen.at(-1)).toEqual({ done: 4, total: 4 });
  for (const workers of [0, 1]) {
    const stop = new AbortController();
    const options = { permutations: 1e7, workers, signal: stop.signal };
    const long = permutationTest('pearson', { x, y }, options);
    setTimeout(() => stop.abort(), 60);
    await expect(long).rejects.toThrow(AbortedError);
  }
});

test('callers who err are told', async () => {
  const rejects = async (call: Promise<unknown>, part: string) => {
    await expect(call).rejects.toThrow(InvalidArgumentError);
    await expect(call).rejects.toThrow(part);
  };
  const data = { x, y };
  await rejects(
    permutationTest('pearson', data, { method: 'exact' }),
    "'random' for these 8.16e+47",
  );
  await rejects(permutationTest('pearson', data, { permutations: 0 }), 'permutations');
  await rejects(permutationTest('pearson', data, { permute: 'z' as 'x' }), 'permute');
  await rejects(permutationTest('pearson', data, { permute: ['x', 'x'] }), 'permute');
  await rejects(permutationTest('mean', { x }), 'permute');
  await rejects(
    permutationTest(() => 1, data),
    'permute',
  );
  await rejects(
    permutationTest(() => 1, data, { permute: 'x', workers: 1 }),
    'functions',
  );
  await rejects(permutationTest('pearson', { x, y: x.with(3, Infinity) }), 'y[3]');
  await rejects(permutationTest('pearson', data, { alternative: 'both' as 'less' }), 'alternative');
  await rejects(permutationTest('pearson', data, { replicates: 5 } as never), 'options');
});
