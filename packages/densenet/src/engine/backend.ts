import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { InvalidArgumentError, isSteatosisError } from '@steatosis/core';
import { BackendError } from '../errors.js';

let starting: Promise<void> | undefined;

const FILE = 'tfjs-backend-wasm-simd.wasm';

/**
 * Say where the backend's WebAssembly file is. Needed in bundles for browsers, before the first net is
 * used; Node finds the file in the installed package by itself.
 *
 * @param url the file `tfjs-backend-wasm-simd.wasm` of `@tensorflow/tfjs-backend-wasm`, under any name
 *   that ends in `.wasm`, or the folder that holds it (with or without the slash at its end)
 * @throws InvalidArgumentError when the backend has already started, or the URL is empty
 * @throws BackendError after a start that failed
 * @example
 * ```ts no-run
 * import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'; // Vite
 * import { setWasmPath } from '@steatosis/densenet';
 *
 * setWasmPath(wasmUrl);
 * ```
 */
export function setWasmPath(url: string | URL): void {
  const text = String(url);
  if (text === '') throw new InvalidArgumentError('url', url, 'a URL or a path');
  if (starting) {
    throw new InvalidArgumentError(
      'url',
      text,
      'the path before the first net is used; the backend runs already',
    );
  }
  const isFile =
    /\.wasm([?#].*)?$/.test(text) || text.startsWith('data:') || text.startsWith('blob:');
  const file = isFile ? text : `${text.replace(/\/$/, '')}/${FILE}`;
  try {
    setWasmPaths({
      'tfjs-backend-wasm.wasm': file,
      'tfjs-backend-wasm-simd.wasm': file,
      'tfjs-backend-wasm-threaded-simd.wasm': file,
    });
  } catch (cause) {
    throw new BackendError(
      'The backend failed to start before; set the path before the first try, in a new page, worker or process.',
      { cause },
    );
  }
}

/**
 * Start the backend once. It runs on the calling thread: its own threads fail in Node, and one thread a
 * worker is what lets several workers train side by side.
 */
export function startBackend(): Promise<void> {
  starting ??= start().catch((error: unknown) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

async function start(): Promise<void> {
  const environment = tf.env();
  environment.set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await environment.getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new BackendError(
      'This engine lacks WebAssembly SIMD, which every browser since 2023 and Node 20 have.',
    );
  }
  const before = tf.getBackend();
  const restoreListeners = guardProcessListeners();
  try {
    if (!(await tf.setBackend('wasm'))) throw new Error('tfjs could not initialise it');
  } catch (cause) {
    throw new BackendError(
      `The WebAssembly backend did not start (${messageOf(cause)}). In a bundle, call setWasmPath with the URL of ${FILE} first.`,
      { cause },
    );
  } finally {
    restoreListeners();
    if (before && before !== 'wasm') await tf.setBackend(before);
  }
}

/**
 * Run synchronous work on the wasm backend, leaving the program's own choice of tfjs backend alone.
 * `setBackend` of a backend that has started takes effect before it returns its promise.
 */
export function onBackend<T>(work: () => T): T {
  const before = tf.getBackend();
  if (before !== 'wasm') void tf.setBackend('wasm');
  try {
    return work();
  } catch (cause) {
    if (isSteatosisError(cause)) throw cause;
    throw new BackendError(
      `The WebAssembly backend failed (${messageOf(cause)}). If memory ran out, use a smaller batchSize, in a new process or worker.`,
      { cause },
    );
  } finally {
    if (before && before !== 'wasm') void tf.setBackend(before);
  }
}

/**
 * Emscripten's loader adds process-wide handlers that rethrow every uncaught error of the program and
 * so change its exit status. This takes them off again and leaves all others.
 */
function guardProcessListeners(): () => void {
  if (typeof process !== 'object' || typeof process.listeners !== 'function')
    return () => undefined;
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as 'exit')));
  return () => {
    events.forEach((event, i) => {
      for (const listener of process.listeners(event as 'exit')) {
        const isLoaders = /ExitStatus|\(reason\)\s*\{\s*throw reason;?\s*\}/.test(String(listener));
        if (!before[i].has(listener) && isLoaders) process.removeListener(event, listener);
      }
    });
  };
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return String((error as { message?: unknown } | null)?.message ?? error);
}
