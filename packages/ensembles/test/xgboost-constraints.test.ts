import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type RegressionTree,
  XGBClassifier,
  XGBRegressor,
  type XGBParameters,
} from '../src/index.js';

const runs = { numRuns: 25 };

/** A noisy table whose outcome rises with one feature, falls with another, and bends with a third. */
const tables = fc
  .record({ seed: fc.integer(), rows: fc.integer({ min: 40, max: 150 }) })
  .map(({ seed, rows }) => {
    const random = createRandom(seed);
    const x = Array.from({ length: rows }, () => [0, 1, 2].map(() => random.normal()));
    const y = x.map(([a, b, c]) => a - b + c * c + 2 * random.normal());
    return { x, y };
  });

const growth = fc.constantFrom<XGBParameters>(
  { maxDepth: 5 },
  { maxDepth: 0, growPolicy: 'lossguide', maxLeaves: 12 },
  { maxDepth: 4, maxBin: 8, alpha: 0.5 },
);

describe('monotone constraints', () => {
  it('hold everywhere, for outcomes', () => {
    fc.assert(
      fc.property(tables, growth, ({ x, y }, parameters) => {
        const model = new XGBRegressor({
          ...parameters,
          nEstimators: 8,
          monotoneConstraints: [1, -1, 0],
        }).fit(x, y);
        for (const [feature, sign] of [
          [0, 1],
          [1, -1],
        ]) {
          x.slice(0, 10).forEach((row) => {
            const line = Array.from({ length: 60 }, (_, i) => row.with(feature, (i - 30) / 10));
            const found = model.predict(line);
            for (let i = 1; i < found.length; i++) {
              expect(sign * (found[i] - found[i - 1])).toBeGreaterThanOrEqual(-1e-5);
            }
          });
        }
      }),
      runs,
    );
  });

  it('hold for every class’s margin and for probabilities', () => {
    fc.assert(
      fc.property(tables, ({ x, y }) => {
        const labels = y.map((value) => Number(value > 0.5));
        fc.pre(new Set(labels).size === 2);
        const model = new XGBClassifier({ nEstimators: 8, monotoneConstraints: [1, 0, 0] });
        model.fit(x, labels);
        const line = Array.from({ length: 60 }, (_, i) => [(i - 30) / 10, 0.3, -0.2]);
        const margins = model.predictMargin(line);
        for (let i = 1; i < margins.length; i++) {
          expect(margins[i]).toBeGreaterThanOrEqual(margins[i - 1] - 1e-5);
        }
      }),
      runs,
    );
  });
});

describe('interaction constraints', () => {
  it('hold on every path', () => {
    fc.assert(
      fc.property(tables, growth, ({ x, y }, parameters) => {
        const interactionConstraints = [[0, 1], [2]];
        const model = new XGBRegressor({ ...parameters, nEstimators: 5, interactionConstraints });
        for (const tree of model.fit(x, y).booster.trees) {
          for (const path of pathsOf(tree)) {
            expect(
              interactionConstraints.some((group) => [...path].every((f) => group.includes(f))),
            ).toBe(true);
          }
        }
      }),
      runs,
    );
  });
});

/** The features on every path from the root to a leaf. */
function pathsOf(tree: RegressionTree, node = 0, above: readonly number[] = []): Set<number>[] {
  if (tree.leftChildren[node] === -1) return [new Set(above)];
  const path = [...above, tree.splitIndices[node]];
  return [
    ...pathsOf(tree, tree.leftChildren[node], path),
    ...pathsOf(tree, tree.rightChildren[node], path),
  ];
}
