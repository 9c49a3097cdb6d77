import { type Loss, weightedMean, type WeighedTargets } from './loss.js';

/** Share of the rows that are of class k, kept 2⁻⁵² away from 0 and 1. */
function prior({ y, weights }: WeighedTargets, k: number): number {
  const mean = weightedMean(
    y.map((code) => Number(code === k)),
    weights,
  );
  return Math.min(Math.max(mean, Number.EPSILON), 1 - Number.EPSILON);
}

/** Binomial deviance −2 · log likelihood; y is 0 or 1 and the raw prediction is the log odds. */
export const binomialDeviance: Loss = {
  outputs: 1,
  initial(targets) {
    const p = prior(targets, 1);
    return Float64Array.of(Math.log(p / (1 - p)));
  },
  residuals(y, raw, _output, target) {
    for (let row = 0; row < y.length; row++) {
      // e^−raw would overflow, and p is e^raw to the last bit there.
      if (raw[row] > -37) {
        const power = Math.exp(-raw[row]);
        target[row] = -((1 - y[row] - y[row] * power) / (1 + power));
      } else {
        target[row] = -(Math.exp(raw[row]) - y[row]);
      }
    }
  },
  of: (y, raw, row) =>
    2 * (Math.max(raw[row], 0) + Math.log1p(Math.exp(-Math.abs(raw[row]))) - y[row] * raw[row]),
  step: {
    kind: 'newton',
    factor: 1,
    curvature(y, residual) {
      const p = y - residual;
      return p * (1 - p);
    },
  },
};

/** Exponential loss exp(−(2y − 1) · raw), whose raw prediction is half the log odds; y is 0 or 1. */
export const exponentialLoss: Loss = {
  outputs: 1,
  initial(targets) {
    const p = prior(targets, 1);
    return Float64Array.of(0.5 * Math.log(p / (1 - p)));
  },
  residuals(y, raw, _output, target) {
    for (let row = 0; row < y.length; row++) {
      target[row] = y[row] === 1 ? Math.exp(-raw[row]) : -Math.exp(raw[row]);
    }
  },
  of: (y, raw, row) => Math.exp(y[row] === 1 ? -raw[row] : raw[row]),
  step: { kind: 'newton', factor: 1, curvature: (y, residual) => (y === 1 ? residual : -residual) },
};

/** Multinomial deviance −log likelihood of K classes; probabilities are the softmax of the raw predictions. */
export function multinomialDeviance(classes: number): Loss {
  return {
    outputs: classes,
    initial(targets) {
      const logs = Float64Array.from({ length: classes }, (_, k) => Math.log(prior(targets, k)));
      const mean = logs.reduce((sum, value) => sum + value, 0) / classes;
      return logs.map((value) => value - mean);
    },
    residuals(y, raw, output, target) {
      for (let row = 0; row < y.length; row++) {
        const at = row * classes;
        const most = greatest(raw, at, classes);
        let sum = 0;
        for (let k = 0; k < classes; k++) sum += Math.exp(raw[at + k] - most);
        const p = Math.exp(raw[at + output] - most) / sum;
        target[row] = y[row] === output ? -(p - 1) : -p;
      }
    },
    of(y, raw, row) {
      const at = row * classes;
      const most = greatest(raw, at, classes);
      let sum = 0;
      for (let k = 0; k < classes; k++) sum += Math.exp(raw[at + k] - most);
      return Math.log(sum) + most - raw[at + y[row]];
    },
    step: {
      kind: 'newton',
      factor: (classes - 1) / classes,
      curvature(y, residual, output) {
        const p = Number(y === output) - residual;
        return p * (1 - p);
      },
    },
  };
}

function greatest(raw: Float64Array, at: number, count: number): number {
  let most = raw[at];
  for (let k = 1; k < count; k++) most = Math.max(most, raw[at + k]);
  return most;
}

/** Turn raw predictions, rows × K, into probabilities in place. */
export function softmaxRows(raw: Float64Array, classes: number): void {
  for (let at = 0; at < raw.length; at += classes) {
    const most = greatest(raw, at, classes);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += raw[at + k] = Math.exp(raw[at + k] - most);
    for (let k = 0; k < classes; k++) raw[at + k] /= sum;
  }
}
