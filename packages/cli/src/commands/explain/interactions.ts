import type { OnProgress } from '@steatosis/core';
import {
  type DenseMatrix,
  type ShapInteractionOptions,
  shapInteractionValues,
  type TreeModel,
} from '@steatosis/ensembles';
import { rowsOfMatrix } from '../../models/feature-matrix.js';

/** Two features and how much they do together. */
export interface Interaction {
  first: string;
  second: string;
  /** Mean over rows and outputs of the size of the pair's joint contribution. */
  meanAbsolute: number;
}

/** Numbers of one block of rows: a row takes (features + 1)² of them for each output. */
const BLOCK_NUMBERS = 8_000_000;

/** All pairs of features that act together, by the mean size of it, falling. */
export async function meanInteractions(
  model: TreeModel,
  x: DenseMatrix<Float64Array>,
  names: readonly string[],
  outputs: number,
  options: ShapInteractionOptions & { workers: number },
  onProgress: OnProgress,
): Promise<Interaction[]> {
  const side = names.length + 1;
  const sums = new Float64Array(side * side);
  const blockRows = Math.max(1, Math.floor(BLOCK_NUMBERS / (side * side * outputs)));
  for (let start = 0; start < x.rows; start += blockRows) {
    const rows = Math.min(blockRows, x.rows - start);
    const block = rowsOfMatrix(
      x,
      Int32Array.from({ length: rows }, (_, i) => start + i),
    );
    const { data } = await shapInteractionValues(model, block, options);
    for (let i = 0; i < data.length; i++) sums[i % sums.length]! += Math.abs(data[i]!);
    onProgress({ done: start + rows, total: x.rows });
  }
  const pairs = names.flatMap((first, i) =>
    names.slice(i + 1).map((second, k): Interaction => {
      const at = i * side + i + 1 + k;
      // The two cells of a pair hold half of it each.
      return { first, second, meanAbsolute: (2 * sums[at]!) / (x.rows * outputs) };
    }),
  );
  return pairs
    .filter(({ meanAbsolute }) => meanAbsolute > 0)
    .toSorted((a, b) => b.meanAbsolute - a.meanAbsolute);
}
