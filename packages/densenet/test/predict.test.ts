import fc from 'fast-check';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { createDenseNet, fit } from '../src/index.js';
import { setFormulaWeights, formulaPatches } from './reference.js';
import { caughtLater } from './caught.js';

const net = createDenseNet({ growthRate: 4, blocks: [2, 2], inChannels: 2, classes: 3 });
setFormulaWeights(net, 1);
const patches = formulaPatches('input', 1, [7, 2, 9, 6]);

test('probabilities are the softmax of the logits', async () => {
  const logits = await net.logits(patches);
  const probabilities = await net.predict(patches);
  expect(probabilities.shape).toEqual([7, 3]);
  for (let i = 0; i < 7; i++) {
    const exponentials = [0, 1, 2].map((j) => Math.exp(logits.get(i, j)));
    const sum = exponentials.reduce((a, b) => a + b);
    exponentials.forEach((e, j) => expect(probabilities.get(i, j)).toBeCloseTo(e / sum, 12));
  }
});

test('the batch size and the other patches of a batch change no bit', async () => {
  const whole = await net.logits(patches);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), async (batchSize) => {
      expect((await net.logits(patches, { batchSize })).data).toEqual(whole.data);
    }),
    { numRuns: 8 },
  );
  const one = await net.logits(patches.lo(3, 0, 0, 0).hi(1, 2, 9, 6));
  expect(Array.from(one.data)).toEqual([0, 1, 2].map((j) => whole.get(3, j)));
});

test('strides are respected, and integers taken', async () => {
  const channelsLast = ndarray(new Int16Array(7 * 9 * 6 * 2), [7, 9, 6, 2]).transpose(0, 3, 1, 2);
  const dense = ndarray(new Float64Array(7 * 2 * 9 * 6), [7, 2, 9, 6]);
  for (let i = 0; i < 7; i++) {
    for (let c = 0; c < 2; c++) {
      for (let y = 0; y < 9; y++) {
        for (let x = 0; x < 6; x++) {
          const value = ((i * 31 + c * 17 + y * 5 + x * 3) % 11) - 5;
          channelsLast.set(i, c, y, x, value);
          dense.set(i, c, y, x, value);
        }
      }
    }
  }
  expect((await net.logits(channelsLast)).data).toEqual((await net.logits(dense)).data);
});

test('progress is counted in patches, and an abort is heard', async () => {
  const done: number[] = [];
  await net.predict(patches, { batchSize: 3, onProgress: (progress) => done.push(progress.done) });
  expect(done).toEqual([3, 6, 7]);
  const controller = new AbortController();
  const error = await caughtLater(
    net.predict(patches, {
      batchSize: 1,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    }),
  );
  expect(error.code).toBe('ABORTED');
});

test('a net whose last step went too far says so instead of giving NaN', async () => {
  const diverged = createDenseNet({ growthRate: 4, blocks: [2, 2], inChannels: 2 });
  const data = { patches, labels: [0, 1, 0, 1, 0, 1, 0] };
  const optimizer = { name: 'sgd', learningRate: 1e30 } as const;
  const { loss } = await fit(diverged, data, { epochs: 1, optimizer });
  expect(loss).toHaveLength(1);
  for (const prediction of [diverged.logits(patches), diverged.predict(patches)]) {
    const { code, message } = await caughtLater(prediction);
    expect(code).toBe('NET_STATE');
    expect(message).toMatch(/^The logits are not finite/);
  }
});

describe('patches that do not fit', () => {
  const fixed = createDenseNet({
    growthRate: 4,
    blocks: [1, 1, 1],
    inChannels: 1,
    inputSize: [8, 4],
  });
  const array = (shape: number[]) =>
    ndarray(new Float32Array(shape.reduce((a, b) => a * b)), shape);
  const notFinite = array([2, 1, 8, 4]);
  notFinite.set(1, 0, 3, 3, Number.NaN);
  const tooLarge = ndarray(new Float64Array(32).fill(1e39), [1, 1, 8, 4]);
  test.each<[string, unknown]>([
    ['inChannels', array([1, 2, 8, 4])],
    ['inputSize', array([1, 1, 4, 8])],
    ['[n, channels, height, width]', array([8, 4])],
    ['[n, channels, height, width]', new Float32Array(32)],
    ['[n, channels, height, width]', undefined],
    ['at least one patch', ndarray(new Float32Array(0), [0, 1, 8, 4])],
    ['patch 1', notFinite],
    ['finite float32', tooLarge],
    [
      'typed array',
      ndarray(
        Array.from({ length: 32 }, () => 0),
        [1, 1, 8, 4],
      ),
    ],
    ['typed array', ndarray(new BigInt64Array(32), [1, 1, 8, 4])],
  ])('%s', async (word, given) => {
    const error = await caughtLater(fixed.predict(given as never));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(error.message).toContain(word);
  });

  test('too small for the pooling', async () => {
    const free = createDenseNet({ growthRate: 4, blocks: [1, 1, 1] });
    const error = await caughtLater(free.predict(array([1, 1, 8, 3])));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(error.message).toContain('at least one pixel');
  });

  test('unknown options', async () => {
    const error = await caughtLater(fixed.predict(array([1, 1, 8, 4]), { batch: 1 } as never));
    expect(error.message).toContain('batch');
  });
});
