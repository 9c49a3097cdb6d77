import { type TaskPool, WarmPools } from '@steatosis/core';
import { selectionTasks } from './selection.tasks.js';
import workerSource from './selection.worker.ts?worker-source';

type SelectionTasks = ReturnType<typeof selectionTasks>;

/** Threads that fit folds. */
export type SelectionPool = TaskPool<SelectionTasks>;

let pools: WarmPools<SelectionTasks> | undefined;

/** The pool with so many threads, which is kept. */
export function selectionPool(workers: number): SelectionPool {
  pools ??= new WarmPools({ tasks: selectionTasks(), code: workerSource });
  return pools.of(workers);
}
