import { type LongTaskOptions, type TaskPool, throwIfAborted, WarmPools } from '@steatosis/core';
import { BLOCK, blockCount } from './replicates.js';
import { resamplingTasks } from './resampling.tasks.js';
import workerSource from './resampling.worker.ts?worker-source';

type ResamplingTasks = ReturnType<typeof resamplingTasks>;

let pools: WarmPools<ResamplingTasks> | undefined;

/** Shares of the work for each worker, so that a slow one does not hold up the others. */
const SHARES_PER_WORKER = 4;

/**
 * Replicates by workers, the same as on the calling thread: `share` is called with the pool and a range of blocks.
 *
 * @throws InvalidArgumentError when `workers` is not an integer 0 … 256
 * @throws AbortedError
 * @internal
 */
export async function replicatesByWorkers(
  replicates: number,
  { workers, signal, onProgress }: LongTaskOptions & { workers: number },
  share: (
    pool: TaskPool<ResamplingTasks>,
    blocks: readonly [from: number, to: number],
    options: { signal?: AbortSignal | undefined },
  ) => Promise<Float64Array>,
): Promise<Float64Array> {
  throwIfAborted(signal);
  pools ??= new WarmPools({ tasks: resamplingTasks(), code: workerSource });
  const pool = pools.of(workers);
  const blocks = blockCount(replicates);
  const shares = Math.min(blocks, SHARES_PER_WORKER * workers);
  const values = new Float64Array(replicates);
  let done = 0;
  await Promise.all(
    Array.from({ length: shares }, async (_, i) => {
      const from = Math.floor((i * blocks) / shares);
      const to = Math.floor(((i + 1) * blocks) / shares);
      values.set(await share(pool, [from, to], { signal }), from * BLOCK);
      done += to - from;
      onProgress?.({ done, total: blocks });
    }),
  );
  return values;
}
