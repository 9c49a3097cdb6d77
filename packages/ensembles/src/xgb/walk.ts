import type { DenseMatrix } from '../data/matrix.js';
import { goesLeft } from './explain-trees.js';
import type { RegressionTree } from './tree.js';

/** The leaf that a row reaches; `offset` is where its features begin in `data`. */
export function leafOf(tree: RegressionTree, data: Float32Array, offset: number): number {
  const { leftChildren, rightChildren, splitIndices } = tree;
  let node = 0;
  for (let left = leftChildren[0]!; left !== -1; left = leftChildren[node]!) {
    const value = data[offset + splitIndices[node]!]!;
    node = goesLeft(tree, node, value) ? left : rightChildren[node]!;
  }
  return node;
}

/** Add a tree's outputs to the margins of all rows, `margins[row · stride + output]`. */
export function addTree(
  tree: RegressionTree,
  { data, rows, columns }: DenseMatrix<Float32Array>,
  margins: Float32Array,
  stride: number,
  output: number,
): void {
  for (let row = 0; row < rows; row++) {
    margins[row * stride + output] += tree.splitConditions[leafOf(tree, data, row * columns)]!;
  }
}
