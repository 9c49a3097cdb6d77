import { nodeWorkerThreads } from './serve.js';

/** Where a worker's code is: one classic script as text, or a module file beside the caller. */
export type WorkerCode = string | URL;

/** One worker, the same in Node and browsers. */
export interface WorkerThread {
  post(message: unknown): void;
  stop(): void;
  /** Keep the process alive while this worker is busy, let it end when it is idle. Node only. */
  keepAlive(busy: boolean): void;
}

export interface WorkerEvents {
  onMessage: (message: unknown) => void;
  /** The worker died: an uncaught error, out of memory, or an early exit. */
  onDeath: (error: Error) => void;
}

/**
 * Start a worker. In browsers a script given as text runs from a Blob, which needs `worker-src blob:`
 * where a content security policy is set; pass a URL there instead.
 */
export function startWorker(code: WorkerCode, events: WorkerEvents): WorkerThread {
  const node = nodeWorkerThreads();
  return node ? startInNode(node, code, events) : startInBrowser(code, events);
}

function startInNode(
  { Worker }: typeof import('node:worker_threads'),
  code: WorkerCode,
  events: WorkerEvents,
): WorkerThread {
  const worker = new Worker(code, { eval: typeof code === 'string' });
  worker.on('message', events.onMessage);
  worker.on('error', events.onDeath);
  worker.on('exit', (status) =>
    events.onDeath(new Error(`A worker ended with exit status ${status} before it had answered.`)),
  );
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    stop: () => void worker.terminate(),
    keepAlive: (busy) => (busy ? worker.ref() : worker.unref()),
  };
}

function startInBrowser(code: WorkerCode, events: WorkerEvents): WorkerThread {
  const blob = typeof code === 'string';
  const url = blob ? URL.createObjectURL(new Blob([code], { type: 'text/javascript' })) : code;
  const worker = new Worker(url, blob ? undefined : { type: 'module' });
  worker.addEventListener('message', (event) => events.onMessage(event.data));
  worker.addEventListener('error', (event) =>
    events.onDeath(new Error(`A worker failed: ${event.message}`)),
  );
  return {
    post: (message) => worker.postMessage(message),
    stop: () => {
      worker.terminate();
      if (typeof url === 'string') URL.revokeObjectURL(url);
    },
    keepAlive: () => undefined,
  };
}
