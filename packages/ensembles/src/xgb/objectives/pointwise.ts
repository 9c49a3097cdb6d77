import { meanLabel, medianLabel, newtonProbability } from '../base-score.js';
import { identity, logarithm, logit } from './links.js';
import { oneOutput } from './objective-named.js';
import type { TrainingObjective } from './training-objective.js';

const { fround } = Math;

/** XGBoost's `kRtEps`: a factor on positive rows nearer to 1 than this counts as none when base scores are estimated. */
const NO_FACTOR = 9.999999974752427e-7;

/** Log loss of two classes, labels 0 and 1. */
export function logistic(scalePosWeight: number): TrainingObjective {
  const factor = fround(scalePosWeight);
  return {
    ...oneOutput('binary:logistic', logit, {
      reg_loss_param: { scale_pos_weight: parameterText(factor) },
    }),
    metric: 'logloss',
    maxDeltaStep: 0,
    scalePosWeight: factor,
    leavesAreMedians: false,
    labelFault: (label) => (label === 0 || label === 1 ? undefined : 'labels are 0 or 1'),
    estimateBaseScores: (rows) =>
      Float32Array.of(
        Math.abs(factor - 1) > NO_FACTOR ? newtonProbability(rows, factor) : meanLabel(rows),
      ),
    writeGradients(team, { rows, margins, labels, weights, pairs }) {
      team.run('logisticGradients', rows, margins, labels, weights, pairs);
    },
  };
}

/** Half the squared error. */
export function squaredError(): TrainingObjective {
  return {
    ...oneOutput('reg:squarederror', identity, { reg_loss_param: { scale_pos_weight: '1' } }),
    metric: 'rmse',
    maxDeltaStep: 0,
    scalePosWeight: 1,
    leavesAreMedians: false,
    labelFault: anyLabel,
    estimateBaseScores: (rows) => Float32Array.of(meanLabel(rows)),
    writeGradients(team, { rows, margins, labels, weights, pairs }) {
      team.run('squaredErrorGradients', rows, margins, labels, weights, pairs);
    },
  };
}

/**
 * Counts: the deviance of a Poisson distribution, whose mean is e^margin.
 *
 * @param maxDeltaStep greatest step of a leaf; XGBoost's 0.7 unless it is given
 */
export function poisson(maxDeltaStep = 0.7): TrainingObjective {
  const step = fround(maxDeltaStep);
  return {
    ...oneOutput('count:poisson', logarithm, {
      poisson_regression_param: { max_delta_step: parameterText(step) },
    }),
    metric: 'poisson-nloglik',
    maxDeltaStep: step,
    scalePosWeight: 1,
    leavesAreMedians: false,
    labelFault: (label) => (label >= 0 ? undefined : 'counts are ≥ 0'),
    estimateBaseScores: (rows) => Float32Array.of(meanLabel(rows)),
    writeGradients(team, { rows, margins, labels, weights, pairs }) {
      team.run('poissonGradients', rows, margins, labels, weights, pairs, step);
    },
  };
}

/** Absolute error: trees are grown by its gradient, leaves then hold medians. */
export function absoluteError(): TrainingObjective {
  return {
    ...oneOutput('reg:absoluteerror', identity, {}),
    metric: 'mae',
    maxDeltaStep: 0,
    scalePosWeight: 1,
    leavesAreMedians: true,
    labelFault: anyLabel,
    estimateBaseScores: (rows) => Float32Array.of(medianLabel(rows)),
    writeGradients(team, { rows, margins, labels, weights, pairs }) {
      team.run('absoluteErrorGradients', rows, margins, labels, weights, pairs);
    },
  };
}

function anyLabel(): undefined {
  return undefined;
}

/** A float32 with nine significant digits, as XGBoost writes parameters. */
function parameterText(value: number): string {
  return String(Number(value.toPrecision(9)));
}
