import { AbortedError, InvalidArgumentError, throwIfAborted } from '../errors.js';
import type { LongTaskOptions, OnProgress } from '../progress.js';
import { reviveError } from './error-transport.js';
import type { Task, TaskInput, TaskMap, TaskOutput, TaskReply, TaskRequest } from './protocol.js';
import { startWorker, type WorkerCode, type WorkerThread } from './worker-thread.js';

/** Settings of a {@link TaskPool}. */
export interface TaskPoolOptions<Tasks extends TaskMap> {
  /** The tasks, for running in-process. */
  tasks: Tasks;
  /** The worker that serves the same tasks (`import source from './x.worker.ts?worker-source'`). */
  code: WorkerCode;
  /** Worker threads; 0 runs every task on the calling thread. */
  workers: number;
}

interface Job {
  request: TaskRequest;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  onProgress: OnProgress | undefined;
}

interface Seat {
  thread: WorkerThread | undefined;
  job: Job | undefined;
}

/**
 * Runs the same functions in Node's workers, in Web Workers or in-process. Tasks queue when all workers
 * are busy. An abort stops the worker that runs the task at once (a new one starts when needed), so
 * that even a task that never looks up ends within milliseconds.
 *
 * @example
 * ```ts
 * import { TaskPool } from '@steatosis/core';
 *
 * const tasks = { square: (x: number) => x * x };
 * const pool = new TaskPool({ tasks, code: '', workers: 0 });
 * console.log(await pool.run('square', 7)); // 49
 * pool.close();
 * ```
 */
export class TaskPool<Tasks extends TaskMap> {
  readonly #tasks: Tasks;
  readonly #code: WorkerCode;
  readonly #seats: Seat[];
  readonly #queue: Job[] = [];
  #nextId = 0;
  #closed = false;

  /** @throws InvalidArgumentError when `workers` is not an integer 0 … 256 */
  constructor(options: TaskPoolOptions<Tasks>) {
    const { workers } = options;
    if (!Number.isInteger(workers) || workers < 0 || workers > 256) {
      throw new InvalidArgumentError('workers', workers, 'an integer 0 … 256');
    }
    this.#tasks = options.tasks;
    this.#code = options.code;
    this.#seats = Array.from({ length: workers }, () => ({ thread: undefined, job: undefined }));
  }

  /** Worker threads at most. */
  get size(): number {
    return this.#seats.length;
  }

  /** Run one task; rejects with what it threw, or with an `AbortedError`. */
  async run<Name extends keyof Tasks & string>(
    name: Name,
    input: TaskInput<Tasks[Name]>,
    options: Pick<LongTaskOptions, 'signal' | 'onProgress'> = {},
  ): Promise<TaskOutput<Tasks[Name]>> {
    const { signal, onProgress } = options;
    throwIfAborted(signal);
    if (this.#closed) throw new InvalidArgumentError('pool', 'closed', 'a pool that is open');
    if (this.#seats.length === 0) {
      const task = this.#tasks[name] as Task<unknown, unknown>;
      const value = await task(input, { signal, report: (p) => onProgress?.(p) });
      return value as TaskOutput<Tasks[Name]>;
    }
    return (await this.#enqueue(name, input, signal, onProgress)) as TaskOutput<Tasks[Name]>;
  }

  /**
   * Run one task for each input, at most one per worker at a time, and give the results in the order of
   * the inputs. Progress counts finished tasks. The first failure stops the rest.
   */
  async map<Name extends keyof Tasks & string>(
    name: Name,
    inputs: readonly TaskInput<Tasks[Name]>[],
    options: Pick<LongTaskOptions, 'signal' | 'onProgress'> = {},
  ): Promise<TaskOutput<Tasks[Name]>[]> {
    const stop = new AbortController();
    const abort = () => stop.abort(options.signal?.reason);
    if (options.signal?.aborted) abort();
    options.signal?.addEventListener('abort', abort);
    const results: TaskOutput<Tasks[Name]>[] = Array.from({ length: inputs.length });
    let next = 0;
    let done = 0;
    const lane = async (): Promise<void> => {
      while (next < inputs.length) {
        const i = next++;
        results[i] = await this.run(name, inputs[i]!, { signal: stop.signal });
        options.onProgress?.({ done: ++done, total: inputs.length });
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.max(1, this.size) }, lane));
    } catch (error) {
      stop.abort(error);
      throw error;
    } finally {
      options.signal?.removeEventListener('abort', abort);
    }
    return results;
  }

  /** Stop all workers; tasks that have not finished reject with an `AbortedError`. */
  close(): void {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) job.reject(new AbortedError('the pool was closed'));
    for (const seat of this.#seats) {
      seat.job?.reject(new AbortedError('the pool was closed'));
      this.#vacate(seat);
    }
  }

  #enqueue(
    name: string,
    input: unknown,
    signal: AbortSignal | undefined,
    onProgress: OnProgress | undefined,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle =
        <T>(finish: (value: T) => void) =>
        (value: T): void => {
          signal?.removeEventListener('abort', onAbort);
          finish(value);
        };
      const job: Job = {
        request: { id: this.#nextId++, name, input },
        resolve: settle(resolve),
        reject: settle(reject),
        onProgress,
      };
      const onAbort = (): void => {
        const waiting = this.#queue.indexOf(job);
        if (waiting >= 0) this.#queue.splice(waiting, 1);
        const seat = this.#seats.find((s) => s.job === job);
        if (seat) this.#vacate(seat);
        job.reject(new AbortedError(signal?.reason));
        this.#dispatch();
      };
      signal?.addEventListener('abort', onAbort);
      this.#queue.push(job);
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (const seat of this.#seats) {
      // A job that cannot be posted fails alone: the seat takes the next one.
      while (seat.job === undefined) {
        const job = this.#queue.shift();
        if (job === undefined) return;
        seat.job = job;
        try {
          seat.thread ??= this.#start(seat);
          seat.thread.post(job.request);
          seat.thread.keepAlive(true);
        } catch (error) {
          seat.job = undefined;
          job.reject(error);
        }
      }
    }
  }

  #start(seat: Seat): WorkerThread {
    const thread: WorkerThread = startWorker(this.#code, {
      onMessage: (message) => {
        if (seat.thread === thread) this.#receive(seat, message as TaskReply);
      },
      onDeath: (error) => {
        if (seat.thread !== thread) return;
        const { job } = seat;
        this.#vacate(seat);
        job?.reject(error);
        this.#dispatch();
      },
    });
    return thread;
  }

  #receive(seat: Seat, reply: TaskReply): void {
    const { job } = seat;
    if (job === undefined || job.request.id !== reply.id) return;
    if (reply.kind === 'progress') {
      job.onProgress?.(reply.progress);
      return;
    }
    seat.job = undefined;
    seat.thread?.keepAlive(false);
    if (reply.kind === 'result') job.resolve(reply.value);
    else job.reject(reviveError(reply.error));
    this.#dispatch();
  }

  /** Stop the seat's worker, so that a fresh one starts when the next task comes. */
  #vacate(seat: Seat): void {
    const { thread } = seat;
    seat.thread = undefined;
    seat.job = undefined;
    thread?.stop();
  }
}
