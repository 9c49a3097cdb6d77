import type { TaskPool } from '@steatosis/core';
import { type dixonTasks, nextTurn } from './dixon.tasks.js';

/** The tasks of this folder by name. */
export type DixonTasks = ReturnType<typeof dixonTasks>;

/** Voxels of one task. Fixed, so that results do not depend on the number of workers. */
const RUN = 8192;

/** Calls `visit(from, to)` for consecutive runs of voxels, as many at a time as the pool has workers. */
export async function forEachRun(
  pool: TaskPool<DixonTasks>,
  count: number,
  visit: (from: number, to: number, signal: AbortSignal) => Promise<void>,
  options: { signal: AbortSignal | undefined; onRun: (voxels: number) => void },
): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => stop.abort(options.signal?.reason);
  if (options.signal?.aborted) abort();
  options.signal?.addEventListener('abort', abort);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      const to = Math.min(count, from + RUN);
      next = to;
      await visit(from, to, stop.signal);
      options.onRun(to - from);
      await nextTurn();
    }
  };
  try {
    // One lane more than workers, so that the next run lies ready when a worker gets free.
    await Promise.all(Array.from({ length: pool.size + 1 }, lane));
  } catch (error) {
    stop.abort(error);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}
