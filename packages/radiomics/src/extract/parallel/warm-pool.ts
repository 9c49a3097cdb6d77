import { type TaskPool, WarmPools } from '@steatosis/core';
import workerSource from '../../batch/batch.worker.ts?worker-source';
import { shareTasks } from './share.tasks.js';

type ShareTasks = ReturnType<typeof shareTasks>;

/** Threads that compute shares of a region's features. */
export type SharePool = TaskPool<ShareTasks>;

let pools: WarmPools<ShareTasks> | undefined;

/** The pool with so many threads, which is kept. */
export function warmPool(workers: number): SharePool {
  pools ??= new WarmPools({ tasks: shareTasks(), code: workerSource });
  return pools.of(workers);
}
