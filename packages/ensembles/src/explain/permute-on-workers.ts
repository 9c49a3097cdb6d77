import { type LongTaskOptions, TaskPool } from '@steatosis/core';
import { estimatorFromJSON } from '../model-registry.js';
import type { ScoringName } from '../model-selection/scoring/scorers.js';
import type { FittedModel } from './fitted-model.js';
import { permuteTasks } from './permute.tasks.js';
import workerSource from '../model-selection/selection.worker.ts?worker-source';
import { type Permutations, permutedScores, type ScoredRows } from './permute-columns.js';

/** As {@link permutedScores} for all columns, each worker with its share of them where the model can be sent there. */
export async function permuteOnWorkers(
  scored: ScoredRows,
  permutations: Permutations,
  options: LongTaskOptions & { workers: number; scoring?: unknown },
): Promise<Float64Array> {
  const { x, y, weights, scorer } = scored;
  const { workers, signal, onProgress, scoring } = options;
  const pool = new TaskPool({ tasks: permuteTasks(), code: workerSource, workers });
  try {
    const model = workers === 0 ? undefined : portable(scored.model);
    if (model === undefined || (scoring !== undefined && typeof scoring !== 'string')) {
      return permutedScores(scored, permutations, [0, x.columns], { signal, onProgress });
    }
    const shares = Math.min(workers, x.columns);
    const done = new Int32Array(shares);
    const parts = await Promise.all(
      Array.from(done, (_, share) => {
        const from = Math.floor((share * x.columns) / shares);
        const to = Math.floor(((share + 1) * x.columns) / shares);
        const input = {
          model,
          x,
          y,
          weights,
          scoring: scorer.name as ScoringName,
          permutations,
          columns: [from, to] as const,
        };
        return pool.run('permute', input, {
          signal,
          onProgress: (progress) => {
            done[share] = progress.done;
            const sum = done.reduce((total, columns) => total + columns, 0);
            onProgress?.({ ...progress, done: sum, total: x.columns });
          },
        });
      }),
    );
    return Float64Array.from(parts.flatMap((part) => [...part]));
  } finally {
    pool.close();
  }
}

/** The model as data from which a worker can make it again, or undefined. */
function portable(model: FittedModel & { toJSON?(): unknown }): unknown {
  if (typeof model.toJSON !== 'function') return undefined;
  try {
    const json = model.toJSON();
    const same = estimatorFromJSON(json);
    return same.constructor === model.constructor ? json : undefined;
  } catch {
    return undefined;
  }
}
