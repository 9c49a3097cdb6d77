import { createRandom } from '@steatosis/core';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import {
  createDenseNet,
  fit,
  type FitOptions,
  lossAndGradients,
  saveSafetensors,
  type SchedulePosition,
} from '../src/index.js';
import { caughtLater } from './caught.js';

const SIZE = 8;

/** Blobs of two textures on noise: class 1 has vertical stripes, class 0 horizontal ones. */
function stripes(n: number, seed: number, channels = 1) {
  const random = createRandom(seed);
  const patches = ndarray(new Float32Array(n * channels * SIZE * SIZE), [n, channels, SIZE, SIZE]);
  const labels = Array.from({ length: n }, () => random.integer(2));
  for (let i = 0; i < n; i++) {
    const phase = 6 * random.uniform();
    for (let c = 0; c < channels; c++) {
      for (let y = 0; y < SIZE; y++) {
        for (let x = 0; x < SIZE; x++) {
          const wave = Math.sin(phase + 1.5 * (labels[i] === 1 ? x : y));
          patches.set(i, c, y, x, wave + 0.7 * random.normal());
        }
      }
    }
  }
  return { patches, labels };
}

const small = { growthRate: 4, blocks: [2, 2], inChannels: 1, classes: 2, seed: 1 };

test('learns textures in noise and tells unseen ones apart', async () => {
  const net = createDenseNet(small);
  const history = await fit(net, stripes(192, 1), {
    epochs: 8,
    batchSize: 32,
    schedule: 'cosine',
    seed: 1,
  });
  expect(history.epochs.at(-1)!.loss).toBeLessThan(history.epochs[0].loss / 3);
  const unseen = stripes(200, 2);
  const probabilities = await net.predict(unseen.patches);
  const correct = unseen.labels.filter(
    (label, i) => Number(probabilities.get(i, 1) > 0.5) === label,
  );
  expect(correct.length / 200).toBeGreaterThan(0.95);
});

describe('the same seed gives the same bits', () => {
  const train = async (options: FitOptions, config = {}) => {
    const net = createDenseNet({ ...small, ...config });
    await fit(net, stripes(20, 3), { epochs: 2, batchSize: 8, ...options });
    return saveSafetensors(net);
  };

  test('run twice', async () => {
    const config = { dropRate: 0.3 };
    const first = await train({ seed: 5 }, config);
    expect(await train({ seed: 5 }, config)).toEqual(first);
    expect(await train({ seed: 6 }, config)).not.toEqual(first);
  });

  test('two nets trained at the same time do not disturb each other', async () => {
    const alone = await train({ seed: 5 });
    const together = await Promise.all([
      train({ seed: 5 }),
      train({ seed: 7 }),
      train({ seed: 5 }),
    ]);
    expect(together[0]).toEqual(alone);
    expect(together[2]).toEqual(alone);
  });

  test('without shuffling the seed does not matter', async () => {
    const first = await train({ seed: 5, shuffle: false });
    expect(await train({ seed: 6, shuffle: false })).toEqual(first);
  });
});

describe('history and schedule', () => {
  test('one entry a step, the last batch smaller, progress counted in steps', async () => {
    const done: number[] = [];
    const history = await fit(createDenseNet(small), stripes(20, 3), {
      epochs: 2,
      batchSize: 8,
      onProgress: (progress) => done.push(progress.done),
    });
    expect(history.loss).toHaveLength(6);
    expect(history.epochs).toHaveLength(2);
    expect(done).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('cosine goes from the full rate towards 0, constant stays, a function is followed', async () => {
    const seen: SchedulePosition[] = [];
    const rates = async (schedule: NonNullable<FitOptions['schedule']>) => {
      const optimizer = { name: 'sgd', learningRate: 0.2 } as const;
      const options = { epochs: 2, batchSize: 8, optimizer, schedule };
      return (await fit(createDenseNet(small), stripes(16, 3), options)).learningRate;
    };
    expect(await rates('constant')).toEqual([0.2, 0.2, 0.2, 0.2]);
    const cosine = await rates('cosine');
    [0.2, 0.1 * (1 + Math.SQRT1_2), 0.1, 0.1 * (1 - Math.SQRT1_2)].forEach((rate, i) => {
      expect(cosine[i]).toBeCloseTo(rate, 12);
    });
    const halving = await rates((position) => {
      seen.push(position);
      return 0.5 ** position.epoch;
    });
    expect(halving).toEqual([0.2, 0.2, 0.1, 0.1]);
    expect(seen[3]).toEqual({ step: 3, steps: 4, epoch: 1, epochs: 2 });
  });
});

describe('loss options', () => {
  test('class weights are those of repeated patches', async () => {
    const data = stripes(6, 4);
    const net = createDenseNet(small);
    const { gradients, logits } = await lossAndGradients(net, data, { classWeights: [1, 3] });
    let sum = 0;
    let weights = 0;
    data.labels.forEach((label, i) => {
      const [a, b] = [logits[2 * i], logits[2 * i + 1]];
      const weight = label === 1 ? 3 : 1;
      sum += weight * (Math.log(Math.exp(a) + Math.exp(b)) - (label === 1 ? b : a));
      weights += weight;
    });
    const { loss } = await lossAndGradients(net, data, { classWeights: [1, 3] });
    expect(loss).toBeCloseTo(sum / weights, 10);
    const same = await lossAndGradients(net, data, { classWeights: [2, 6] });
    expect(same.loss).toBeCloseTo(loss, 12);
    expect(same.gradients).toEqual(gradients);
  });

  test('is finite for logits that overflow an exponential', async () => {
    const net = createDenseNet(small);
    const { patches } = stripes(4, 4);
    const options = {
      epochs: 1,
      batchSize: 4,
      optimizer: { name: 'sgd', learningRate: 1e4 },
    } as const;
    await fit(net, { patches, labels: [0, 0, 1, 1] }, options);
    const { loss } = await lossAndGradients(net, { patches, labels: [1, 1, 0, 0] });
    expect(loss).toBeGreaterThan(100);
    expect(Number.isFinite(loss)).toBe(true);
  });
});

describe('what stops training', () => {
  test('an abort, also while it runs; the net stays usable', async () => {
    const net = createDenseNet(small);
    const data = stripes(64, 5);
    const early = await caughtLater(fit(net, data, { signal: AbortSignal.abort() }));
    expect(early.code).toBe('ABORTED');
    const controller = new AbortController();
    let steps = 0;
    const error = await caughtLater(
      fit(net, data, {
        epochs: 100,
        batchSize: 8,
        signal: controller.signal,
        onProgress: ({ done }) => {
          steps = done;
          if (done === 3) setTimeout(() => controller.abort(), 0);
        },
      }),
    );
    expect(error.code).toBe('ABORTED');
    expect(steps).toBeLessThan(20);
    expect((await net.predict(data.patches)).shape).toEqual([64, 2]);
    await fit(net, data, { epochs: 1 });
  });

  test('a loss that is no longer finite', async () => {
    const net = createDenseNet(small);
    const error = await caughtLater(
      fit(net, stripes(16, 5), { batchSize: 8, optimizer: { name: 'sgd', learningRate: 1e38 } }),
    );
    expect(error.code).toBe('TRAINING_DIVERGED');
  });

  test('another fit on the same net, and dispose', async () => {
    const net = createDenseNet(small);
    const running = fit(net, stripes(16, 5), { epochs: 1, batchSize: 8 });
    expect(await caughtLater(fit(net, stripes(16, 5)))).toMatchObject({ code: 'NET_STATE' });
    await running;
    const disposed = fit(net, stripes(16, 5), { epochs: 50, onProgress: () => net.dispose() });
    expect(await caughtLater(disposed)).toMatchObject({ code: 'NET_STATE' });
    expect(await caughtLater(net.predict(stripes(2, 5).patches))).toMatchObject({
      code: 'NET_STATE',
    });
  });
});

describe('options and data that cannot be', () => {
  const { patches, labels } = stripes(8, 6);
  test.each<[string, object]>([
    ['epochs', { epochs: 0 }],
    ['batchSize', { batchSize: 0 }],
    ['batchSize', { batchSize: 2.5 }],
    ['shuffle', { shuffle: 'yes' }],
    ['seed', { seed: 'one' }],
    ['labelSmoothing', { labelSmoothing: 1 }],
    ['classWeights', { classWeights: [1] }],
    ['classWeights', { classWeights: [1, -1] }],
    ['classWeights', { classWeights: [0, 0] }],
    ['schedule', { schedule: 'linear' }],
    ['schedule', { schedule: () => Number.NaN }],
    ['workers', { workers: 2 }],
    ['optimizer', { optimizer: 'sgd' }],
    ['name', { optimizer: { name: 'rmsprop' } }],
    ['learningRate', { optimizer: { name: 'sgd', learningRate: 0 } }],
    ['momentum', { optimizer: { name: 'sgd', momentum: 1 } }],
    ['nesterov', { optimizer: { name: 'sgd', momentum: 0, nesterov: true } }],
    ['weightDecay', { optimizer: { name: 'adam', weightDecay: -1 } }],
    ['momentum', { optimizer: { name: 'adam', momentum: 0.9 } }],
    ['nesterov', { optimizer: { name: 'adamw', nesterov: true } }],
    ['beta1', { optimizer: { name: 'sgd', beta1: 0.9 } }],
    ['epsilon', { optimizer: { name: 'adam', epsilon: 0 } }],
  ])('%s in %j', async (word, options) => {
    const error = await caughtLater(fit(createDenseNet(small), { patches, labels }, options));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(error.message).toContain(word);
  });

  test.each<[string, unknown]>([
    ['labels', { patches, labels: [0, 1] }],
    ['labels[0]', { patches, labels: [2, 1, 0, 1, 0, 1, 0, 1] }],
    ['labels', { patches }],
    ['patches', { patches: [[1]], labels }],
    ['label', { patches, labels, label: 1 }],
  ])('data: %s', async (word, data) => {
    const error = await caughtLater(fit(createDenseNet(small), data as never));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(error.message).toContain(word);
  });

  test('a last batch that no variance can be taken of', async () => {
    const net = createDenseNet({ ...small, blocks: [1, 1, 1, 1] });
    const error = await caughtLater(fit(net, stripes(9, 1), { batchSize: 8 }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(error.message).toContain('at least two patches');
  });

  test('a net of another kind', async () => {
    const error = await caughtLater(fit({} as never, { patches, labels }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});
