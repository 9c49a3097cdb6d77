import { logGamma } from './log-gamma.js';
import type { Metric, MetricName, ScoredRows } from './metric.js';

const { fround } = Math;

/** float32 of 1e-16: probabilities count as at least that. */
const LEAST = 1.0000000168623835e-16;

/** Loss of one row; `at` is where its predictions begin. Float32 as in XGBoost. */
type RowLoss = (predictions: Float32Array, at: number, label: number, outputs: number) => number;

/** The weighted mean of a loss over the rows. */
function meanLoss(
  name: MetricName,
  outputs: Metric['outputs'],
  loss: RowLoss,
  final: (mean: number) => number = (mean) => mean,
): Metric {
  return {
    name,
    maximise: false,
    outputs,
    evaluate: (rows) => final(weightedMean(rows, loss)),
  };
}

/** Negative log likelihood of two classes. */
export function logLoss(): Metric {
  return meanLoss('logloss', 'one', (predictions, at, label) => {
    const p = predictions[at];
    return fround(logTerm(fround(-label), p) + logTerm(fround(-fround(1 - label)), fround(1 - p)));
  });
}

/** Share of rows on the wrong side of the threshold; a row at the threshold counts as negative. */
export function errorRate(name: 'error' | `error@${number}`, threshold: number): Metric {
  const limit = fround(threshold);
  return meanLoss(name, 'one', (predictions, at, label) =>
    predictions[at] > limit ? fround(1 - label) : label,
  );
}

/** Negative log likelihood of several classes. */
export function multiclassLogLoss(): Metric {
  return meanLoss('mlogloss', 'several', (predictions, at, label) =>
    fround(-Math.log(Math.max(predictions[at + label], LEAST))),
  );
}

/** Share of rows whose most probable class, the lowest of equal ones, is not their label. */
export function multiclassError(): Metric {
  return meanLoss('merror', 'several', (predictions, at, label, outputs) => {
    let best = 0;
    for (let k = 1; k < outputs; k++) {
      if (predictions[at + k] > predictions[at + best]) best = k;
    }
    return best === label ? 0 : 1;
  });
}

/** Root of the mean squared error. */
export function rootMeanSquare(): Metric {
  return meanLoss(
    'rmse',
    'one',
    (predictions, at, label) => {
      const difference = fround(label - predictions[at]);
      return fround(difference * difference);
    },
    Math.sqrt,
  );
}

/** Mean absolute error. */
export function meanAbsolute(): Metric {
  return meanLoss('mae', 'one', (predictions, at, label) =>
    Math.abs(fround(label - predictions[at])),
  );
}

/** Negative log likelihood of counts. */
export function poissonLogLikelihood(): Metric {
  return meanLoss('poisson-nloglik', 'one', (predictions, at, label) => {
    const mean = Math.max(predictions[at], LEAST);
    const constant = fround(logGamma(fround(label + 1)));
    return fround(fround(constant + mean) - fround(fround(Math.log(mean)) * label));
  });
}

/** weight · ln(p), 0 where the weight is 0. */
function logTerm(weight: number, p: number): number {
  return weight === 0 ? 0 : fround(weight * fround(Math.log(Math.max(p, LEAST))));
}

function weightedMean(
  { predictions, outputs, labels, weights }: ScoredRows,
  loss: RowLoss,
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights ? weights[row] : 1;
    sum += fround(loss(predictions, row * outputs, labels[row], outputs) * weight);
    total += weight;
  }
  return total === 0 ? sum : sum / total;
}
