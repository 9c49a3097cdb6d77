import { createRandom } from '@steatosis/core';
import { expect, test } from 'vitest';
import { auc } from '../src/index.js';
import { argsort } from '../src/numeric/argsort.js';
import { sortUpwards } from '../src/numeric/sort.js';
import { aucCovariance } from '../src/roc/covariance.js';
import { separation } from '../src/roc/separation.js';
import { tallied } from '../src/roc/tally.js';

const random = createRandom(20);
const shapes: Record<string, () => number> = {
  uniform: () => random.uniform(),
  'of both signs': () => random.uniform() - 0.5,
  'of very different size': () =>
    10 ** (600 * random.uniform() - 300) * (random.uniform() < 0.5 ? -1 : 1),
  'far from 0': () => 1e12 + random.uniform(),
  'alike in their upper halves': () => 1 + 1e-12 * random.uniform(),
  'of few levels': () => Math.floor(7 * random.uniform()) - 3,
  'of 600 levels': () => Math.floor(600 * random.uniform()),
  'with infinities': () =>
    [Infinity, -Infinity, random.uniform()][Math.floor(3 * random.uniform())],
  'zeros of both signs': () =>
    [0, -0, Number.MIN_VALUE, -Number.MIN_VALUE][Math.floor(4 * random.uniform())],
  subnormal: () => Number.MIN_VALUE * Math.floor(1e6 * random.uniform()),
  equal: () => 3,
};

test.each(Object.entries(shapes))('values %s are sorted', (_name, draw) => {
  for (const n of [0, 1, 2, 1023, 1024, 20_000]) {
    const values = Float64Array.from({ length: n }, draw);
    const sorted = sortUpwards(values.slice());
    // Typed arrays sort −0 before 0.
    expect(sorted).toEqual(values.slice().sort());
    const order = argsort(values);
    for (let k = 1; k < n; k++) {
      const [i, j] = [order[k - 1], order[k]];
      if (values[i] > values[j] || (values[i] === values[j] && i >= j)) {
        throw new Error(`the order is wrong at ${k} of ${n}`);
      }
    }
  }
});

test('part of a buffer is sorted in place', () => {
  const all = Float64Array.from({ length: 4000 }, shapes['of both signs']);
  const part = all.subarray(500, 3500);
  const known = part.slice().sort();
  const ends = [all[499], all[3500]];
  expect(sortUpwards(part)).toBe(part);
  expect(part).toEqual(known);
  expect([all[499], all[3500]]).toEqual(ends);
});

test.each(Object.entries(shapes))('all ways to an AUC agree for scores %s', (_name, draw) => {
  for (const n of [50, 3000]) {
    const scores = Float64Array.from({ length: n }, draw);
    const classes = Uint8Array.from(scores, (_, i) => (i < 2 || random.uniform() < 0.3 ? 1 : 0));
    const positives = classes.reduce((sum, label) => sum + label, 0);
    const fast = separation(classes, scores, positives);
    const { aucs, covariance } = aucCovariance({
      classes,
      columns: [scores],
      n,
      positives,
      negatives: n - positives,
    });
    expect(fast.auc).toBe(aucs[0]);
    expect(Math.abs(fast.variance - covariance(0, 0))).toBeLessThanOrEqual(1e-14 * fast.variance);
  }
});

test('few distinct scores are counted, many are not', () => {
  const classes = Uint8Array.from([1, 0, 1, 0, 0, 1]);
  const scores = Float64Array.from([2, -0, 2, 0, Infinity, -Infinity]);
  expect(tallied(classes, scores)).toEqual({
    positives: Float64Array.from([1, 0, 2, 0]),
    negatives: Float64Array.from([0, 2, 0, 1]),
  });
  const many = Float64Array.from({ length: 2000 }, (_, i) => i);
  expect(tallied(new Uint8Array(2000), many)).toBeUndefined();
  const most = many.map((value) => value % 512);
  expect(tallied(new Uint8Array(2000), most)?.negatives).toHaveLength(512);
});

test('the order of observations does not matter', () => {
  const n = 2000;
  const scores = Array.from({ length: n }, () => random.uniform());
  const labels = scores.map((score) => (random.uniform() < score ? 1 : 0));
  const clusters = scores.map(() => Math.floor(300 * random.uniform()));
  const order = [...scores.keys()].sort((i, j) => ((i * 7919) % n) - ((j * 7919) % n));
  const mixed = <T>(values: T[]) => order.map((i) => values[i]);
  expect(auc(mixed(labels), mixed(scores))).toEqual(auc(labels, scores));
  const one = auc(labels, scores, { clusters });
  const other = auc(mixed(labels), mixed(scores), { clusters: mixed(clusters) });
  expect(other.auc).toBe(one.auc);
  expect(Math.abs(other.variance - one.variance)).toBeLessThan(1e-14 * one.variance);
});
