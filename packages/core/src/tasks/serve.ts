import { serialiseError } from './error-transport.js';
import type { Task, TaskMap, TaskReply, TaskRequest } from './protocol.js';
import { transferList } from './transfer.js';

interface Port {
  postMessage(message: unknown, transfer?: never[]): void;
}

/**
 * The whole of a worker file: hand over the tasks it can do.
 *
 * @example
 * ```ts no-run
 * // sum.worker.ts, imported elsewhere as './sum.worker.ts?worker-source'
 * import { serveTasks } from '@steatosis/core';
 * import { tasks } from './sum.tasks.js';
 *
 * serveTasks(tasks);
 * ```
 */
export function serveTasks(tasks: TaskMap): void {
  const node = nodeWorkerThreads();
  if (node?.parentPort) {
    const port = node.parentPort;
    port.on('message', (request: TaskRequest) => void answer(tasks, request, port));
    return;
  }
  const scope = globalThis as unknown as Port & {
    onmessage: ((event: { data: TaskRequest }) => void) | null;
  };
  scope.onmessage = (event) => void answer(tasks, event.data, scope);
}

async function answer(tasks: TaskMap, request: TaskRequest, port: Port): Promise<void> {
  const { id, name, input } = request;
  const reply = (message: TaskReply, transfer: ArrayBuffer[] = []) =>
    port.postMessage(message, transfer as never[]);
  try {
    const task = tasks[name] as Task<unknown, unknown> | undefined;
    if (task === undefined) throw new Error(`This worker has no task named "${name}".`);
    const value = await task(input, {
      signal: undefined,
      report: (progress) => reply({ id, kind: 'progress', progress }),
    });
    reply({ id, kind: 'result', value }, transferList(value));
  } catch (error) {
    reply({ id, kind: 'error', error: serialiseError(error) });
  }
}

/**
 * Node's worker threads, or undefined in a browser. `getBuiltinModule` (Node ≥ 20.16) keeps a static
 * `node:` import out of the file, so that bundlers for browsers need no configuration.
 */
export function nodeWorkerThreads(): typeof import('node:worker_threads') | undefined {
  if (typeof process !== 'object' || typeof process.getBuiltinModule !== 'function')
    return undefined;
  return process.getBuiltinModule('node:worker_threads');
}
