import { checkedLabels, type Numbers, sameLength } from '../checks.js';

/** Counts of a binary decision. */
export interface ConfusionCounts {
  /** Positives called positive. */
  tp: number;
  /** Negatives called positive. */
  fp: number;
  /** Positives called negative. */
  fn: number;
  /** Negatives called negative. */
  tn: number;
}

/**
 * Count how a binary decision agrees with the truth.
 *
 * @param labels the truth, 0 or 1 for each observation
 * @param predicted the decision, 0 or 1
 * @throws InvalidArgumentError for arrays of different length or values other than 0 and 1
 * @example
 * ```ts
 * import { confusionMatrix } from '@steatosis/stats';
 *
 * console.log(confusionMatrix([1, 1, 0, 0, 0], [1, 0, 0, 0, 1])); // { tp: 1, fp: 1, fn: 1, tn: 2 }
 * ```
 */
export function confusionMatrix(labels: Numbers, predicted: Numbers): ConfusionCounts {
  sameLength('labels', labels, 'predicted', predicted);
  const truth = checkedLabels('labels', labels);
  const decision = checkedLabels('predicted', predicted);
  const cells = [0, 0, 0, 0];
  for (let i = 0; i < truth.length; i++) cells[2 * truth[i] + decision[i]]++;
  return { tp: cells[3], fp: cells[1], fn: cells[2], tn: cells[0] };
}
