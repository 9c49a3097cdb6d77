import { crossEntropy } from './cross-entropy.js';
import { absoluteError, logistic, poisson, squaredError } from './pointwise.js';
import type { TrainingObjective } from './training-objective.js';

/** XGBoost's names of the losses that can be minimised. */
export type ObjectiveName =
  | 'binary:logistic'
  | 'multi:softprob'
  | 'multi:softmax'
  | 'reg:squarederror'
  | 'reg:absoluteerror'
  | 'count:poisson';

/** What some losses need to know. */
export interface ObjectiveFacts {
  /** Number of classes, for the losses of several. */
  readonly classes: number;
  /** Factor on the weights of rows of label 1, for `binary:logistic`. */
  readonly scalePosWeight: number;
  /** Greatest step of a leaf, for `count:poisson`; absent: 0.7. */
  readonly maxDeltaStep: number | undefined;
}

/** The loss of that name. */
export function objectiveFor(name: ObjectiveName, facts: ObjectiveFacts): TrainingObjective {
  switch (name) {
    case 'binary:logistic':
      return logistic(facts.scalePosWeight);
    case 'multi:softprob':
    case 'multi:softmax':
      return crossEntropy(name, facts.classes);
    case 'reg:squarederror':
      return squaredError();
    case 'reg:absoluteerror':
      return absoluteError();
    default:
      return poisson(facts.maxDeltaStep);
  }
}
