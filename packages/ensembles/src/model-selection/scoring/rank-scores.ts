import { InvalidArgumentError } from '@steatosis/core';
import { needProbabilities, type Outcome, positiveClass } from './outcome.js';

/** Rows of one score: the weight of those that are positive and of those that are not. */
interface Tie {
  positive: number;
  negative: number;
}

/** Area under the ROC curve of the second of two classes, ties counted half; NaN without rows of both. */
export function rocAuc(outcome: Outcome): number {
  const positive = positiveClass('roc_auc', outcome, 'roc_auc_ovr or roc_auc_ovo');
  const isPositive = Array.from(outcome.y, (label) => label === positive);
  return areaUnderRoc(isPositive, needDecisions('roc_auc', outcome), outcome.weights);
}

/** Mean over the classes of the area of each against all others (macro average). */
export function rocAucOneVsRest(outcome: Outcome): number {
  const probabilities = needProbabilities('roc_auc_ovr', outcome);
  const { y, classes, weights } = outcome;
  const areas = classes.map((label, k) =>
    areaUnderRoc(
      Array.from(y, (own) => own === label),
      columnOf(probabilities, classes.length, k),
      weights,
    ),
  );
  return areas.reduce((sum, area) => sum + area, 0) / areas.length;
}

/** Mean over all pairs of classes of the area between the two (Hand and Till 2001, doi:10.1023/A:1010920819831). */
export function rocAucOneVsOne(outcome: Outcome): number {
  const probabilities = needProbabilities('roc_auc_ovo', outcome);
  const { y, classes, weights } = outcome;
  let sum = 0;
  let pairs = 0;
  classes.forEach((first, i) => {
    classes.forEach((second, j) => {
      if (i === j) return;
      const rows = Array.from(y.keys()).filter((row) => y[row] === first || y[row] === second);
      sum += areaUnderRoc(
        rows.map((row) => y[row] === first),
        rows.map((row) => probabilities[row * classes.length + i]),
        weights && rows.map((row) => weights[row]),
      );
      pairs++;
    });
  });
  return sum / pairs;
}

/**
 * Sum over the thresholds of precision times the recall gained there, without interpolation; NaN without rows of
 * the second class.
 */
export function averagePrecision(outcome: Outcome): number {
  const positive = positiveClass('average_precision', outcome, 'roc_auc_ovr');
  const isPositive = Array.from(outcome.y, (label) => label === positive);
  const ties = tiesOf(isPositive, needDecisions('average_precision', outcome), outcome.weights);
  const total = ties.reduce((sum, tie) => sum + tie.positive, 0);
  let area = 0;
  let truePositive = 0;
  let given = 0;
  for (const tie of ties.toReversed()) {
    truePositive += tie.positive;
    given += tie.positive + tie.negative;
    if (tie.positive > 0) area += (tie.positive / total) * (truePositive / given);
  }
  return total > 0 ? area : Number.NaN;
}

/** Chance that a positive row scores above a negative one, plus half that of a tie. */
function areaUnderRoc(
  isPositive: readonly boolean[],
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): number {
  let below = 0;
  let positives = 0;
  let wins = 0;
  for (const { positive, negative } of tiesOf(isPositive, scores, weights)) {
    wins += positive * (below + negative / 2);
    below += negative;
    positives += positive;
  }
  return wins / (positives * below);
}

/** Rows gathered by score, ascending. */
function tiesOf(
  isPositive: readonly boolean[],
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): Tie[] {
  const order = isPositive.map((_, row) => row).sort((a, b) => scores[a] - scores[b]);
  const ties: Tie[] = [];
  let last: number | undefined;
  for (const row of order) {
    if (scores[row] !== last) ties.push({ positive: 0, negative: 0 });
    last = scores[row];
    ties[ties.length - 1][isPositive[row] ? 'positive' : 'negative'] += weights ? weights[row] : 1;
  }
  return ties;
}

function needDecisions(name: string, { decisions }: Outcome): Float64Array {
  if (!decisions) {
    throw new InvalidArgumentError(
      'scoring',
      name,
      'a score of labels, such as balanced_accuracy: the model has neither decisionFunction nor predictProba',
    );
  }
  return decisions;
}

function columnOf(values: Float64Array, columns: number, column: number): Float64Array {
  return values.filter((_, i) => i % columns === column);
}
