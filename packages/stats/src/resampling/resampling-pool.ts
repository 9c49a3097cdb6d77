import { type LongTaskOptions, type TaskPool, throwIfAborted, WarmPools } from '@steatosis/core';
import { inSteps } from './in-steps.js';
import { BLOCK, blockCount, sizeOfBlock } from './replicates.js';
import { resamplingTasks } from './resampling.tasks.js';
import workerSource from './resampling.worker.ts?worker-source';

type ResamplingTasks = ReturnType<typeof resamplingTasks>;

let pools: WarmPools<ResamplingTasks> | undefined;

/** Shares of the work for each worker, so that a slow one does not hold up the others. */
const SHARES_PER_WORKER = 4;

/** How blocks are computed: one of them here, or a range of them by a worker. */
export interface BlockWork {
  here: (block: number, count: number) => Float64Array;
  /** Absent where workers cannot have the statistic. */
  there?: (
    pool: TaskPool<ResamplingTasks>,
    blocks: readonly [from: number, to: number],
    options: { signal?: AbortSignal | undefined },
  ) => Promise<Float64Array>;
}

/**
 * Replicates block by block, the same on the calling thread and by any number of workers. Progress counts blocks.
 *
 * @throws InvalidArgumentError when `workers` is not an integer 0 … 256
 * @throws AbortedError
 * @internal
 */
export async function replicatesInBlocks(
  replicates: number,
  { here, there }: BlockWork,
  { workers = 0, signal, onProgress }: LongTaskOptions,
): Promise<Float64Array> {
  throwIfAborted(signal);
  const blocks = blockCount(replicates);
  const values = new Float64Array(replicates);
  if (workers === 0 || there === undefined) {
    await inSteps(
      blocks,
      (block) => values.set(here(block, sizeOfBlock(block, replicates)), block * BLOCK),
      { signal, onProgress },
    );
    return values;
  }
  pools ??= new WarmPools({ tasks: resamplingTasks(), code: workerSource });
  const pool = pools.of(workers);
  const shares = Math.min(blocks, SHARES_PER_WORKER * workers);
  let done = 0;
  await Promise.all(
    Array.from({ length: shares }, async (_, i) => {
      const from = Math.floor((i * blocks) / shares);
      const to = Math.floor(((i + 1) * blocks) / shares);
      values.set(await there(pool, [from, to], { signal }), from * BLOCK);
      done += to - from;
      onProgress?.({ done, total: blocks });
    }),
  );
  return values;
}
