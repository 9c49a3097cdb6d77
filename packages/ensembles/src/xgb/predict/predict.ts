import type { DenseMatrix } from '../../data/matrix.js';
import type { RegressionTree } from '../tree.js';
import type { Forest } from './pack-trees.js';
import { walkRows } from './walk-rows.js';

/** Which trees, counted from 0: `begin` … `end − 1`. */
export interface TreeRange {
  begin: number;
  end: number;
}

/**
 * Margins, rows × outputs row by row: the bases plus each tree's output in turn, summed in float32.
 *
 * @param bases one for each output, or one for each row and output
 * @param range default: all trees
 */
export function predictMargins(
  forest: Forest,
  matrix: DenseMatrix<Float32Array>,
  bases: Float32Array,
  { begin, end }: TreeRange = { begin: 0, end: forest.trees.length },
): Float32Array {
  const margins = startingMargins(matrix.rows, forest.outputs, bases);
  addTrees(forest, matrix, margins, { begin, end });
  return margins;
}

function startingMargins(rows: number, outputs: number, bases: Float32Array): Float32Array {
  const margins = new Float32Array(rows * outputs);
  if (bases.length === margins.length) margins.set(bases);
  else if (outputs === 1) margins.fill(bases[0]);
  else for (let at = 0; at < margins.length; at += outputs) margins.set(bases, at);
  return margins;
}

/**
 * The margins after each boosting round of a range, rows × outputs each. They share one array that goes on being added
 * to: a copy is the caller's to make.
 *
 * @param starts trees of round i are starts[i] … starts[i + 1] − 1
 */
export function* stagedMargins(
  forest: Forest,
  matrix: DenseMatrix<Float32Array>,
  bases: Float32Array,
  starts: Int32Array,
  { begin, end }: TreeRange = { begin: 0, end: starts.length - 1 },
): Generator<Float32Array, void, void> {
  const margins = startingMargins(matrix.rows, forest.outputs, bases);
  for (let round = begin; round < end; round++) {
    addTrees(forest, matrix, margins, { begin: starts[round], end: starts[round + 1] });
    yield margins;
  }
}

/** Add the outputs of some trees to margins, rows × outputs row by row. */
export function addTrees(
  forest: Forest,
  matrix: DenseMatrix<Float32Array>,
  margins: Float32Array,
  { begin, end }: TreeRange,
): void {
  const { outputs } = forest;
  walkRows(forest, matrix, begin, end, {
    width: () => outputs,
    run(memory, block) {
      const from = block.row * outputs;
      const length = block.rows * outputs;
      memory.f32.set(margins.subarray(from, from + length), block.out / 4);
      memory.kernels.addOutputs(
        block.forest,
        block.begin,
        block.end,
        block.values,
        block.stride,
        block.rows,
        block.out,
        outputs,
      );
      margins.set(memory.f32.subarray(block.out / 4, block.out / 4 + length), from);
    },
  });
}

/**
 * Add a new tree's outputs to margins in place, as training does for the sets that it evaluates.
 *
 * @param margins rows × `outputs`, row by row
 * @param output the one that the tree adds to
 */
export function addTree(
  tree: RegressionTree,
  matrix: DenseMatrix<Float32Array>,
  margins: Float32Array,
  outputs = 1,
  output = 0,
): void {
  const forest = { trees: [tree], treeInfo: [output], features: matrix.columns, outputs };
  addTrees(forest, matrix, margins, { begin: 0, end: 1 });
}

/** The leaf that each row reaches in each tree of a range, rows × trees: numbers of nodes as XGBoost counts them. */
export function predictLeaves(
  forest: Forest,
  matrix: DenseMatrix<Float32Array>,
  { begin, end }: TreeRange = { begin: 0, end: forest.trees.length },
): Int32Array {
  const trees = Math.max(0, end - begin);
  const leaves = new Int32Array(matrix.rows * trees);
  walkRows(forest, matrix, begin, end, {
    width: (walked) => walked,
    run(memory, block) {
      const { kernels, i32 } = memory;
      const walked = block.end - block.begin;
      const { forest: address, values, stride, rows, out } = block;
      kernels.findLeaves(address, block.begin, block.end, values, stride, rows, out);
      for (let row = 0; row < rows; row++) {
        const from = out / 4 + row * walked;
        leaves.set(i32.subarray(from, from + walked), (block.row + row) * trees + block.offset);
      }
    },
  });
  return leaves;
}
