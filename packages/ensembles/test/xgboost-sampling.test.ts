import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XGBRegressor, type XGBParameters } from '../src/index.js';
import { drawColumns, leaveOutRows } from '../src/xgb/sampling.js';
import { randomTable } from './support/random-data.js';

describe('rows that are left out', () => {
  it('are exactly as many as the share says, and have no gradients', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (seed, rows, share) => {
          const pairs = Float32Array.from({ length: 2 * rows }, (_, i) => i + 1);
          leaveOutRows(pairs, share, createRandom(seed));
          let kept = 0;
          for (let row = 0; row < rows; row++) {
            const pair = [pairs[2 * row], pairs[2 * row + 1]];
            if (pair[1] !== 0) kept++;
            expect(pair).toEqual(pair[1] === 0 ? [0, 0] : [2 * row + 1, 2 * row + 2]);
          }
          expect(kept).toBe(Math.max(1, Math.round(share * rows)));
        },
      ),
    );
  });

  it('are equally likely', () => {
    const times = 20000;
    const kept = new Float64Array(5);
    const random = createRandom(1);
    for (let i = 0; i < times; i++) {
      const pairs = new Float32Array(10).fill(1);
      leaveOutRows(pairs, 0.4, random);
      for (let row = 0; row < 5; row++) kept[row] += pairs[2 * row];
    }
    // Five standard deviations of a binomial share of 0.4.
    for (const count of kept) expect(Math.abs(count / times - 0.4)).toBeLessThan(0.0174);
  });
});

describe('drawn features', () => {
  const count = (mask: Uint8Array | undefined) => mask!.reduce((sum, one) => sum + one, 0);

  it('are nested: of a node within its level within the tree, whatever the order of asking', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, columns) => {
        const draw = () =>
          drawColumns(columns, { byTree: 0.8, byLevel: 0.7, byNode: 0.5 }, createRandom(seed))!;
        const ofTree = Math.max(1, Math.floor(0.8 * columns));
        const ofLevel = Math.max(1, Math.floor(0.7 * ofTree));
        const ofNode = Math.max(1, Math.floor(0.5 * ofLevel));
        const masks = draw();
        const union = new Uint8Array(columns);
        for (let node = 1; node < 60; node++) {
          const mask = masks(1, node)!;
          expect(count(mask)).toBe(ofNode);
          mask.forEach((one, feature) => (union[feature] |= one));
        }
        expect(count(union)).toBeLessThanOrEqual(ofLevel);
        const backwards = draw();
        for (const node of [5, 2, 9]) expect(backwards(1, node)).toEqual(masks(1, node));
      }),
      { numRuns: 40 },
    );
  });

  it('are all where nothing is drawn', () => {
    expect(drawColumns(3, { byTree: 1, byLevel: 1, byNode: 1 }, createRandom(1))).toBeUndefined();
  });
});

describe('training on samples', () => {
  const { x, y } = randomTable(11, 200, 6, true);
  const trees = (parameters: XGBParameters) =>
    new XGBRegressor({ nEstimators: 6, maxDepth: 4, ...parameters }).fit(x, y).booster.trees;

  it.each(['subsample', 'colsampleBytree', 'colsampleBylevel', 'colsampleBynode'])(
    '%s depends on the seed alone',
    (name) => {
      const drawn = trees({ [name]: 0.5, seed: 3 });
      expect(trees({ [name]: 0.5, seed: 3 })).toEqual(drawn);
      expect(trees({ [name]: 0.5, seed: 4 })).not.toEqual(drawn);
      expect(trees({ [name]: 1, seed: 4 })).toEqual(trees({}));
    },
  );

  it('uses no more features in a tree than it draws', () => {
    for (const tree of trees({ colsampleBytree: 0.34 })) {
      const used = new Set(tree.splitIndices.filter((_, node) => tree.leftChildren[node] !== -1));
      expect(used.size).toBeLessThanOrEqual(2);
    }
  });

  it('sums the hessians of the rows that are drawn, and gives every row a leaf', () => {
    const sampled = trees({ subsample: 0.25, nEstimators: 1 })[0];
    expect(sampled.sumHessian[0]).toBe(50);
    const forest = new XGBRegressor({ nEstimators: 2, numParallelTree: 5, subsample: 0.5 });
    forest.fit(x, y);
    expect(forest.booster.trees).toHaveLength(10);
    expect(new Set(forest.booster.trees.map((tree) => tree.lossChanges[0])).size).toBeGreaterThan(
      5,
    );
  });
});
