import { describe, expect, test } from 'vitest';
import { modelOf } from '../src/model/dense-net.js';
import { createOptimizer } from '../src/training/optimizer.js';
import { largestDifference, OPTIMIZERS, trainAlongCurve } from './curves.js';
import { formulaPatches, relativeError } from './reference.js';

describe('twenty free-running steps of the tiny net follow torch in float64', () => {
  test.each(Object.entries(OPTIMIZERS))('%s', async (key, optimizer) => {
    const { net, history, curves, meta } = await trainAlongCurve('tiny_g4_b22_in1', optimizer);
    const reference = curves[`${key}.f64`];
    expect(largestDifference(history.loss, reference.loss)).toBeLessThan(1e-6);
    const input = formulaPatches('input', meta.seed, [meta.batch, 1, 16, 16]);
    const logits = await net.logits(input);
    expect(relativeError(logits.data, reference.final_eval_logits.flat())).toBeLessThan(1e-5);
    for (const [name, norm] of Object.entries(reference.final_l2)) {
      const values = modelOf(net).state.values.get(name);
      if (values)
        expect(Math.abs(Math.hypot(...values) / Number(norm) - 1), name).toBeLessThan(1e-5);
    }
  });
});

describe('one tensor by hand', () => {
  const run = (
    optimizer: ReturnType<typeof createOptimizer>,
    gradients: number[],
    rate: number,
  ) => {
    const weights = Float32Array.of(1);
    for (const gradient of gradients) {
      optimizer.begin();
      optimizer.step('w', weights, Float32Array.of(gradient), rate);
    }
    return weights[0];
  };

  test('momentum keeps a share of the last step', () => {
    // v = 1, then 0.5·1 + 1 = 1.5; the steps are 0.1 and 0.15.
    const optimizer = createOptimizer({
      name: 'sgd',
      momentum: 0.5,
      nesterov: false,
      weightDecay: 0,
    });
    expect(run(optimizer, [1, 1], 0.1)).toBeCloseTo(0.75, 6);
  });

  test('Nesterov looks ahead', () => {
    // Steps of 0.1·(1 + 0.5·1) and 0.1·(1 + 0.5·1.5).
    const optimizer = createOptimizer({ name: 'sgd', momentum: 0.5, weightDecay: 0 });
    expect(run(optimizer, [1, 1], 0.1)).toBeCloseTo(0.675, 6);
  });

  test('weight decay is a gradient for sgd and adam, and a shrinkage for adamw', () => {
    const sgd = createOptimizer({ name: 'sgd', momentum: 0, weightDecay: 0.5 });
    expect(run(sgd, [0], 0.1)).toBeCloseTo(0.95, 6);
    const adam = createOptimizer({ name: 'adam', weightDecay: 0.5 });
    expect(run(adam, [0], 0.1)).toBeCloseTo(0.9, 6);
    const adamw = createOptimizer({ name: 'adamw', weightDecay: 0.5 });
    expect(run(adamw, [0], 0.1)).toBeCloseTo(0.95, 6);
  });
});
