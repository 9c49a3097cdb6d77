import { TaskPool } from './pool.js';
import type { TaskMap } from './protocol.js';
import type { WorkerCode } from './worker-thread.js';

/**
 * Pools that are kept, one for each number of workers: a worker that has started and compiled its code is several times
 * faster than a new one. Idle workers do not keep a process from ending.
 *
 * @example
 * ```ts
 * import { WarmPools } from '@steatosis/core';
 *
 * const pools = new WarmPools({ tasks: { square: (x: number) => x * x }, code: '' });
 * console.log(pools.of(0) === pools.of(0), await pools.of(0).run('square', 7)); // true 49
 * ```
 */
export class WarmPools<Tasks extends TaskMap> {
  readonly #tasks: Tasks;
  readonly #code: WorkerCode;
  readonly #pools = new Map<number, TaskPool<Tasks>>();

  /** Takes what a `TaskPool` takes, but for the number of workers. */
  constructor({ tasks, code }: { tasks: Tasks; code: WorkerCode }) {
    this.#tasks = tasks;
    this.#code = code;
  }

  /**
   * The pool with so many workers, which is the same until it is discarded.
   *
   * @throws InvalidArgumentError when `workers` is not an integer 0 … 256
   */
  of(workers: number): TaskPool<Tasks> {
    let pool = this.#pools.get(workers);
    if (pool === undefined) {
      pool = new TaskPool({ tasks: this.#tasks, code: this.#code, workers });
      this.#pools.set(workers, pool);
    }
    return pool;
  }

  /** Stop the workers of a pool, and what still waits for them; whoever asks next gets a new pool. */
  discard(workers: number): void {
    this.#pools.get(workers)?.close();
    this.#pools.delete(workers);
  }
}
