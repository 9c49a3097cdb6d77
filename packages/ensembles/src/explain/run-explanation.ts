import { InvalidArgumentError, type LongTaskOptions, throwIfAborted } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { liveDecisions } from './decisions.js';
import { explainBlock, type ExplainedBlock, type Kind, numbersPerRow } from './explain-block.js';
import { leafPaths } from './leaf-paths.js';
import type { ShapTask } from './shap-options.js';

/** Most numbers that one call gives: 2 GiB. */
const MOST_NUMBERS = 2 ** 28;

/** Explain the rows: on the calling thread, or, where a number of workers is given, as a promise. */
export function runExplanation(
  kind: Kind,
  task: ShapTask,
  options: LongTaskOptions,
): NdArray<Float64Array> | Promise<NdArray<Float64Array>> {
  const { workers } = options;
  if (workers !== undefined) return onWorkers(kind, task, { ...options, workers });
  throwIfAborted(options.signal);
  return shaped(explainBlock(blockOf(kind, task), options), kind, task);
}

/** The workers' code is loaded by those who ask for it. */
async function onWorkers(
  kind: Kind,
  task: ShapTask,
  options: LongTaskOptions & { workers: number },
): Promise<NdArray<Float64Array>> {
  const { explainOnWorkers } = await import('./explain-on-workers.js');
  return await explainOnWorkers(kind, task, options);
}

/** All that the trees and rows come to, worked out once. */
export function blockOf(
  kind: Kind,
  { ensemble, firstTree, x, background }: ShapTask,
): ExplainedBlock {
  const { trees, base, features } = ensemble;
  const perRow = numbersPerRow(kind, base.length, features);
  if (x.rows * perRow > MOST_NUMBERS) {
    throw new InvalidArgumentError(
      'x',
      `${x.rows} rows of ${perRow} numbers each`,
      `at most ${Math.floor(MOST_NUMBERS / perRow)} rows at once; explain the rows in parts`,
    );
  }
  return {
    kind,
    trees,
    paths: trees.map((tree, id) => leafPaths(tree, firstTree + id)),
    base,
    features,
    decisions: liveDecisions(trees, x),
    background: background && liveDecisions(trees, background),
  };
}

/** The numbers as an array of rows, outputs where there are several, and columns. */
export function shaped(
  numbers: Float64Array,
  kind: Kind,
  { ensemble, x }: ShapTask,
): NdArray<Float64Array> {
  const outputs = ensemble.base.length;
  const columns = ensemble.features + 1;
  return ndarray(numbers, [
    x.rows,
    ...(outputs > 1 ? [outputs] : []),
    columns,
    ...(kind === 'interactions' ? [columns] : []),
  ]);
}
