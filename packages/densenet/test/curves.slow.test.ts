import { describe, expect, test } from 'vitest';
import { largestDifference, OPTIMIZERS, trainAlongCurve } from './curves.js';

/**
 * Loss curves of the paper's net run free and amplify rounding: torch's own float32 and float64 differ by up to 0.28
 * (one ReLU that changes side moves all that follows). The small learning rates stay close; of the
 * others the first step, before any update, is exact and the second one close.
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
    expect(largestDifference(history.loss.slice(0, 1), reference)).toBeLessThan(1e-6);
    expect(largestDifference(history.loss, reference)).toBeLessThan(
      bounds[key as keyof typeof OPTIMIZERS],
    );
  });
});
