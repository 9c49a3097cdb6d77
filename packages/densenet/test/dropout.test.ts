import { createRandom } from '@steatosis/core';
import ndarray from 'ndarray';
import { expect, test } from 'vitest';
import { createDenseNet, lossAndGradients } from '../src/index.js';
import { dropFeatures, keptFeatures } from '../src/layers/dropout.js';
import { modelOf } from '../src/model/dense-net.js';

const config = { growthRate: 4, blocks: [3, 2], inChannels: 1, classes: 2, seed: 2 };
const patches = ndarray(
  Float32Array.from({ length: 4 * 64 }, (_, i) => Math.sin(i * i * 0.3)),
  [4, 1, 8, 8],
);
const data = { patches, labels: [0, 1, 1, 0] };

test('drops the asked share, keeps the expectation', () => {
  const kept = keptFeatures(createRandom(1), 0.3, 100_000);
  const share = kept.reduce((sum, keep) => sum + keep, 0) / kept.length;
  expect(share).toBeCloseTo(0.7, 2);
  const values = new Float32Array(kept.length).fill(1);
  dropFeatures(values, kept, 0.3);
  expect(values.reduce((sum, v) => sum + v, 0) / kept.length).toBeCloseTo(1, 1);
  expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
});

test('changes training but not prediction', async () => {
  const dropping = createDenseNet({ ...config, dropRate: 0.4 });
  const keeping = createDenseNet(config);
  expect((await dropping.logits(patches)).data).toEqual((await keeping.logits(patches)).data);
  const { loss } = await lossAndGradients(keeping, data);
  const first = await lossAndGradients(dropping, data, { seed: 1 });
  expect(first.loss).not.toBe(loss);
  expect((await lossAndGradients(dropping, data, { seed: 1 })).loss).toBe(first.loss);
  expect((await lossAndGradients(dropping, data, { seed: 2 })).loss).not.toBe(first.loss);
});

/** With the same features dropped, the loss rises along the gradient as the gradient says. */
test('its gradients are those of the loss', async () => {
  const net = createDenseNet({ ...config, dropRate: 0.4 });
  const { gradients } = await lossAndGradients(net, data, { seed: 3 });
  const { values } = modelOf(net).state;
  for (const name of [
    'features.conv0.weight',
    'features.denseblock1.denselayer2.conv2.weight',
    'features.denseblock1.denselayer3.norm1.bias',
    'features.transition1.conv.weight',
  ]) {
    const weights = values.get(name)!;
    const before = weights.slice();
    const gradient = gradients.get(name)!;
    const length = Math.hypot(...gradient);
    const lossAt = async (step: number) => {
      weights.set(before.map((w, i) => w + (step * gradient[i]) / length));
      return (await lossAndGradients(net, data, { seed: 3 })).loss;
    };
    const slope = ((await lossAt(1e-3)) - (await lossAt(-1e-3))) / 2e-3;
    weights.set(before);
    expect(Math.abs(slope / length - 1), name).toBeLessThan(0.02);
  }
});
