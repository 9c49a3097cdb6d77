import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gaussLegendre } from '../src/explain/quadrature.js';
import { shapInteractionValues } from '../src/explain/shap-interaction-values.js';
import { shapValues } from '../src/explain/shap-values.js';
import type { TreeEnsemble } from '../src/explain/tree-ensemble.js';
import {
  backgroundGame,
  coverGame,
  rawOutputs,
  shapleyInteraction,
  shapleyValues,
} from './support/brute-force-shapley.js';
import { maxDifference } from './support/fixtures.js';
import { randomEnsembles, randomTree } from './support/random-trees.js';

const runs = { numRuns: 60 };
const model = (ensemble: TreeEnsemble) => ({ treeEnsemble: () => ensemble });

it('values are the Shapley values of all coalitions, path-dependent', () => {
  fc.assert(
    fc.property(randomEnsembles(), ({ ensemble, rows }) => {
      const wanted = rows.flatMap((row) =>
        shapleyValues(ensemble.features, coverGame(ensemble, row)).flat(),
      );
      expect(maxDifference(shapValues(model(ensemble), rows).data, wanted)).toBeLessThan(1e-12);
    }),
    runs,
  );
});

it('values are the Shapley values of all coalitions, against a background', () => {
  fc.assert(
    fc.property(randomEnsembles(), ({ ensemble, rows }) => {
      const background = rows.slice(0, Math.ceil(rows.length / 2));
      const wanted = rows.flatMap((row) =>
        shapleyValues(ensemble.features, backgroundGame(ensemble, row, background)).flat(),
      );
      const values = shapValues(model(ensemble), rows, { background });
      expect(maxDifference(values.data, wanted)).toBeLessThan(1e-12);
    }),
    runs,
  );
});

it('interactions are half the Shapley interaction index, either way', () => {
  fc.assert(
    fc.property(randomEnsembles(), fc.boolean(), ({ ensemble, rows }, isInterventional) => {
      const { features } = ensemble;
      const background = isInterventional ? rows : undefined;
      const squares = shapInteractionValues(model(ensemble), rows, { background });
      const columns = features + 1;
      const outputs = ensemble.base.length;
      rows.forEach((row, r) => {
        const game = background
          ? backgroundGame(ensemble, row, background)
          : coverGame(ensemble, row);
        for (let i = 0; i < features; i++) {
          for (let j = 0; j < features; j++) {
            if (i === j) continue;
            const found = Array.from(
              ensemble.base,
              (_, k) => squares.data[((r * outputs + k) * columns + i) * columns + j],
            );
            const wanted = shapleyInteraction(features, game, i, j);
            expect(maxDifference(found, wanted)).toBeLessThan(1e-12);
          }
        }
      });
    }),
    { numRuns: 30 },
  );
});

it('squares are symmetric, their rows sum to the values, and values sum to the output', () => {
  fc.assert(
    fc.property(randomEnsembles(), fc.boolean(), ({ ensemble, rows }, isInterventional) => {
      const options = { background: isInterventional ? rows : undefined };
      const values = shapValues(model(ensemble), rows, options).data;
      const squares = shapInteractionValues(model(ensemble), rows, options).data;
      const columns = ensemble.features + 1;
      const sums = Array.from(values, (_, at) =>
        squares.subarray(at * columns, (at + 1) * columns).reduce((sum, value) => sum + value, 0),
      );
      expect(maxDifference(sums, values)).toBeLessThan(1e-12);
      for (let at = 0; at < squares.length; at++) {
        const square = Math.floor(at / columns ** 2) * columns ** 2;
        const [i, j] = [Math.floor((at - square) / columns), (at - square) % columns];
        expect(squares[square + j * columns + i]).toBe(squares[at]);
      }
      const outputs = rows.flatMap((row) => [...rawOutputs(ensemble, row)]);
      const totals = outputs.map((_, at) =>
        values.subarray(at * columns, (at + 1) * columns).reduce((sum, value) => sum + value, 0),
      );
      expect(maxDifference(totals, outputs)).toBeLessThan(1e-12);
    }),
    runs,
  );
});

it('approximate values follow the row’s path and sum to the output', () => {
  fc.assert(
    fc.property(randomEnsembles(), ({ ensemble, rows }) => {
      const values = shapValues(model(ensemble), rows, { approximate: true }).data;
      const columns = ensemble.features + 1;
      const outputs = rows.flatMap((row) => [...rawOutputs(ensemble, row)]);
      const totals = outputs.map((_, at) =>
        values.subarray(at * columns, (at + 1) * columns).reduce((sum, value) => sum + value, 0),
      );
      expect(maxDifference(totals, outputs)).toBeLessThan(1e-12);
    }),
    runs,
  );
});

it('a row has the same bits alone and among others, here and on workers', async () => {
  const random = createRandom(7);
  const ensemble: TreeEnsemble = {
    features: 20,
    base: Float64Array.of(0.5),
    // Paths that are kept and paths too long for it.
    trees: [3, 40, 200].map((leaves) => randomTree(random, 20, leaves, 0)),
    takesMissing: true,
  };
  const rows = Array.from({ length: 24 }, () =>
    Array.from({ length: 20 }, () => random.integer(6)),
  );
  const all = shapValues(model(ensemble), rows).data;
  const alone = rows.flatMap((row) => [...shapValues(model(ensemble), [row]).data]);
  expect([...all]).toEqual(alone);
  for (const workers of [0, 1, 2]) {
    expect((await shapValues(model(ensemble), rows, { workers })).data).toEqual(all);
  }
  const background = rows.slice(0, 9);
  const against = shapInteractionValues(model(ensemble), rows.slice(0, 5), { background }).data;
  const seen: number[] = [];
  const parts = await shapInteractionValues(model(ensemble), rows.slice(0, 5), {
    background,
    workers: 2,
    onProgress: ({ done }) => seen.push(done),
  });
  expect(parts.data).toEqual(against);
  expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
});

it('paths of more features than a number has bits', () => {
  const features = 40;
  const count = 2 * features + 1;
  // A chain that tests every feature once: x < 1 goes on, all else ends.
  const left = Int32Array.from({ length: count }, (_, i) =>
    i % 2 === 0 && i < count - 1 ? i + 2 : -1,
  );
  const right = left.map((child) => (child === -1 ? -1 : child - 1));
  const ensemble: TreeEnsemble = {
    features,
    base: Float64Array.of(0),
    trees: [
      {
        left,
        right,
        feature: Int32Array.from({ length: count }, (_, i) => (i >> 1) % features),
        value: Float64Array.from({ length: count }, (_, i) => Number(i === count - 1)),
        cover: Float64Array.from(
          { length: count },
          (_, i) => 2 ** -(i % 2 === 0 ? i / 2 : (i + 1) / 2),
        ),
        output: 0,
        goesLeft: (_, value) => value < 1,
      },
    ],
    takesMissing: true,
  };
  const row = new Array<number>(features).fill(0);
  const values = shapValues(model(ensemble), [row]).data;
  // All features are alike, so that each gets the same part of 1 − 2⁻⁴⁰.
  const part = (1 - 2 ** -40) / features;
  expect(maxDifference(values, [...row.map(() => part), 2 ** -40])).toBeLessThan(1e-15);
  const background = [new Array<number>(features).fill(2)];
  const against = shapValues(model(ensemble), [row], { background }).data;
  expect(maxDifference(against, [...row.map(() => 1 / features), 0])).toBeLessThan(1e-15);
});

it.each([1, 2, 3, 7, 20, 51])('%i points integrate polynomials of twice the degree', (count) => {
  const { points, weights } = gaussLegendre(count);
  for (const power of [0, 1, count, 2 * count - 1]) {
    const integral = points.reduce((sum, t, k) => sum + weights[k] * t ** power, 0);
    expect(integral).toBeCloseTo(1 / (power + 1), 14);
  }
});
