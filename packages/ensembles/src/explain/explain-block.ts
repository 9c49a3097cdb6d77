import type { OnProgress } from '@steatosis/core';
import { throwIfAborted } from '@steatosis/core';
import { addApproximate } from './approximate.js';
import { backgroundSets } from './background-sets.js';
import type { Decisions } from './decisions.js';
import { interventionalInteractions, interventionalValues } from './interventional.js';
import type { LeafGame } from './leaf-game.js';
import type { LeafPaths } from './leaf-paths.js';
import { LeafSums } from './leaf-sums.js';
import { pathDependentInteractions, pathDependentValues } from './path-dependent.js';
import type { PlainTree } from './tree-ensemble.js';

/** What is wanted for every row: values of features, values of their pairs, or Saabas' approximation. */
export type Kind = 'values' | 'interactions' | 'approximate';

/** Rows to be explained and all that is needed for it. */
export interface ExplainedBlock {
  kind: Kind;
  trees: readonly PlainTree[];
  /** The trees' leaves, in the order of the trees. */
  paths: readonly LeafPaths[];
  /** Constant of each output. */
  base: Float64Array;
  features: number;
  decisions: Decisions;
  /** Rows that stand for the data; without them the training weights do. */
  background: Decisions | undefined;
}

/** Numbers that one row of a block gets. */
export function numbersPerRow(kind: Kind, outputs: number, features: number): number {
  return outputs * (features + 1) ** (kind === 'interactions' ? 2 : 1);
}

/**
 * Explain all rows: for each row and output features + 1 numbers, the bias last, or the square of as many.
 * The trees are added one after the other, so that a row's numbers do not depend on the rows beside it.
 */
export function explainBlock(
  block: ExplainedBlock,
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: OnProgress | undefined },
): Float64Array {
  const { kind, trees, paths, base, features, decisions } = block;
  const { rows } = decisions;
  const outputs = base.length;
  const columns = features + 1;
  const values = new Float64Array(rows * outputs * columns);
  const pairs = new Float64Array(kind === 'interactions' ? values.length * columns : 0);
  const bias = base.slice();
  trees.forEach((tree, id) => {
    throwIfAborted(signal);
    const read = decisions.inTree(id, paths[id]);
    const firstOf = (row: number) => (row * outputs + tree.output) * columns;
    if (kind === 'approximate') {
      bias[tree.output] += addApproximate(tree, paths[id], read, { rows, to: values, firstOf });
    } else {
      const games = gamesOf(block, id);
      bias[tree.output] += games.values.mean;
      const sums = new LeafSums(paths[id], games.values, rows);
      const pairSums = games.pairs && new LeafSums(paths[id], games.pairs, rows);
      const goesLeft = new Uint8Array(paths[id].nodes.length);
      for (let row = 0; row < rows; row++) {
        read(row, goesLeft);
        sums.addRow(goesLeft, values, firstOf(row));
        pairSums?.addRow(goesLeft, pairs, firstOf(row) * columns);
      }
    }
    onProgress?.({ done: id + 1, total: trees.length, message: 'trees explained' });
  });
  for (let first = 0, i = 0; first < values.length; first += columns, i++) {
    values[first + features] = bias[i % outputs];
  }
  if (kind !== 'interactions') return values;
  for (let i = 0; i < rows * outputs; i++) {
    completeSquare(pairs, values, i, columns);
  }
  return pairs;
}

function gamesOf(
  { kind, features, paths, background }: ExplainedBlock,
  id: number,
): { values: LeafGame; pairs: LeafGame | undefined } {
  const own = paths[id];
  const withPairs = kind === 'interactions';
  if (!background) {
    return {
      values: pathDependentValues(own),
      pairs: withPairs ? pathDependentInteractions(own, features + 1) : undefined,
    };
  }
  const sets = backgroundSets(own, background, id);
  return {
    values: interventionalValues(own, sets),
    pairs: withPairs ? interventionalInteractions(own, sets, features + 1) : undefined,
  };
}

/** Mirror the numbers above the diagonal and set the diagonal so that each row sums to the feature's value. */
function completeSquare(
  pairs: Float64Array,
  values: Float64Array,
  index: number,
  columns: number,
): void {
  const first = index * columns * columns;
  for (let i = 0; i < columns; i++) {
    let rest = values[index * columns + i];
    for (let j = 0; j < columns; j++) {
      if (j === i) continue;
      const value = pairs[first + Math.min(i, j) * columns + Math.max(i, j)];
      if (j < i) pairs[first + i * columns + j] = value;
      rest -= value;
    }
    pairs[first + i * columns + i] = rest;
  }
}
