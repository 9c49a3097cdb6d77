import { InvalidArgumentError, TaskPool, throwIfAborted } from '@steatosis/core';
import type { LongTaskOptions } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { liveDecisions, storeDecisions } from './decisions.js';
import { explainBlock, type ExplainedBlock, type Kind, numbersPerRow } from './explain-block.js';
import { explainTasks } from './explain.tasks.js';
import workerSource from './explain.worker.ts?worker-source';
import { leafPaths } from './leaf-paths.js';
import type { ShapTask } from './shap-options.js';

/** Most numbers that one call gives: 2 GiB. */
const MOST_NUMBERS = 2 ** 28;

/** Explain on the calling thread. */
export function explainHere(
  kind: Kind,
  task: ShapTask,
  options: Pick<LongTaskOptions, 'signal' | 'onProgress'>,
): NdArray<Float64Array> {
  throwIfAborted(options.signal);
  return shaped(explainBlock(blockOf(kind, task), options), kind, task);
}

/**
 * Explain on workers, each of them a share of the rows. Which way the rows go is found here, since only the model
 * knows; the sums are the greater part of the work.
 */
export async function explainOnWorkers(
  kind: Kind,
  task: ShapTask,
  { workers, signal, onProgress }: LongTaskOptions & { workers: number },
): Promise<NdArray<Float64Array>> {
  throwIfAborted(signal);
  const block = blockOf(kind, task);
  const { trees, base, features, decisions, background, paths } = block;
  const pool = new TaskPool({ tasks: explainTasks(), code: workerSource, workers });
  try {
    const shares = Math.min(Math.max(1, workers), decisions.rows);
    const plain = trees.map(({ left, right, feature, value, cover, output }) => {
      return { left, right, feature, value, cover, output };
    });
    const storedBackground = background && storeDecisions(background, paths, 0, background.rows);
    const done = new Int32Array(shares);
    const parts = Array.from(done, (_, share) => {
      const from = Math.floor((share * decisions.rows) / shares);
      const to = Math.floor(((share + 1) * decisions.rows) / shares);
      const input = {
        kind,
        trees: plain,
        base,
        features,
        decisions: storeDecisions(decisions, paths, from, to),
        background: storedBackground,
      };
      return pool.run('explain', input, {
        signal,
        onProgress: (progress) => {
          done[share] = progress.done;
          const sum = done.reduce((total, trees) => total + trees, 0);
          onProgress?.({ ...progress, done: sum, total: shares * trees.length });
        },
      });
    });
    const numbers = await Promise.all(parts);
    const all = new Float64Array(numbers.reduce((total, part) => total + part.length, 0));
    let at = 0;
    for (const part of numbers) {
      all.set(part, at);
      at += part.length;
    }
    return shaped(all, kind, task);
  } finally {
    pool.close();
  }
}

function blockOf(kind: Kind, { ensemble, firstTree, x, background }: ShapTask): ExplainedBlock {
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

function shaped(
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
