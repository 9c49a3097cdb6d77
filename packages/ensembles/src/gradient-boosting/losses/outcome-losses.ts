import { type Loss, weightedMean, type WeighedTargets } from './loss.js';
import { interpolatedPercentile, weightedPercentile } from './percentile.js';

/** Raw predictions are outcomes; an outcome's percentile begins, interpolated where no weights are given. */
function percentileOf({ y, weights }: WeighedTargets, percent: number): Float64Array {
  return Float64Array.of(
    weights ? weightedPercentile(y, weights, percent) : interpolatedPercentile(y, percent),
  );
}

/** Squared error. */
export const squaredError: Loss = {
  outputs: 1,
  initial: ({ y, weights }) => Float64Array.of(weightedMean(y, weights)),
  residuals(y, raw, _output, target) {
    for (let row = 0; row < y.length; row++) target[row] = y[row] - raw[row];
  },
  of: (y, raw, row) => (y[row] - raw[row]) ** 2,
  step: 'mean',
};

/** Absolute error; leaves take medians. */
export const absoluteError: Loss = {
  outputs: 1,
  initial: (targets) => percentileOf(targets, 50),
  residuals(y, raw, _output, target) {
    for (let row = 0; row < y.length; row++) target[row] = raw[row] > y[row] ? -1 : 1;
  },
  of: (y, raw, row) => Math.abs(y[row] - raw[row]),
  step: { kind: 'location', of: (values, weights) => weightedPercentile(values, weights, 50) },
};

/** Pinball loss of a quantile: α · u where the outcome is u above the prediction, (1 − α) · u below. */
export function quantileLoss(alpha: number): Loss {
  const percent = 100 * alpha;
  return {
    outputs: 1,
    initial: (targets) => percentileOf(targets, percent),
    residuals(y, raw, _output, target) {
      for (let row = 0; row < y.length; row++) {
        target[row] = y[row] >= raw[row] ? alpha : -(1 - alpha);
      }
    },
    of: (y, raw, row) =>
      y[row] >= raw[row] ? alpha * (y[row] - raw[row]) : (1 - alpha) * (raw[row] - y[row]),
    step: {
      kind: 'location',
      of: (values, weights) => weightedPercentile(values, weights, percent),
    },
  };
}

/** Huber's loss: squared below δ, linear above; δ is the α-quantile of the absolute errors before each round. */
export function huberLoss(alpha: number): Loss {
  let delta = 0;
  return {
    outputs: 1,
    initial: (targets) => percentileOf(targets, 50),
    prepare({ y, weights }, raw) {
      delta = weightedPercentile(
        y.map((outcome, row) => Math.abs(outcome - raw[row])),
        weights,
        100 * alpha,
      );
    },
    residuals(y, raw, _output, target) {
      for (let row = 0; row < y.length; row++) {
        target[row] = Math.min(Math.max(y[row] - raw[row], -delta), delta);
      }
    },
    of(y, raw, row) {
      const error = Math.abs(y[row] - raw[row]);
      return error <= delta ? 0.5 * error ** 2 : delta * (error - 0.5 * delta);
    },
    step: {
      kind: 'location',
      of(values, weights) {
        const median = weightedPercentile(values, weights, 50);
        const bounded = values.map((value) => Math.min(Math.max(value - median, -delta), delta));
        return median + weightedMean(bounded, weights);
      },
    },
  };
}
