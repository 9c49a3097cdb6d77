import { identity, LEAST_HESSIAN, logit, sigmoid } from './links.js';
import { oneOutput } from './objective-named.js';
import type { TrainingObjective } from './training-objective.js';

const { fround } = Math;

/** Log loss of two classes. */
export function logistic(scalePosWeight: number): TrainingObjective {
  const stored = { reg_loss_param: { scale_pos_weight: String(fround(scalePosWeight)) } };
  return {
    ...oneOutput('binary:logistic', logit, stored),
    metric: 'logloss',
    gradients(margins, labels, weights, target) {
      for (let row = 0; row < margins.length; row++) {
        const p = sigmoid(margins[row]!);
        const weight = weights ? weights[row]! : 1;
        const hessian = fround(p * fround(1 - p));
        target[2 * row] = fround(p - labels[row]!) * weight;
        target[2 * row + 1] = (hessian > LEAST_HESSIAN ? hessian : LEAST_HESSIAN) * weight;
      }
    },
  };
}

/** Half the squared error. */
export function squaredError(): TrainingObjective {
  const stored = { reg_loss_param: { scale_pos_weight: '1' } };
  return {
    ...oneOutput('reg:squarederror', identity, stored),
    metric: 'rmse',
    gradients(margins, labels, weights, target) {
      for (let row = 0; row < margins.length; row++) {
        const weight = weights ? weights[row]! : 1;
        target[2 * row] = fround(margins[row]! - labels[row]!) * weight;
        target[2 * row + 1] = weight;
      }
    },
  };
}
