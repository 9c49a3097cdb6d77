import fc from 'fast-check';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import {
  createDenseNet,
  densenet121,
  type DenseNet,
  type DenseNetConfig,
  lossAndGradients,
} from '../src/index.js';
import { resolveConfig } from '../src/architecture/config.js';
import { parameterSpecs } from '../src/architecture/parameters.js';
import { planNet } from '../src/architecture/plan.js';
import { summarise } from '../src/architecture/summary.js';
import { modelOf } from '../src/model/dense-net.js';
import { caught } from './caught.js';
import { fixtureJson } from './reference.js';

const params = fixtureJson('param_counts.json');

/** Planned only: the weights of the largest take 100 MB. */
function sizeOf(config: DenseNetConfig) {
  const plan = planNet(resolveConfig(config));
  return summarise(plan, parameterSpecs(plan));
}

describe('sizes of published nets', () => {
  test.each(['L100-k12', 'L190-k40', 'L250-k24'])('DenseNet-BC-%s', (name) => {
    const { blocks, params: parameters, tensors } = params[`DenseNet-BC-${name}-cifar10`];
    const growthRate = Number(name.split('-k')[1]);
    const depth = Number(/\d+/.exec(name)![0]);
    const config = { growthRate, blocks, inChannels: 3, classes: 10, inputSize: 32 };
    expect(sizeOf(config)).toMatchObject({ parameters, tensors, depth });
  });

  test.each([
    ['densenet121', 32, 64, [6, 12, 24, 16]],
    ['densenet169', 32, 64, [6, 12, 32, 32]],
    ['densenet201', 32, 64, [6, 12, 48, 32]],
    ['densenet161', 48, 96, [6, 12, 36, 24]],
  ] as const)('%s', (name, growthRate, initFeatures, blocks) => {
    const stem = 'imagenet' as const;
    const config = { growthRate, initFeatures, blocks, inChannels: 3, classes: 1000, stem };
    const { params: parameters, tensors } = params[name];
    const depth = Number(/\d+/.exec(name)![0]);
    expect(sizeOf(config)).toMatchObject({ parameters, tensors, depth });
  });
});

describe('L(L + 1)/2 connections', () => {
  test('the graph has them for any block', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        (blocks) => {
          const summary = sizeOf({ growthRate: 2, blocks });
          expect(summary.blocks.map((b) => b.connections)).toEqual(
            blocks.map((layers) => (layers * (layers + 1)) / 2),
          );
          expect(summary.connections).toBe(
            blocks.reduce((sum, layers) => sum + (layers * (layers + 1)) / 2, 0),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  /**
   * Counted in the computation itself: a layer is connected to a source when a change of the weights by
   * which its 1×1 convolution reads the source's channels can change the loss.
   */
  test('the computation uses each of them', async () => {
    const blocks = [4, 3];
    const net = createDenseNet({ growthRate: 3, blocks, inChannels: 2, seed: 5 });
    const { gradients } = await lossAndGradients(net, waves(3, 2, 8));
    const counted = modelOf(net).plan.blocks.map((block) => {
      const sources = [block.input, ...block.layers.map((layer) => layer.output)];
      return block.layers.reduce((count, layer) => {
        const gradient = gradients.get(`${layer.key}.conv1.weight`)!;
        const width = gradient.length / layer.bottleneck;
        const isRead = ({ start, channels }: (typeof sources)[number]) =>
          gradient.some((g, i) => g !== 0 && i % width >= start && i % width < start + channels);
        return count + sources.filter(isRead).length;
      }, 0);
    });
    expect(counted).toEqual([10, 6]);
    expect(counted).toEqual(net.summary().blocks.map((b) => b.connections));
  });
});

describe('initial weights', () => {
  test('the same seed gives the same net, another seed another', () => {
    const weights = (seed: number) =>
      snapshot(createDenseNet({ growthRate: 4, blocks: [2], seed }));
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)).not.toEqual(weights(2));
  });

  test('have the deviations of He and of torch', () => {
    const net = createDenseNet({ growthRate: 32, blocks: [4], seed: 1, classes: 50 });
    const { values } = modelOf(net).state;
    const deviation = (name: string) => {
      const v = values.get(name)!;
      return Math.sqrt(v.reduce((sum, x) => sum + x * x, 0) / v.length);
    };
    const conv2 = 'features.denseblock1.denselayer1.conv2.weight';
    expect(deviation(conv2) / Math.sqrt(2 / (128 * 9))).toBeCloseTo(1, 1);
    const classifier = values.get('classifier.weight')!;
    const bound = 1 / Math.sqrt(net.summary().features);
    expect(Math.max(...classifier)).toBeLessThanOrEqual(bound);
    expect(deviation('classifier.weight') / (bound / Math.sqrt(3))).toBeCloseTo(1, 1);
    expect(new Set(values.get('features.norm5.weight'))).toEqual(new Set([1]));
    expect(new Set(values.get('features.norm5.running_var'))).toEqual(new Set([1]));
    expect(new Set(values.get('classifier.bias'))).toEqual(new Set([0]));
  });
});

describe('impossible configurations', () => {
  test.each<[string, unknown]>([
    ['growthRate', 0],
    ['growthRate', 1.5],
    ['blocks', []],
    ['blocks', [3, 0]],
    ['blocks', 3],
    ['compression', 0],
    ['compression', 1.2],
    ['bnSize', 0],
    ['initFeatures', 0],
    ['inChannels', -1],
    ['classes', 1],
    ['stem', 'mnist'],
    ['inputSize', 3],
    ['inputSize', [16]],
    ['inputSize', 'large'],
    ['dropRate', 1],
    ['dropRate', Number.NaN],
    ['seed', 0.5],
    ['groth', 12],
  ])('%s: %j', (key, value) => {
    const config = { [key]: value } as DenseNetConfig;
    expect(caught(() => createDenseNet(config))).toMatchObject(invalid(key));
  });

  test('too many weights are refused before memory is taken', () => {
    const config = { growthRate: 1024, blocks: Array.from({ length: 8 }, () => 512) };
    expect(caught(() => createDenseNet(config))).toMatchObject(invalid('weights'));
  });

  test('a compression that leaves no channel', () => {
    const config = { growthRate: 1, blocks: [1, 1], initFeatures: 1, compression: 0.1 };
    expect(caught(() => createDenseNet(config))).toMatchObject(invalid('compression'));
  });

  test('an unknown option of densenet121', () => {
    expect(caught(() => densenet121({ growthRate: 4 } as never))).toMatchObject(
      invalid('growthRate'),
    );
  });
});

function waves(n: number, channels: number, size: number) {
  const length = n * channels * size * size;
  const data = Float32Array.from({ length }, (_, i) => Math.sin(i * i * 0.7));
  return {
    patches: ndarray(data, [n, channels, size, size]),
    labels: Array.from({ length: n }, (_, i) => i % 2),
  };
}

function snapshot(net: DenseNet) {
  return [...modelOf(net).state.values].map(([name, values]) => [name, ...values]);
}

const invalid = (what: string) => ({
  code: 'INVALID_ARGUMENT',
  message: expect.stringContaining(what),
});
