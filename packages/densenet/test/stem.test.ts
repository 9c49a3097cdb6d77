/**
 * The 'imagenet' stem against a plain float64 version of itself: values directly, gradients by central
 * differences of that version.
 */
import { describe, expect, test } from 'vitest';
import { resolveConfig, spatialSizes } from '../src/architecture/config.js';
import { parameterSpecs } from '../src/architecture/parameters.js';
import { planNet } from '../src/architecture/plan.js';
import { onBackend, startBackend } from '../src/engine/backend.js';
import { newImages } from '../src/kernels/matrix.js';
import { Scratch } from '../src/kernels/scratch.js';
import { newMoments } from '../src/kernels/statistics.js';
import { stem, stemBackward } from '../src/layers/stem.js';
import { newState } from '../src/model/state.js';
import { formula, relativeError } from './reference.js';
import { createRandom } from '@steatosis/core';

describe.each([
  [8, 6],
  [7, 9],
])('%i×%i pixels', (height, width) => {
  const images = 2;
  const config = resolveConfig({
    stem: 'imagenet',
    inChannels: 2,
    initFeatures: 3,
    growthRate: 2,
    blocks: [1],
  });
  const plan = planNet(config);
  const sizes = spatialSizes(config, height, width);
  const [h, w] = sizes.blocks[0];
  const state = newState(parameterSpecs(plan));
  const weights = {
    filter: formula('filter', 1, 3 * 2 * 49),
    gamma: formula('gamma', 1, 3).map((v) => 1 + 0.3 * v),
    beta: formula('beta', 1, 3).map((v) => 0.3 * v),
  };
  const input = formula('input', 1, images * height * width * 2);
  const direction = formula('direction', 1, images * h * w * 3);

  const run = async () => {
    await startBackend();
    state.values.get('features.conv0.weight')!.set(weights.filter);
    state.values.get('features.norm0.weight')!.set(weights.gamma);
    state.values.get('features.norm0.bias')!.set(weights.beta);
    const scratch = new Scratch();
    const x = newImages(images, height, width, 2);
    x.data.set(input);
    const features = newImages(images, h, w, plan.blocks[0].channels);
    const training = { random: createRandom(1), dropRate: 0, observed: [] };
    const gradients = new Map<string, Float32Array>();
    onBackend(() => {
      const pass = { state, scratch, training };
      const moments = newMoments(plan.blocks[0].channels);
      const tape = stem(pass, plan, x, sizes.convolution, features, moments);
      const ofFeatures = newImages(images, h, w, plan.blocks[0].channels);
      direction.forEach((v, i) => {
        ofFeatures.data[Math.floor(i / 3) * ofFeatures.stride + (i % 3)] = v;
      });
      stemBackward({ state, scratch, gradients }, plan, tape, ofFeatures);
    });
    return { features, gradients };
  };

  const plain = (parts: typeof weights) => plainStem(parts, input, images, height, width);

  test('values', async () => {
    const { features } = await run();
    const expected = plain(weights);
    const found = expected.map(
      (_, i) => features.data[Math.floor(i / 3) * features.stride + (i % 3)],
    );
    expect(relativeError(found, expected)).toBeLessThan(1e-6);
  });

  test('gradients', async () => {
    const { gradients } = await run();
    const names = {
      filter: 'features.conv0.weight',
      gamma: 'features.norm0.weight',
      beta: 'features.norm0.bias',
    } as const;
    const loss = (parts: typeof weights) =>
      plain(parts).reduce((sum, v, i) => sum + v * direction[i], 0);
    for (const key of ['filter', 'gamma', 'beta'] as const) {
      const numeric = weights[key].map((_, i) => {
        const moved = (step: number) => ({
          ...weights,
          [key]: weights[key].map((v, j) => (j === i ? v + step : v)),
        });
        return (loss(moved(1e-6)) - loss(moved(-1e-6))) / 2e-6;
      });
      expect(relativeError(gradients.get(names[key])!, numeric), key).toBeLessThan(1e-5);
    }
  });
});

/** conv 7×7/2 – BN – ReLU – max pool 3×3/2 of [images, height, width, 2], to [images, h, w, 3]. */
function plainStem(
  { filter, gamma, beta }: { filter: Float64Array; gamma: Float64Array; beta: Float64Array },
  input: Float64Array,
  images: number,
  height: number,
  width: number,
): number[] {
  const [ch, cw] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const convolved = new Float64Array(images * ch * cw * 3);
  for (let n = 0, i = 0; n < images; n++) {
    for (let y = 0; y < ch; y++) {
      for (let x = 0; x < cw; x++) {
        for (let o = 0; o < 3; o++, i++) {
          for (let c = 0; c < 2; c++) {
            for (let a = 0; a < 7; a++) {
              for (let b = 0; b < 7; b++) {
                const [iy, ix] = [2 * y + a - 3, 2 * x + b - 3];
                if (iy < 0 || ix < 0 || iy >= height || ix >= width) continue;
                const value = input[((n * height + iy) * width + ix) * 2 + c];
                convolved[i] += value * filter[(o * 2 + c) * 49 + a * 7 + b];
              }
            }
          }
        }
      }
    }
  }
  const count = convolved.length / 3;
  const activation = new Float64Array(convolved.length);
  for (let o = 0; o < 3; o++) {
    const column = convolved.filter((_, i) => i % 3 === o);
    const mean = column.reduce((a, b) => a + b) / count;
    const variance = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / count;
    column.forEach((v, i) => {
      const normal = (v - mean) / Math.sqrt(variance + 1e-5);
      activation[i * 3 + o] = Math.max(normal * gamma[o] + beta[o], 0);
    });
  }
  const out: number[] = [];
  for (let n = 0; n < images; n++) {
    for (let y = 0; y < Math.ceil(ch / 2); y++) {
      for (let x = 0; x < Math.ceil(cw / 2); x++) {
        for (let o = 0; o < 3; o++) {
          let best = 0;
          for (let a = Math.max(2 * y - 1, 0); a <= Math.min(2 * y + 1, ch - 1); a++) {
            for (let b = Math.max(2 * x - 1, 0); b <= Math.min(2 * x + 1, cw - 1); b++) {
              best = Math.max(best, activation[((n * ch + a) * cw + b) * 3 + o]);
            }
          }
          out.push(best);
        }
      }
    }
  }
  return out;
}
