import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test, vi } from 'vitest';
import { createDenseNet, fit, setWasmPath } from '../src/index.js';
import { multiply } from '../src/engine/operations.js';
import { onBackend, startBackend } from '../src/engine/backend.js';
import { caught } from './caught.js';
import { formulaPatches } from './reference.js';

const events = ['uncaughtException', 'unhandledRejection'] as const;

test('a program keeps its own tfjs backend and its process handlers', async () => {
  const handler = () => undefined;
  process.on('unhandledRejection', handler);
  const before = events.map((event) => process.listeners(event as 'exit'));
  // tfjs' cpu backend advertises on its first use; that is the program's own choice of backend.
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  await tf.setBackend('cpu');
  expect(tf.backend()).toBeInstanceOf(MathBackendCPU);
  const own = tf.tensor1d([1, 2, 3]);
  const net = createDenseNet({ growthRate: 2, blocks: [1] });
  const patches = formulaPatches('input', 1, [2, 1, 8, 8]);
  await fit(net, { patches, labels: [0, 1] }, { epochs: 2 });
  await net.predict(patches);
  warn.mockRestore();
  expect(tf.getBackend()).toBe('cpu');
  expect(Array.from(tf.mul(own, 2).dataSync())).toEqual([2, 4, 6]);
  expect(events.map((event) => process.listeners(event as 'exit'))).toEqual(before);
  process.removeListener('unhandledRejection', handler);
});

test('the path of the file can only be set before the start', async () => {
  await startBackend();
  expect(caught(() => setWasmPath('/assets/'))).toMatchObject({ code: 'INVALID_ARGUMENT' });
  expect(caught(() => setWasmPath(''))).toMatchObject({ code: 'INVALID_ARGUMENT' });
});

test('an operation that is too large is refused before it is tried', () => {
  const vector = new Float32Array(20_000);
  const error = caught(() => onBackend(() => multiply(vector, vector, 20_000, 1, 20_000)));
  expect(error.code).toBe('BACKEND');
  expect(error.message).toContain('smaller batchSize');
});

test('a failure inside the backend comes out typed', () => {
  const error = caught(() =>
    onBackend(() => {
      throw new RangeError('memory access out of bounds');
    }),
  );
  expect(error.code).toBe('BACKEND');
  expect(error.message).toContain('memory access out of bounds');
});
