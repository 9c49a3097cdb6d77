import { logPriors } from '../base-score.js';
import { softmaxObjective } from './softmax.js';
import type { TrainingObjective } from './training-objective.js';

/** Cross entropy of several classes, labels 0 … classes − 1. */
export function crossEntropy(
  name: 'multi:softprob' | 'multi:softmax',
  classes: number,
): TrainingObjective {
  return {
    ...softmaxObjective(name, classes),
    metric: 'mlogloss',
    maxDeltaStep: 0,
    scalePosWeight: 1,
    leavesAreMedians: false,
    labelFault: (label) =>
      Number.isInteger(label) && label >= 0 && label < classes
        ? undefined
        : `labels are integers 0 … ${classes - 1}`,
    estimateBaseScores: (rows) => logPriors(rows, classes),
    writeGradients(team, { rows, margins, labels, weights, pairs, block }) {
      team.run('softmaxGradients', rows, margins, labels, weights, pairs, classes, block);
    },
  };
}
