import { InvalidArgumentError } from '@steatosis/core';
import type { DenseMatrix } from '../data/matrix.js';
import type { NumericVector } from '../data/targets.js';
import type { TrainedTrees } from './training-setup.js';
import { addTree, leafOf } from './walk.js';

/** What predictions take beside the features. */
export interface PredictOptions {
  /** First boosting round and the one after the last whose trees count; default all, or up to the best one. */
  iterationRange?: readonly [begin: number, end: number] | undefined;
  /** Margins to start from instead of the base score: one per row and output, row by row; default none. */
  baseMargin?: NumericVector | undefined;
}

/** Trees of the rounds `begin` … `end` − 1. */
export function treeRange(
  { iterationStarts }: Pick<TrainedTrees, 'iterationStarts'>,
  range: readonly [number, number] | undefined,
): { begin: number; end: number } {
  const rounds = iterationStarts.length - 1;
  const [begin, end] = range ?? [0, rounds];
  if (
    !Number.isInteger(begin) ||
    !Number.isInteger(end) ||
    begin < 0 ||
    end > rounds ||
    begin > end
  ) {
    throw new InvalidArgumentError(
      'iterationRange',
      range,
      `rounds [begin, end] with 0 ≤ begin ≤ end ≤ ${rounds}`,
    );
  }
  return { begin: iterationStarts[begin]!, end: iterationStarts[end]! };
}

/** Add the trees `begin` … `end` − 1 to margins, rows × outputs. */
export function addTrees(
  { trees, treeInfo }: TrainedTrees,
  { begin, end }: { begin: number; end: number },
  matrix: DenseMatrix<Float32Array>,
  margins: Float32Array,
  outputs: number,
): void {
  for (let at = begin; at < end; at++) {
    addTree(trees[at]!, matrix, margins, outputs, treeInfo[at]!);
  }
}

/** Leaf that every row reaches in each of the trees, rows × trees. */
export function leavesOf(
  { trees }: TrainedTrees,
  { begin, end }: { begin: number; end: number },
  { data, rows, columns }: DenseMatrix<Float32Array>,
): Int32Array {
  const count = end - begin;
  const leaves = new Int32Array(rows * count);
  for (let at = 0; at < count; at++) {
    for (let row = 0; row < rows; row++) {
      leaves[row * count + at] = leafOf(trees[begin + at]!, data, row * columns);
    }
  }
  return leaves;
}
