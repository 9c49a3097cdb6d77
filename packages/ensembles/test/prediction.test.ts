import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '@steatosis/core';
import { Booster } from '../src/index.js';
import {
  addTree,
  predictLeaves,
  predictMargins,
  stagedMargins,
} from '../src/xgb/predict/predict.js';
import type { Forest } from '../src/xgb/predict/pack-trees.js';
import { NO_PARENT, type RegressionTree } from '../src/xgb/tree.js';
import { maxDifference, readGzip, readJson } from './support/fixtures.js';
import { readReferenceCase, referenceCaseNames } from './support/reference.js';

function basesOf(booster: Booster): Float32Array {
  return Float32Array.from(booster.treeEnsemble().base);
}

describe.each(referenceCaseNames())('%s', (name) => {
  const { expected, table, modelJson } = readReferenceCase(name);
  const booster = Booster.load(modelJson());
  const margins = predictMargins(booster, table.x, basesOf(booster));

  it('has XGBoost’s margins to the last bit', () => {
    const wanted = expected.margin.flat().map(Math.fround);
    expect(maxDifference(margins.subarray(0, wanted.length), wanted)).toBe(0);
  });

  it('has XGBoost’s leaves', () => {
    const wanted = expected.leaf.flat();
    const leaves = predictLeaves(booster, table.x);
    expect([...leaves.subarray(0, wanted.length)]).toEqual(wanted);
  });

  it('comes to the same round by round, tree by tree and in two parts', () => {
    let last: Float32Array | undefined;
    for (const stage of stagedMargins(
      booster,
      table.x,
      basesOf(booster),
      booster.iterationStarts,
    )) {
      last = stage;
    }
    expect(last).toEqual(margins);
    const count = booster.trees.length;
    const half = predictMargins(booster, table.x, basesOf(booster), { begin: 0, end: count >> 1 });
    const range = { begin: count >> 1, end: count };
    expect(predictMargins(booster, table.x, half, range)).toEqual(margins);
    booster.trees.slice(count >> 1).forEach((tree, at) => {
      const output = booster.treeInfo[(count >> 1) + at];
      addTree(tree, table.x, half, booster.outputs, output);
    });
    expect(half).toEqual(margins);
  });
});

it('sends odd categories where XGBoost sends them', () => {
  const { x, margin, leaf } = readJson('sketch/odd_categories.json.gz') as {
    x: (number | null)[][];
    margin: number[];
    leaf: number[][];
  };
  const booster = Booster.load(readGzip('reference/xgboost/categorical_default.model.json.gz'));
  const data = Float32Array.from(x.flat(), (value) => value ?? Number.NaN);
  const matrix = { data, rows: x.length, columns: 6 };
  expect([...predictLeaves(booster, matrix)]).toEqual(leaf.flat());
  const margins = predictMargins(booster, matrix, basesOf(booster));
  expect(maxDifference(margins, margin.map(Math.fround))).toBe(0);
});

/** A tree of any shape, its nodes numbered in the order in which they came to be. */
function randomTree(
  random: Random,
  features: number,
  leaves: number,
  odd: boolean,
): RegressionTree {
  const count = 2 * leaves - 1;
  const left = new Int32Array(count).fill(-1);
  const right = new Int32Array(count).fill(-1);
  const parents = new Int32Array(count).fill(NO_PARENT);
  // Every other tree grows at its last leaf only: as deep as can be.
  const isChain = random.uniform() < 0.3;
  const open = [0];
  for (let used = 1; used < count; used += 2) {
    const [node] = open.splice(isChain ? open.length - 1 : random.integer(open.length), 1);
    left[node] = used + 1;
    right[node] = used;
    parents[used] = parents[used + 1] = node;
    open.push(used, used + 1);
  }
  const thresholds = [-Infinity, Infinity, Number.NaN, -0, 3.4028234663852886e38];
  const isCategorical = Uint8Array.from(left, () => Number(odd && random.uniform() < 0.3));
  const starts = new Int32Array(count + 1);
  const categories: number[] = [];
  for (let node = 0; node < count; node++) {
    for (let category = 0; isCategorical[node] === 1 && category < 70; category++) {
      if (random.uniform() < 0.3) categories.push(category);
    }
    starts[node + 1] = categories.length;
  }
  return {
    leftChildren: left,
    rightChildren: right,
    parents,
    splitIndices: Int32Array.from(left, (child) => (child === -1 ? 0 : random.integer(features))),
    splitConditions: Float32Array.from(left, (child) =>
      child !== -1 && odd && random.uniform() < 0.2
        ? thresholds[random.integer(thresholds.length)]
        : random.normal(),
    ),
    defaultLeft: Uint8Array.from(left, () => random.integer(2)),
    baseWeights: new Float32Array(count),
    lossChanges: new Float32Array(count),
    sumHessian: new Float32Array(count),
    ...(odd && categories.length > 0
      ? { categorical: { isCategorical, starts, categories: Int32Array.from(categories) } }
      : {}),
  };
}

function leafOf(tree: RegressionTree, row: Float32Array): number {
  let node = 0;
  while (tree.leftChildren[node] !== -1) {
    const value = row[tree.splitIndices[node]];
    let isLeft: boolean;
    if (Number.isNaN(value)) isLeft = tree.defaultLeft[node] === 1;
    else if (tree.categorical?.isCategorical[node] === 1) {
      const { starts, categories } = tree.categorical;
      const set = categories.subarray(starts[node], starts[node + 1]);
      isLeft = value < 0 || value >= 2 ** 24 || !set.includes(Math.trunc(value));
    } else isLeft = value < tree.splitConditions[node];
    node = isLeft ? tree.leftChildren[node] : tree.rightChildren[node];
  }
  return node;
}

describe('a walk down random trees', () => {
  it('ends at the leaves where single steps end', () => {
    const shapes = fc.record({
      seed: fc.integer(),
      rows: fc.integer({ min: 1, max: 150 }),
      columns: fc.integer({ min: 1, max: 120 }),
      trees: fc.integer({ min: 0, max: 6 }),
      outputs: fc.integer({ min: 1, max: 3 }),
      leaves: fc.constantFrom(1, 2, 5, 40, 300),
      missing: fc.constantFrom(0, 0.001, 0.2),
      odd: fc.boolean(),
    });
    fc.assert(
      fc.property(shapes, ({ seed, rows, columns, trees, outputs, leaves, missing, odd }) => {
        const random = createRandom(seed);
        const forest: Forest = {
          trees: Array.from({ length: trees }, () =>
            randomTree(random, columns, 1 + random.integer(leaves), odd),
          ),
          treeInfo: Int32Array.from({ length: trees }, () => random.integer(outputs)),
          features: columns,
          outputs,
        };
        const data = Float32Array.from({ length: rows * columns }, () => {
          if (random.uniform() < missing) return Number.NaN;
          return random.uniform() < 0.3 ? random.integer(80) - 3 : random.normal();
        });
        const bases = Float32Array.from({ length: outputs }, () => random.normal());
        const leafNumbers = new Int32Array(rows * trees);
        const margins = new Float32Array(rows * outputs);
        for (let row = 0; row < rows; row++) {
          margins.set(bases, row * outputs);
          forest.trees.forEach((tree, at) => {
            const leaf = leafOf(tree, data.subarray(row * columns, (row + 1) * columns));
            leafNumbers[row * trees + at] = leaf;
            margins[row * outputs + forest.treeInfo[at]] += tree.splitConditions[leaf];
          });
        }
        const matrix = { data, rows, columns };
        expect(predictMargins(forest, matrix, bases)).toEqual(margins);
        expect(predictLeaves(forest, matrix)).toEqual(leafNumbers);
      }),
      { numRuns: 100 },
    );
  });

  it('takes more trees than are in memory at a time, with and without missing values', () => {
    const random = createRandom(5);
    const features = 3;
    const trees = Array.from({ length: 4 }, () => randomTree(random, features, 60_000, false));
    const forest = { trees, treeInfo: new Int32Array(4), features, outputs: 1 };
    const rows = 9000;
    const data = Float32Array.from({ length: rows * features }, () => random.normal());
    // The first missing value comes late: what was walked before it stays.
    data[8500 * features + 1] = Number.NaN;
    const matrix = { data, rows, columns: features };
    const leaves = predictLeaves(forest, matrix, { begin: 1, end: 4 });
    const margins = predictMargins(forest, matrix, Float32Array.of(0.5), { begin: 1, end: 4 });
    for (const row of [0, 17, 8499, 8500, 8501, 8999]) {
      const values = data.subarray(row * features, (row + 1) * features);
      const wanted = trees.slice(1).map((tree) => leafOf(tree, values));
      expect([...leaves.subarray(row * 3, row * 3 + 3)]).toEqual(wanted);
      const sum = wanted.reduce(
        (total, leaf, at) => Math.fround(total + trees[at + 1].splitConditions[leaf]),
        0.5,
      );
      expect(margins[row]).toBe(sum);
    }
  });
});
