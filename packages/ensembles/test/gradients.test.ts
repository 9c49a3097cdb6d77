import { createRandom } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { EngineMemory } from '../src/engine/memory.js';
import { gradientSteps } from '../src/xgb/objectives/gradient-steps.js';

const { fround } = Math;

describe('the exponential of the kernels', () => {
  it('is the float32 nearest to that of Math.exp, from −104 to 89', () => {
    const engine = new EngineMemory();
    const count = 1 << 18;
    const from = engine.reserve(4 * count);
    const to = engine.reserve(4 * count);
    const random = createRandom(5);
    const values = engine.f32At(from, count);
    for (let i = 0; i < count; i++) values[i] = 193 * random.uniform() - 104;
    values.set([0, -0, 1e-30, -1e-8, -104, -1000, 88.72, 89, 1000, -87.5, -95]);
    (engine.kernels.exponentials as (from: number, to: number, count: number) => void)(
      from,
      to,
      count,
    );
    const found = engine.f32At(to, count);
    let different = 0;
    values.forEach((x, i) => {
      if (found[i] !== fround(Math.exp(x))) different++;
    });
    expect(different).toBe(0);
  });
});

describe('gradients', () => {
  const rows = 103;
  const classes = 3;
  const random = createRandom(9);
  const margins = Float32Array.from({ length: rows * classes }, () => 6 * random.normal());
  const weights = Float32Array.from({ length: rows }, () => random.uniform());
  const labels = Float32Array.from({ length: rows }, () => random.integer(classes));

  /** Pairs by a step, the rows shared out to `members` that take their turns. */
  function pairsOf(step: string, outputs: number, members: number, ...more: number[]) {
    const engine = new EngineMemory();
    const block = 8 * (rows + 13);
    const place = (values: Float32Array) => {
      const address = engine.reserve(values.byteLength);
      engine.f32At(address, values.length).set(values);
      return address;
    };
    const addresses = [place(margins), place(labels), place(weights)];
    const pairs = engine.reserveZeroed(block * outputs);
    const extra = outputs > 1 ? [outputs, block] : more;
    const args = Float64Array.from([rows, ...addresses, pairs, ...extra]);
    for (let index = members - 1; index >= 0; index--) {
      gradientSteps(engine)[step](index, members, args);
    }
    return Array.from({ length: outputs }, (_, k) =>
      engine.f32At(pairs + k * block, 2 * rows).slice(),
    );
  }

  const plain: Record<string, (margin: number, label: number) => [number, number]> = {
    squaredErrorGradients: (m, y) => [fround(m - y), 1],
    absoluteErrorGradients: (m, y) => [Math.sign(m - y), 1],
    poissonGradients: (m, y) => [
      fround(fround(Math.exp(m)) - y),
      fround(Math.exp(fround(m + fround(0.7)))),
    ],
    logisticGradients: (m, y) => {
      const p = fround(1 / fround(fround(fround(Math.exp(-m)) + 1) + fround(1e-16)));
      return [fround(p - y), Math.max(fround(p * fround(1 - p)), fround(1e-16))];
    },
  };

  it.each(Object.keys(plain))('%s are those of the formula to the last bit', (step) => {
    const [pairs] = pairsOf(step, 1, 1, fround(0.7));
    for (let row = 0; row < rows; row++) {
      const [g, h] = plain[step](margins[row], labels[row]);
      expect(pairs[2 * row]).toBe(fround(g * weights[row]));
      expect(pairs[2 * row + 1]).toBe(fround(h * weights[row]));
    }
    for (const members of [2, 3, 50]) {
      expect(pairsOf(step, 1, members, fround(0.7))[0]).toEqual(pairs);
    }
  });

  it('softmaxGradients are those of the formula to the last bit', () => {
    const pairs = pairsOf('softmaxGradients', classes, 1);
    for (let row = 0; row < rows; row++) {
      const own = margins.subarray(row * classes, (row + 1) * classes);
      const most = Math.max(...own, 2 ** -126);
      const powers = own.map((m) => Math.exp(fround(m - most)));
      const sum = fround(powers.reduce((total, power) => total + power, 0));
      for (let k = 0; k < classes; k++) {
        const p = fround(powers[k] / sum);
        const h = fround(fround(fround(2 * p) * fround(1 - p)) * weights[row]);
        const g = fround((labels[row] === k ? fround(p - 1) : p) * weights[row]);
        expect(pairs[k][2 * row]).toBe(g);
        expect(pairs[k][2 * row + 1]).toBe(Math.max(h, fround(1e-16)));
      }
    }
    for (const members of [2, 5])
      expect(pairsOf('softmaxGradients', classes, members)).toEqual(pairs);
  });
});
