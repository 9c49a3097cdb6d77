/** What the scores of two classes say about their separation. */
export interface Separation {
  /** Probability that a positive scores above a negative, ties counted half. */
  auc: number;
  /** DeLong's S₁₀/m + S₀₁/n; NaN with fewer than two of either class. */
  variance: number;
}

/**
 * AUC and its variance by DeLong et al. (1988) from the scores of each class, by sorting each class and merging:
 * O(n log n), and the count of won pairs stays a whole number until the division.
 *
 * The placement value of a positive is the share of negatives that it beats (ties half), that of a negative
 * the share of positives that beat it; AUC is the mean of either, S₁₀ and S₀₁ are their variances.
 *
 * @param positives their scores without NaN; sorted in place
 * @param negatives their scores without NaN; sorted in place
 * @internal
 */
export function separation(positives: Float64Array, negatives: Float64Array): Separation {
  positives.sort();
  negatives.sort();
  const m = positives.length;
  const n = negatives.length;
  let twiceWon = 0;
  eachScore(positives, negatives, (positivesHere, negativesHere, negativesBelow) => {
    twiceWon += positivesHere * (2 * negativesBelow + negativesHere);
  });
  const auc = twiceWon / (2 * m * n);
  const ofPositives = new Accumulator();
  const ofNegatives = new Accumulator();
  eachScore(
    positives,
    negatives,
    (positivesHere, negativesHere, negativesBelow, positivesAbove) => {
      if (positivesHere > 0) {
        const deviation = (2 * negativesBelow + negativesHere) / (2 * n) - auc;
        ofPositives.add(positivesHere * deviation * deviation);
      }
      if (negativesHere > 0) {
        const deviation = (2 * positivesAbove + positivesHere) / (2 * m) - auc;
        ofNegatives.add(negativesHere * deviation * deviation);
      }
    },
  );
  const variance =
    m < 2 || n < 2
      ? Number.NaN
      : ofPositives.total() / (m - 1) / m + ofNegatives.total() / (n - 1) / n;
  return { auc, variance };
}

/** Visit every distinct score upwards with the counts of both classes at it, below it and above it. */
function eachScore(
  positives: Float64Array,
  negatives: Float64Array,
  visit: (
    positivesHere: number,
    negativesHere: number,
    negativesBelow: number,
    positivesAbove: number,
  ) => void,
): void {
  const m = positives.length;
  const n = negatives.length;
  let i = 0;
  let j = 0;
  while (i < m || j < n) {
    const score = j === n || (i < m && positives[i] < negatives[j]) ? positives[i] : negatives[j];
    const positivesBelow = i;
    const negativesBelow = j;
    while (i < m && positives[i] === score) i++;
    while (j < n && negatives[j] === score) j++;
    visit(i - positivesBelow, j - negativesBelow, negativesBelow, m - i);
  }
}

/** A compensated sum of numbers ≥ 0 that come one by one (Kahan 1965). */
class Accumulator {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const corrected = value - this.#lost;
    const next = this.#sum + corrected;
    this.#lost = next - this.#sum - corrected;
    this.#sum = next;
  }

  total(): number {
    return this.#sum;
  }
}
