import { describe, expect, test } from 'vitest';
import { largestDifference, OPTIMIZERS, trainAlongCurve } from './curves.js';

/**
 * Loss curves of the paper's net run free and amplify rounding: one ReLU that changes side moves all that
 * follows, and torch's own float32 differs from its float64 by 0.28, 6e-3, 1.2e-3, 1.3e-2, 1.4e-4 and 1.1e-2
 * in the order below. So the first loss, before any update, must be exact, and the whole curve only near;
 * the tight check of the large net is that of its gradients.
 */
describe('twenty free-running steps of the paper net', () => {
  const bounds: Record<keyof typeof OPTIMIZERS, number> = {
    'sgd_lr0.1_mom0.9_nesterov_wd1e-4': 0.6,
    'sgd_lr0.05': 2e-2,
    'sgd_lr0.01': 3e-3,
    'adam_lr1e-3': 4e-2,
    'adam_lr1e-4': 5e-4,
    'adamw_lr1e-3_wd1e-2': 4e-2,
  };
  test.each(Object.entries(OPTIMIZERS))('%s', async (key, optimizer) => {
    const { history, curves } = await trainAlongCurve('paper_g12_b666_in6', optimizer);
    const reference: number[] = curves[`${key}.f64`].loss;
    expect(largestDifference(history.loss.slice(0, 1), reference.slice(0, 1))).toBeLessThan(1e-6);
    expect(largestDifference(history.loss, reference)).toBeLessThan(
      bounds[key as keyof typeof OPTIMIZERS],
    );
  });
});
