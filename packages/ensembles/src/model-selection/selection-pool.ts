import { TaskPool } from '@steatosis/core';
import { selectionTasks } from './selection.tasks.js';
import workerSource from './selection.worker.ts?worker-source';

/** Threads that fit folds. */
export type SelectionPool = TaskPool<ReturnType<typeof selectionTasks>>;

let pools: Map<number, SelectionPool> | undefined;

/**
 * The pool with so many threads. It is kept, since a worker that has compiled its code is much faster; idle ones do not
 * hold a process.
 */
export function selectionPool(workers: number): SelectionPool {
  pools ??= new Map();
  let pool = pools.get(workers);
  if (!pool) {
    pool = new TaskPool({ tasks: selectionTasks(), code: workerSource, workers });
    pools.set(workers, pool);
  }
  return pool;
}
