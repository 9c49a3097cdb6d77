import { TaskPool } from '@steatosis/core';
import workerSource from '../../batch/batch.worker.ts?worker-source';
import { shareTasks } from './share.tasks.js';

/** Threads that compute shares of a region's features. */
export type SharePool = TaskPool<ReturnType<typeof shareTasks>>;

let pools: Map<number, SharePool> | undefined;

/**
 * The pool with so many threads. It is kept: a worker that has compiled its code is several times faster than a
 * new one. Idle threads do not keep a process from ending.
 */
export function warmPool(workers: number): SharePool {
  pools ??= new Map();
  let pool = pools.get(workers);
  if (pool === undefined) {
    pool = new TaskPool({ tasks: shareTasks(), code: workerSource, workers });
    pools.set(workers, pool);
  }
  return pool;
}
