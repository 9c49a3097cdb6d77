import type { DenseMatrix } from '../data/matrix.js';
import type { RegressionTree } from './tree.js';

/**
 * Margins of all rows: `base` plus each tree's output in turn, summed in float32.
 *
 * Rows are taken in blocks, so that the block's features stay in the cache while the trees pass over it.
 */
export function predictMargins(
  trees: readonly RegressionTree[],
  matrix: DenseMatrix<Float32Array>,
  base: number,
): Float32Array {
  const { data, rows, columns } = matrix;
  const margins = new Float32Array(rows).fill(base);
  const block = 64;
  for (let first = 0; first < rows; first += block) {
    const end = Math.min(rows, first + block);
    for (const tree of trees) {
      const { leftChildren, rightChildren, splitIndices, splitConditions, defaultLeft } = tree;
      for (let row = first; row < end; row++) {
        const offset = row * columns;
        let node = 0;
        for (let left = leftChildren[0]; left !== -1; left = leftChildren[node]!) {
          const value = data[offset + splitIndices[node]];
          const goesLeft =
            value < splitConditions[node] || (Number.isNaN(value) && defaultLeft[node] === 1);
          node = goesLeft ? left : rightChildren[node];
        }
        margins[row] += splitConditions[node];
      }
    }
  }
  return margins;
}
