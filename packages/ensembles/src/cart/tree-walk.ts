import type { DenseMatrix } from '../data/matrix.js';
import type { DecisionTree } from './decision-tree.js';

/** Trees no deeper than this are walked by a fixed number of steps. */
const SHALLOW = 8;

/**
 * A tree laid out for walking: children side by side, and leaves that lead to themselves. A walk of as many steps as
 * the tree is deep then needs no branch that depends on the data, and processors need not guess any.
 */
export class TreeWalk {
  readonly #feature: Int32Array;
  readonly #threshold: Float64Array;
  /** Left and right child of node n at 2n and 2n + 1. */
  readonly #children: Int32Array;
  readonly #depth: number;

  constructor({ left, right, feature, threshold }: DecisionTree) {
    const nodes = left.length;
    const depths = new Int32Array(nodes);
    this.#children = new Int32Array(2 * nodes);
    this.#feature = new Int32Array(nodes);
    this.#threshold = threshold;
    let depth = 0;
    for (let node = 0; node < nodes; node++) {
      const isLeaf = left[node] === -1;
      this.#children[2 * node] = isLeaf ? node : left[node];
      this.#children[2 * node + 1] = isLeaf ? node : right[node];
      this.#feature[node] = isLeaf ? 0 : feature[node];
      if (isLeaf) continue;
      // Children follow their parents, so theirs is not read before it is known.
      depths[left[node]] = depths[node] + 1;
      depths[right[node]] = depths[node] + 1;
      depth = Math.max(depth, depths[node] + 1);
    }
    this.#depth = depth;
  }

  /** Write the leaves of the rows `start … end − 1` of a matrix without NaN to the front of `leaves`. */
  leaves(
    { data, columns }: DenseMatrix<Float32Array>,
    start: number,
    end: number,
    leaves: Int32Array,
  ): void {
    const feature = this.#feature;
    const threshold = this.#threshold;
    const children = this.#children;
    const depth = this.#depth;
    let row = start;
    if (depth <= SHALLOW) {
      // Four walks at a time: the steps of one wait for each other.
      for (; row + 4 <= end; row += 4) {
        const offset = row * columns;
        let a = 0;
        let b = 0;
        let c = 0;
        let d = 0;
        for (let step = 0; step < depth; step++) {
          const fa = feature[a];
          const fb = feature[b];
          const fc = feature[c];
          const fd = feature[d];
          a = children[2 * a + Number(data[offset + fa] > threshold[a])];
          b = children[2 * b + Number(data[offset + columns + fb] > threshold[b])];
          c = children[2 * c + Number(data[offset + 2 * columns + fc] > threshold[c])];
          d = children[2 * d + Number(data[offset + 3 * columns + fd] > threshold[d])];
        }
        leaves[row - start] = a;
        leaves[row - start + 1] = b;
        leaves[row - start + 2] = c;
        leaves[row - start + 3] = d;
      }
    }
    for (; row < end; row++) {
      const offset = row * columns;
      let node = 0;
      if (depth <= SHALLOW) {
        for (let step = 0; step < depth; step++) {
          node = children[2 * node + Number(data[offset + feature[node]] > threshold[node])];
        }
      } else {
        for (let last = -1; node !== last;) {
          last = node;
          node = children[2 * node + Number(data[offset + feature[node]] > threshold[node])];
        }
      }
      leaves[row - start] = node;
    }
  }
}
