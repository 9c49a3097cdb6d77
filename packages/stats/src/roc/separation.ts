import { sortUpwards } from '../numeric/sort.js';
import { sumOfSquares } from './sum-of-squares.js';
import { type Tally, tallied } from './tally.js';

/** What the scores of two classes say about their separation. */
export interface Separation {
  /** Probability that a positive scores above a negative, ties counted half. */
  auc: number;
  /** DeLong's S₁₀/m + S₀₁/n; NaN with fewer than two of either class. */
  variance: number;
}

/**
 * AUC and its variance by DeLong et al. (1988) in O(n log n) at most: every class is sorted and the two are merged, or,
 * where scores take few values, counted at each. Counts of won pairs stay whole numbers until the division.
 *
 * The placement value of a positive is the share of negatives that it beats (ties half), that of a negative
 * the share of positives that beat it; AUC is the mean of either, S₁₀ and S₀₁ are their variances.
 *
 * @param classes 0 or 1, both present
 * @param scores without NaN
 * @internal
 */
export function separation(
  classes: Uint8Array,
  scores: Float64Array,
  positives: number,
): Separation {
  const tally = tallied(classes, scores);
  if (tally !== undefined) return ofTally(tally);
  const ones = new Float64Array(positives);
  const zeros = new Float64Array(classes.length - positives);
  for (let i = 0, one = 0, zero = 0; i < classes.length; i++) {
    if (classes[i] === 1) ones[one++] = scores[i];
    else zeros[zero++] = scores[i];
  }
  return ofSorted(sortUpwards(ones), sortUpwards(zeros));
}

function ofTally({ positives, negatives }: Tally): Separation {
  const levels = positives.length;
  const below = new Float64Array(levels);
  const above = new Float64Array(levels);
  let m = 0;
  let n = 0;
  let twiceWon = 0;
  for (let k = 0; k < levels; k++) {
    below[k] = 2 * n + negatives[k];
    twiceWon += positives[k] * below[k];
    m += positives[k];
    n += negatives[k];
  }
  for (let k = levels - 1, twice = 0; k >= 0; k--) {
    above[k] = twice + positives[k];
    twice += 2 * positives[k];
  }
  return separationOf(m, n, twiceWon, {
    won: sumOfSquares(below, m, twiceWon, positives),
    lost: sumOfSquares(above, n, twiceWon, negatives),
  });
}

/** Overwrites the sorted scores by twice their counts of pairs won. */
function ofSorted(positives: Float64Array, negatives: Float64Array): Separation {
  const twiceWon = placeSorted(positives, negatives);
  const m = positives.length;
  const n = negatives.length;
  return separationOf(m, n, twiceWon, {
    won: sumOfSquares(positives, m, twiceWon),
    lost: sumOfSquares(negatives, n, twiceWon),
  });
}

/**
 * Replace each sorted score by twice the number of the other class that it wins against (a positive) or loses to (a
 * negative), ties half.
 *
 * @returns twice the pairs won by positives
 */
function placeSorted(positives: Float64Array, negatives: Float64Array): number {
  const m = positives.length;
  const n = negatives.length;
  let twiceWon = 0;
  let i = 0;
  let j = 0;
  while (i < m && j < n) {
    const score = positives[i];
    const other = negatives[j];
    if (score < other) {
      positives[i++] = 2 * j;
      twiceWon += 2 * j;
    } else if (score > other) {
      negatives[j++] = 2 * (m - i);
    } else {
      const i0 = i;
      const j0 = j;
      while (i < m && positives[i] === score) i++;
      while (j < n && negatives[j] === score) j++;
      twiceWon += (i - i0) * (j + j0);
      positives.fill(j + j0, i0, i);
      negatives.fill(2 * m - i - i0, j0, j);
    }
  }
  twiceWon += 2 * n * (m - i);
  positives.fill(2 * n, i);
  negatives.fill(0, j);
  return twiceWon;
}

function separationOf(
  m: number,
  n: number,
  twiceWon: number,
  squares: { won: number; lost: number },
): Separation {
  // Deviations are in units of 1/(2mn), so that all of them are whole numbers.
  const unit = 2 * m * n;
  const auc = twiceWon / unit;
  if (m < 2 || n < 2) return { auc, variance: Number.NaN };
  const variance =
    squares.won / unit / unit / (m - 1) / m + squares.lost / unit / unit / (n - 1) / n;
  return { auc, variance };
}
