import type { Moments } from '../kernels/statistics.js';
import type { BatchNorm, NormGradients } from '../kernels/norm-relu-backward.js';
import type { BackwardPass, Observation, Pass } from '../model/pass.js';
import { type ModelState, tensorOf } from '../model/state.js';

/** Added to the variance, as torch does. */
const EPSILON = 1e-5;
/** Share of the newest batch in the running statistics (torch's momentum). */
const MOMENTUM = 0.1;

/**
 * The normalisation of the first `channels` channels: by `moments` of the batch in training, by the
 * running statistics otherwise.
 */
export function normalisation(
  pass: Pass,
  key: string,
  channels: number,
  moments: Moments,
  count: number,
): BatchNorm {
  const { values } = pass.state;
  const weight = tensorOf(values, `${key}.weight`);
  const bias = tensorOf(values, `${key}.bias`);
  const { mean, variance } = pass.training
    ? moments
    : {
        mean: Float64Array.from(tensorOf(values, `${key}.running_mean`)),
        variance: tensorOf(values, `${key}.running_var`),
      };
  pass.training?.observed.push({ key, channels, moments, count });
  const scale = new Float64Array(channels);
  const shift = new Float64Array(channels);
  const inverseDeviation = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    inverseDeviation[c] = 1 / Math.sqrt(variance[c] + EPSILON);
    scale[c] = weight[c] * inverseDeviation[c];
    shift[c] = bias[c] - mean[c] * scale[c];
  }
  return { channels, scale, shift, mean, inverseDeviation };
}

/** Move the running statistics towards what a training pass saw; the variance unbiased, as torch keeps it. */
export function trackStatistics(state: ModelState, observed: readonly Observation[]): void {
  for (const { key, channels, moments, count } of observed) {
    const mean = tensorOf(state.values, `${key}.running_mean`);
    const variance = tensorOf(state.values, `${key}.running_var`);
    const unbiased = count / (count - 1);
    for (let c = 0; c < channels; c++) {
      mean[c] = (1 - MOMENTUM) * mean[c] + MOMENTUM * moments.mean[c];
      variance[c] = (1 - MOMENTUM) * variance[c] + MOMENTUM * moments.variance[c] * unbiased;
    }
    const counter = `${key}.num_batches_tracked`;
    state.batchesTracked.set(counter, (state.batchesTracked.get(counter) ?? 0) + 1);
  }
}

export function keepNormGradients(pass: BackwardPass, key: string, from: NormGradients): void {
  pass.gradients.set(`${key}.weight`, from.weight);
  pass.gradients.set(`${key}.bias`, from.bias);
}
