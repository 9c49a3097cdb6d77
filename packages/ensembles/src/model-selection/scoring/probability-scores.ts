import { meanOverRows, needProbabilities, type Outcome } from './outcome.js';

/**
 * Mean of −ln of the probability given to the true class. Probabilities are taken for no less than 2⁻⁵² and no more
 * than 1 − 2⁻⁵², so that one certain error does not make the score infinite.
 */
export function logLoss(outcome: Outcome): number {
  const probabilities = needProbabilities('log_loss', outcome);
  const { y, classes } = outcome;
  return meanOverRows(outcome, (row) => {
    const p = probabilities[row * classes.length + classes.indexOf(y[row])];
    return -Math.log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
  });
}

/**
 * Mean squared difference between probability and truth (Brier 1950): of the second class where there are two, which
 * gives 0 … 1, summed over the classes where there are more, which gives 0 … 2.
 */
export function brier(outcome: Outcome): number {
  const probabilities = needProbabilities('brier', outcome);
  const { y, classes } = outcome;
  const columns = classes.length;
  const sum = meanOverRows(outcome, (row) =>
    classes.reduce(
      (sum, label, k) => sum + (probabilities[row * columns + k] - Number(y[row] === label)) ** 2,
      0,
    ),
  );
  return columns === 2 ? sum / 2 : sum;
}
