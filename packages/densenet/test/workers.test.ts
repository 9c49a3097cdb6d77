/**
 * The package inside worker threads. The worker loads the sources themselves: Node strips the types, a
 * hook maps the `.js` of their imports to `.ts`.
 */
import { Worker } from 'node:worker_threads';
import * as nodeModule from 'node:module';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { createDenseNet, fit, saveSafetensors } from '../src/index.js';

interface Job {
  task: 'train' | 'lost';
  sources: string;
}

const code = `
const { registerHooks } = require('node:module');
const { parentPort, workerData } = require('node:worker_threads');
registerHooks({
  resolve: (specifier, context, next) =>
    next(context.parentURL?.startsWith(workerData.sources) && specifier.startsWith('.')
      ? specifier.replace(/\\.js$/, '.ts') : specifier, context),
});
(async () => {
  const densenet = await import(workerData.sources + 'index.ts');
  const { default: ndarray } = await import(require.resolve(workerData.ndarray));
  if (workerData.task === 'lost') densenet.setWasmPath('/no/such/folder');
  const net = densenet.createDenseNet(workerData.config);
  const patches = ndarray(workerData.patches, workerData.shape);
  await densenet.fit(net, { patches, labels: workerData.labels }, workerData.options);
  return densenet.saveSafetensors(net);
})().then((weights) => parentPort.postMessage({ weights }),
  (error) => parentPort.postMessage({ code: error.code, message: error.message }));
`;

const shape = [6, 2, 8, 8];
const job = {
  sources: new URL('../src/', import.meta.url).href,
  ndarray: nodeModule.createRequire(import.meta.url).resolve('ndarray'),
  config: { growthRate: 4, blocks: [2, 2], inChannels: 2, classes: 2, seed: 1, dropRate: 0.2 },
  patches: Float32Array.from({ length: 6 * 128 }, (_, i) => Math.sin(i * i)),
  shape,
  labels: [0, 1, 0, 1, 1, 0],
  options: { epochs: 3, batchSize: 4, seed: 2 },
};

function inWorker(
  task: Job['task'],
): Promise<{ weights?: Uint8Array; code?: string; message?: string }> {
  const worker = new Worker(code, { eval: true, workerData: { ...job, task }, stderr: true });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

describe.skipIf(!('registerHooks' in nodeModule))(
  'in worker threads (needs Node 24 to load the sources)',
  () => {
    test('two workers at a time get the bits of the main thread', async () => {
      const net = createDenseNet(job.config);
      const patches = ndarray(job.patches, shape);
      await fit(net, { patches, labels: job.labels }, job.options);
      const expected = saveSafetensors(net);
      const [first, second] = await Promise.all([inWorker('train'), inWorker('train')]);
      expect(first.weights).toEqual(expected);
      expect(second.weights).toEqual(expected);
    });

    test('a wrong path of the WebAssembly file is a typed error that says what to do', async () => {
      const { code, message } = await inWorker('lost');
      expect(code).toBe('BACKEND');
      expect(message).toContain('setWasmPath');
    });
  },
);
