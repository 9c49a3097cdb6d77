import type { Objective } from './objective.js';

const { fround } = Math;

/**
 * Losses of several classes: `multi:softprob` predicts probabilities, `multi:softmax` the class.
 *
 * Base scores are margins, one per class.
 */
export function softmaxObjective(
  name: 'multi:softprob' | 'multi:softmax',
  classes: number,
): Objective {
  return {
    name,
    outputs: classes,
    stored: { softmax_multiclass_param: { num_class: String(classes) } },
    predictionsOf: (margins) =>
      name === 'multi:softprob' ? softmax(margins, classes) : argmax(margins, classes),
    scoresOf: (margins) => softmax(margins, classes),
    marginOf: fround,
    isBaseScore: (baseScore) => Number.isFinite(fround(baseScore)),
  };
}

/** Each row's exponentials over their sum, in place; the sum is a double as in XGBoost. */
function softmax(margins: Float32Array, classes: number): Float32Array {
  for (let row = 0; row < margins.length; row += classes) {
    const end = row + classes;
    let most = margins[row];
    for (let i = row + 1; i < end; i++) most = Math.max(most, margins[i]);
    let sum = 0;
    for (let i = row; i < end; i++) {
      margins[i] = Math.exp(fround(margins[i] - most));
      sum += margins[i];
    }
    const divisor = fround(sum);
    for (let i = row; i < end; i++) margins[i] = margins[i] / divisor;
  }
  return margins;
}

/** The class with the greatest margin, the lowest of equal ones. */
function argmax(margins: Float32Array, classes: number): Float32Array {
  const best = new Float32Array(margins.length / classes);
  for (let row = 0; row < best.length; row++) {
    let at = row * classes;
    for (let i = at + 1; i < (row + 1) * classes; i++) if (margins[i] > margins[at]) at = i;
    best[row] = at - row * classes;
  }
  return best;
}
