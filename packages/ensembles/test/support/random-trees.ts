import { createRandom, type Random } from '@steatosis/core';
import fc from 'fast-check';
import type { ExplainableTree, TreeEnsemble } from '../../src/explain/tree-ensemble.js';

/** A model of random trees and a table for it. */
export interface RandomEnsemble {
  ensemble: TreeEnsemble;
  rows: number[][];
}

/**
 * Random trees of any shape: single leaves, stumps, features that a path tests again and again, nodes that test a category,
 * nodes that no training row reached, children in any order of numbers. Values are small integers, some of them NaN.
 */
export function randomEnsembles(): fc.Arbitrary<RandomEnsemble> {
  return fc
    .record({
      seed: fc.integer(),
      features: fc.integer({ min: 1, max: 6 }),
      trees: fc.integer({ min: 0, max: 4 }),
      outputs: fc.integer({ min: 1, max: 2 }),
      leaves: fc.integer({ min: 1, max: 12 }),
      rows: fc.integer({ min: 1, max: 8 }),
    })
    .map(({ seed, features, trees, outputs, leaves, rows }) => {
      const random = createRandom(seed);
      return {
        ensemble: {
          features,
          base: Float64Array.from({ length: outputs }, () => random.normal()),
          trees: Array.from({ length: trees * outputs }, (_, i) =>
            randomTree(random, features, 1 + random.integer(leaves), i % outputs),
          ),
          takesMissing: true,
        },
        rows: Array.from({ length: rows }, () =>
          Array.from({ length: features }, () =>
            random.uniform() < 0.15 ? Number.NaN : random.integer(6),
          ),
        ),
      };
    });
}

/** A random tree with that many leaves. */
export function randomTree(
  random: Random,
  features: number,
  leaves: number,
  output: number,
): ExplainableTree {
  const count = 2 * leaves - 1;
  // Numbers of the nodes in the order in which they come to be; the root is node 0.
  const numbers = [0, ...Array.from(random.permutation(count - 1), (number) => number + 1)];
  const left = new Int32Array(count).fill(-1);
  const right = new Int32Array(count).fill(-1);
  const cover = new Float64Array(count);
  const open = [0];
  cover[0] = 1 + random.integer(50);
  for (let used = 1; used < count; used += 2) {
    const node = open.splice(random.integer(open.length), 1)[0];
    left[node] = numbers[used];
    right[node] = numbers[used + 1];
    const share = [0, 1, random.uniform()][Math.min(2, random.integer(8))];
    cover[left[node]] = share * cover[node];
    cover[right[node]] = cover[node] - cover[left[node]];
    open.push(left[node], right[node]);
  }
  const feature = Int32Array.from({ length: count }, () => random.integer(features));
  const threshold = Array.from({ length: count }, () => random.integer(6));
  const isCategory = Array.from({ length: count }, () => random.uniform() < 0.3);
  const missingLeft = Array.from({ length: count }, () => random.uniform() < 0.5);
  const set = Array.from({ length: count }, () => random.integer(64));
  return {
    left,
    right,
    feature,
    value: Float64Array.from({ length: count }, () => random.normal()),
    cover,
    output,
    goesLeft: (node, value) => {
      if (Number.isNaN(value)) return missingLeft[node];
      return isCategory[node] ? ((set[node] >> value) & 1) === 0 : value < threshold[node];
    },
  };
}
