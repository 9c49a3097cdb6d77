/** Messages between a pool and its workers; plain data that structured clone carries. */

import type { Progress } from '../progress.js';
import type { SerialisedError } from './error-transport.js';

export interface TaskRequest {
  id: number;
  name: string;
  input: unknown;
}

export type TaskReply =
  | { id: number; kind: 'progress'; progress: Progress }
  | { id: number; kind: 'result'; value: unknown }
  | { id: number; kind: 'error'; error: SerialisedError };

/** What a task is given besides its input. */
export interface TaskContext {
  /** Fires when the caller gives up. In a worker the whole worker is stopped instead. */
  signal: AbortSignal | undefined;
  /** Tell the caller how far this task is. */
  report: (progress: Progress) => void;
}

/** A function that may run in a worker: input and result must be structured-cloneable. */
export type Task<Input, Output> = (input: Input, context: TaskContext) => Output | Promise<Output>;

/** The tasks of one worker by name. `never` as input lets tasks of any input type in. */
export type TaskMap = Record<string, Task<never, unknown>>;

export type TaskInput<T> = T extends (input: infer I, ...rest: never[]) => unknown ? I : never;
export type TaskOutput<T> = T extends (...args: never[]) => infer O ? Awaited<O> : never;
