import type { DenseMatrix } from '../data/matrix.js';
import type { LeafPaths } from './leaf-paths.js';
import type { ExplainableTree } from './tree-ensemble.js';

/** Writes for one row into `goesLeft` at each position of a tree that tests a feature: 1 where the row goes left. */
export type ReadDecisions = (row: number, goesLeft: Uint8Array) => void;

/** Which way the rows of a table go in every tree. */
export interface Decisions {
  readonly rows: number;
  /** Decisions in tree number `tree`, whose positions are those of `paths`. */
  inTree(tree: number, paths: LeafPaths): ReadDecisions;
}

/** Decisions that the trees are asked for as they are needed. */
export function liveDecisions(
  trees: readonly ExplainableTree[],
  { data, rows, columns }: DenseMatrix,
): Decisions {
  return {
    rows,
    inTree(id, { nodes, places }) {
      const tree = trees[id];
      const positions = testsOf(places);
      const tested = positions.map((at) => nodes[at]);
      const features = tested.map((node) => tree.feature[node]);
      return (row, goesLeft) => {
        const first = row * columns;
        for (let i = 0; i < positions.length; i++) {
          goesLeft[positions[i]] = tree.goesLeft(tested[i], data[first + features[i]]) ? 1 : 0;
        }
      };
    },
  };
}

/** Decisions as data that another thread can be given: bits, row by row, for every tree. */
export interface StoredDecisions {
  rows: number;
  bits: Uint8Array[];
}

/** The decisions of rows `from` … `to` − 1, packed. */
export function storeDecisions(
  decisions: Decisions,
  paths: readonly LeafPaths[],
  from: number,
  to: number,
): StoredDecisions {
  const bits = paths.map((own, tree) => {
    const read = decisions.inTree(tree, own);
    const positions = testsOf(own.places);
    const goesLeft = new Uint8Array(own.places.length);
    const packed = new Uint8Array(Math.ceil((positions.length * (to - from)) / 8));
    let bit = 0;
    for (let row = from; row < to; row++) {
      read(row, goesLeft);
      for (let i = 0; i < positions.length; i++, bit++) {
        packed[bit >> 3] |= goesLeft[positions[i]] << (bit & 7);
      }
    }
    return packed;
  });
  return { rows: to - from, bits };
}

/** What {@link storeDecisions} packed. */
export function storedDecisions({ rows, bits }: StoredDecisions): Decisions {
  return {
    rows,
    inTree(tree, { places }) {
      const packed = bits[tree];
      const positions = testsOf(places);
      return (row, goesLeft) => {
        let bit = row * positions.length;
        for (let i = 0; i < positions.length; i++, bit++) {
          goesLeft[positions[i]] = (packed[bit >> 3] >> (bit & 7)) & 1;
        }
      };
    },
  };
}

/** The positions that test a feature. */
function testsOf(places: Int32Array): Int32Array {
  return Int32Array.from(places.keys()).filter((at) => places[at] >= 0);
}
