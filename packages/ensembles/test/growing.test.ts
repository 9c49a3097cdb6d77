import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegressionTree } from '../src/xgb/tree.js';
import { AllowedFeatures, extendPath } from '../src/xgb/growing/allowed-features.js';
import { expectedTree, growerOf, treeCases } from './support/grow-tree.js';

const cases = treeCases();
/** Those that take milliseconds. */
const quick = cases.filter(({ name }) => !name.startsWith('wide'));
const named = new Map(cases.map((tree) => [tree.name, tree]));

/** The leaf that a row of a table reaches. */
function leafOf(tree: RegressionTree, row: Float32Array): number {
  let node = 0;
  while (tree.leftChildren[node] !== -1) {
    const value = row[tree.splitIndices[node]];
    let left = value < tree.splitConditions[node];
    if (Number.isNaN(value)) left = tree.defaultLeft[node] === 1;
    else if (tree.categorical?.isCategorical[node] === 1) {
      const { starts, categories } = tree.categorical;
      left = !categories.subarray(starts[node], starts[node + 1]).includes(value);
    }
    node = left ? tree.leftChildren[node] : tree.rightChildren[node];
  }
  return node;
}

function depthsOf(tree: RegressionTree): number[] {
  const depths: number[] = [];
  tree.parents.forEach((parent, node) => depths.push(node === 0 ? 0 : depths[parent] + 1));
  return depths;
}

describe('a tree on given gradients', () => {
  it.each(cases)('is XGBoost’s to the last bit: $name', (tree) => {
    expect(growerOf(tree).grower.grow().tree).toEqual(expectedTree(tree));
  });

  it.each([2, 3, 5])('is the same for %i members', (members) => {
    for (const tree of quick) {
      expect(growerOf(tree, members).grower.grow().tree, tree.name).toEqual(expectedTree(tree));
    }
  });

  it.each([0, 20_000, 100_000])('is the same with %i bytes of histograms kept', (bytes) => {
    for (const tree of quick) {
      const { grower } = growerOf(tree, 2, {}, bytes);
      grower.grow();
      expect(grower.grow().tree, tree.name).toEqual(expectedTree(tree));
    }
  });

  it('does not depend on the trees before it', () => {
    for (const tree of cases.slice(0, 40)) {
      const { grower } = growerOf(tree);
      grower.grow({ features: () => Uint8Array.from({ length: tree.columns }, (_, f) => f % 2) });
      expect(grower.grow().tree, tree.name).toEqual(expectedTree(tree));
    }
  });

  it('knows the rows of its leaves, ascending, and adds their outputs', () => {
    for (const tree of quick) {
      const { grower, engine, x } = growerOf(tree, 2);
      const grown = grower.grow();
      const margins = engine.reserveZeroed(8 * tree.rows);
      const outputs = Float32Array.from(grown.tree.parents, (_, node) => node + 1);
      grower.addLeafValues(grown, outputs, margins, 2, 1);
      const found = engine.f32At(margins, 2 * tree.rows);
      const leaves = Array.from({ length: tree.rows }, (_, row) =>
        leafOf(grown.tree, x.data.subarray(row * x.columns, (row + 1) * x.columns)),
      );
      expect(Array.from(found), tree.name).toEqual(leaves.flatMap((leaf) => [0, leaf + 1]));
      grown.tree.leftChildren.forEach((left, node) => {
        const rows = leaves.flatMap((leaf, row) => (leaf === node ? [row] : []));
        expect(Array.from(grown.rowsOfLeaf(node))).toEqual(left === -1 ? rows : []);
      });
    }
  });
});

describe('features of single nodes', () => {
  const tree = named.get('deep')!;

  it('are asked for once per evaluated node, level by level in ascending order', () => {
    const asked: [number, number][] = [];
    const grown = growerOf(tree, 1, { maxDepth: 4 }).grower.grow({
      features(depth, node) {
        asked.push([depth, node]);
        return undefined;
      },
    }).tree;
    const wanted = depthsOf(grown).flatMap((depth, node) => (depth < 4 ? [[depth, node]] : []));
    expect(asked).toEqual(wanted);
    expect(asked.length).toBeGreaterThan(8);
  });

  it('are the only ones tested there', () => {
    const grown = growerOf(tree, 1, { maxDepth: 4 }).grower.grow({
      features: (depth) => Uint8Array.from([0, 1, 2], (f) => Number(f === depth % 3)),
    }).tree;
    const depths = depthsOf(grown);
    grown.parents.forEach((_, node) => {
      if (grown.leftChildren[node] !== -1) {
        expect(grown.splitIndices[node]).toBe(depths[node] % 3);
      }
    });
    expect(Math.max(...depths)).toBe(4);
  });

  it('leave a single leaf where there are none', () => {
    const grown = growerOf(tree).grower.grow({ features: () => new Uint8Array(3) }).tree;
    expect(grown.leftChildren).toEqual(Int32Array.of(-1));
    expect(grown.splitConditions[0]).toBe(Math.fround(grown.baseWeights[0] * Math.fround(0.3)));
  });
});

describe('AllowedFeatures', () => {
  const columns = 6;
  const path = fc.uniqueArray(fc.nat(columns - 1), { minLength: 1, maxLength: 4 });
  const sets = fc.array(fc.uniqueArray(fc.nat(columns - 1), { minLength: 1 }), { maxLength: 4 });

  it('are those that share a set with the whole path, and the path', () => {
    fc.assert(
      fc.property(path, sets, (tested, groups) => {
        const sorted = tested.reduce<readonly number[]>(extendPath, []);
        expect(sorted).toEqual(tested.toSorted((a, b) => a - b));
        const allowed = new AllowedFeatures(groups, columns).after(sorted)!;
        for (let f = 0; f < columns; f++) {
          const together = groups.some((set) =>
            [...tested, f].every((other) => set.includes(other)),
          );
          expect(allowed[f]).toBe(Number(together || tested.includes(f)));
        }
      }),
    );
  });

  it('are all at the root', () => {
    expect(new AllowedFeatures([[0]], columns).after([])).toBeUndefined();
  });
});
