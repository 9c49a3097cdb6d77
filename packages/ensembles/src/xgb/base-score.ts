import type { TrainingObjective } from './objectives/training-objective.js';

/**
 * The base score that XGBoost estimates from the labels, as a prediction, float32.
 *
 * It is the (weighted) mean label; where positive labels weigh more (`scalePosWeight`), one Newton step from
 * margin 0 instead.
 */
export function estimateBaseScore(
  objective: TrainingObjective,
  labels: Float32Array,
  weights: Float32Array | undefined,
  newton: Float32Array | undefined,
): number {
  if (newton) return newtonStep(objective, labels, newton);
  const rows = labels.length;
  let total = rows;
  if (weights) {
    total = 0;
    for (let row = 0; row < rows; row++) total += weights[row];
  }
  let mean = 0;
  for (let row = 0; row < rows; row++) {
    mean += (labels[row] * (weights ? weights[row] : 1)) / total;
  }
  return Math.fround(mean);
}

function newtonStep(
  objective: TrainingObjective,
  labels: Float32Array,
  weights: Float32Array,
): number {
  const pairs = new Float32Array(labels.length * 2);
  objective.gradients(new Float32Array(labels.length), labels, weights, pairs);
  let gradient = 0;
  let hessian = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    gradient += pairs[i];
    hessian += pairs[i + 1];
  }
  return objective.predictionsOf(Float32Array.of(-gradient / Math.max(hessian, 1e-6)))[0]!;
}
