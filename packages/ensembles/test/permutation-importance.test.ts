import { AbortedError, createRandom, isSteatosisError } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import type { FeatureInput } from '../src/data/matrix.js';
import { twoColumns } from '../src/data/probabilities.js';
import { permutationImportance } from '../src/explain/permutation-importance.js';
import { AdaBoostClassifier, XGBRegressor } from '../src/index.js';

const random = createRandom(3);
const x = Array.from({ length: 40 }, () => [random.normal(), random.normal(), random.normal()]);
const y = x.map(([a, b]) => 3 * a - b);

/** Columns as the model is given them, for looking at what was permuted. */
function columnsOf(rows: FeatureInput): number[][] {
  const { data, columns } = rows as { data: Float64Array; columns: number };
  return Array.from({ length: columns }, (_, f) => [...data].filter((_, i) => i % columns === f));
}

const linear = {
  predict: (rows: FeatureInput) => {
    const [a, b] = columnsOf(rows);
    return a.map((value, row) => 3 * value - b[row]);
  },
};
const sign = {
  classes: [-1, 1],
  predict: (rows: FeatureInput) => linear.predict(rows).map((value) => (value > 0 ? 1 : -1)),
  predictProba: (rows: FeatureInput) =>
    twoColumns(Float64Array.from(linear.predict(rows), (value) => 1 / (1 + Math.exp(-value)))),
};

describe('permutationImportance', () => {
  it('is the loss of score by each permutation, with mean and deviation', () => {
    const seen: number[][][] = [];
    const watched = {
      predict: (rows: FeatureInput) => {
        seen.push(columnsOf(rows));
        return linear.predict(rows);
      },
    };
    const before = x.map((row) => [...row]);
    const found = permutationImportance(watched, x, y, { repeats: 4, seed: 9 });
    expect(x).toEqual(before);
    expect(found).toMatchObject({ score: 1, scoring: 'r2' });
    expect(found.importances.shape).toEqual([3, 4]);
    const [original, ...permuted] = seen;
    const centre = y.reduce((sum, value) => sum + value, 0) / y.length;
    const spread = y.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    permuted.forEach((columns, i) => {
      const [feature, repeat] = [Math.floor(i / 4), i % 4];
      columns.forEach((column, f) => {
        if (f !== feature) expect(column).toEqual(original[f]);
        else expect(column).not.toEqual(original[f]);
        const ascending = (values: number[]) => values.toSorted((p, q) => p - q);
        expect(ascending(column)).toEqual(ascending(original[f]));
      });
      const residual = columns[0].reduce(
        (sum, value, row) => sum + (y[row] - (3 * value - columns[1][row])) ** 2,
        0,
      );
      expect(found.importances.get(feature, repeat)).toBeCloseTo(residual / spread, 12);
    });
    for (let feature = 0; feature < 3; feature++) {
      const own = [0, 1, 2, 3].map((repeat) => found.importances.get(feature, repeat));
      const mean = own.reduce((sum, value) => sum + value, 0) / 4;
      expect(found.mean[feature]).toBeCloseTo(mean, 14);
      const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4;
      expect(found.sd[feature]).toBeCloseTo(Math.sqrt(variance), 14);
    }
    expect(found.mean[0]).toBeGreaterThan(found.mean[1]);
    expect(found.mean[2]).toBe(0);
  });

  it('depends on seed, column and repeat only', () => {
    const run = (repeats: number, seed: number) =>
      permutationImportance(linear, x, y, { repeats, seed }).importances;
    const [three, five] = [run(3, 1), run(5, 1)];
    for (let f = 0; f < 3; f++) {
      for (let i = 0; i < 3; i++) expect(five.get(f, i)).toBe(three.get(f, i));
    }
    expect(run(3, 2).data).not.toEqual(three.data);
    expect(run(3, 1).data).toEqual(three.data);
  });

  it('takes losses, ranks and weights as scores', () => {
    const labels = y.map((value) => (value > 0 ? 1 : -1));
    const of = (scoring?: 'log_loss' | 'roc_auc') =>
      permutationImportance(sign, x, labels, { scoring, seed: 4 });
    expect(of()).toMatchObject({ score: 1, scoring: 'accuracy' });
    expect(of('roc_auc').score).toBe(1);
    for (const { mean } of [of(), of('log_loss'), of('roc_auc')]) {
      expect(mean[0]).toBeGreaterThan(mean[1]);
      expect(mean[2]).toBe(0);
    }
    expect(of('log_loss').score).toBeGreaterThan(0);
    const wrong = labels.map((label, row) => (row < 20 ? label : -label));
    const sampleWeight = labels.map((_, row) => (row < 20 ? 3 : 1));
    expect(permutationImportance(sign, x, wrong, { sampleWeight }).score).toBe(0.75);
  });

  it('exchanges whole groups, each with one of its size', () => {
    const groups = 'aaabbbcccdddeeff'.split('').map((label) => `patient ${label}`);
    const sizes = { a: 3, b: 3, c: 3, d: 3, e: 2, f: 2 };
    const table = groups.map((_, row) => [row, 0]);
    const permutedRows: number[][] = [];
    const watched = {
      predict: (rows: FeatureInput) => {
        permutedRows.push(columnsOf(rows)[0]);
        return columnsOf(rows)[0];
      },
    };
    permutationImportance(
      watched,
      table,
      table.map(([row]) => row),
      { groups, repeats: 20 },
    );
    const members = (label: string) =>
      groups.flatMap((group, row) => (group === `patient ${label}` ? [row] : []));
    for (const rows of permutedRows.slice(0, 21)) {
      for (const [label, size] of Object.entries(sizes)) {
        const now = members(label).map((row) => rows[row]);
        const source = groups[now[0]].at(-1)!;
        expect(now).toEqual(members(source));
        expect(now).toHaveLength(size);
      }
    }
    const alone = groups.with(0, 'patient z');
    expect(() =>
      permutationImportance(
        watched,
        table,
        table.map(([row]) => row),
        { groups: alone },
      ),
    ).toThrow(/patient z is the only one with 1 rows/);
  });

  it('reports, stops and refuses', () => {
    const seen: number[] = [];
    permutationImportance(linear, x, y, { onProgress: ({ done }) => seen.push(done) });
    expect(seen).toEqual([1, 2, 3]);
    expect(() => permutationImportance(linear, x, y, { signal: AbortSignal.abort() })).toThrow(
      AbortedError,
    );
    const calls = [
      () => permutationImportance(linear, x, y, { repeats: 0 }),
      () => permutationImportance(linear, x, y, { seed: 0.5 }),
      () => permutationImportance(linear, x, y.slice(1)),
      () => permutationImportance(linear, x, y, { scoring: 'auc' as 'r2' }),
      () => permutationImportance({} as typeof linear, x, y),
      () => permutationImportance(linear, x, y, { repeat: 3 } as object),
    ];
    for (const call of calls) {
      let thrown: unknown;
      try {
        call();
      } catch (error) {
        thrown = error;
      }
      expect(isSteatosisError(thrown)).toBe(true);
    }
  });

  it('has the same numbers on workers', async () => {
    const model = new XGBRegressor({ nEstimators: 5, maxDepth: 3 }).fit(x, y);
    const groups = y.map((_, row) => row >> 1);
    for (const options of [{ seed: 3, scoring: 'mae' as const }, { groups }]) {
      const here = permutationImportance(model, x, y, options);
      const seen: number[] = [];
      const onProgress = ({ done }: { done: number }) => seen.push(done);
      for (const workers of [0, 2]) {
        const there = await permutationImportance(model, x, y, { ...options, workers, onProgress });
        expect(there).toEqual(here);
      }
      expect(seen).toEqual([1, 2, 3, 1, 2, 3]);
    }
    const labels = y.map((value) => (value > 0 ? 1 : -1));
    const ada = new AdaBoostClassifier({ nEstimators: 5 }).fit(x, labels);
    const scoring = { name: 'hits', greaterIsBetter: true, score: () => 1 };
    for (const [other, options] of [
      [sign, {}],
      [ada, { scoring }],
    ] as const) {
      expect(await permutationImportance(other, x, labels, { ...options, workers: 1 })).toEqual(
        permutationImportance(other, x, labels, options),
      );
    }
    await expect(permutationImportance(model, x, y, { workers: 0.5 })).rejects.toThrow(/workers/);
  });
});
