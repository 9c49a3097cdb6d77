import { createRandom } from '@steatosis/core';
import type { ParameterSpec } from '../architecture/parameters.js';
import { type ModelState, tensorOf } from '../model/state.js';

/**
 * Fill a new state. Each tensor has its own random stream by its name, so that a weight does not depend
 * on which other layers there are.
 */
export function initialiseWeights(
  state: ModelState,
  specs: readonly ParameterSpec[],
  seed: number,
): void {
  const random = createRandom(seed).split('weights');
  for (const { name, shape, role } of specs) {
    if (role === 'batchesTracked') continue;
    const values = tensorOf(state.values, name);
    if (role === 'convolution') {
      const [, inputs = 1, height = 1, width = 1] = shape;
      // He et al. 2015 (doi:10.1109/ICCV.2015.123), eq. 10: deviation √(2 / fan-in).
      const deviation = Math.sqrt(2 / (inputs * height * width));
      const stream = random.split(name);
      for (let i = 0; i < values.length; i++) values[i] = stream.normal() * deviation;
    } else if (role === 'linear') {
      const bound = 1 / Math.sqrt(shape[1]);
      const stream = random.split(name);
      for (let i = 0; i < values.length; i++) values[i] = (2 * stream.uniform() - 1) * bound;
    } else if (role === 'normWeight' || role === 'runningVariance') {
      values.fill(1);
    }
  }
}
