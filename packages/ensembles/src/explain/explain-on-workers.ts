import { type LongTaskOptions, TaskPool, throwIfAborted } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import { storeDecisions } from './decisions.js';
import type { Kind } from './explain-block.js';
import { explainTasks } from './explain.tasks.js';
import workerSource from './explain.worker.ts?worker-source';
import { blockOf, shaped } from './run-explanation.js';
import type { ShapTask } from './shap-options.js';

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
