import { argsort } from '../numeric/argsort.js';

/** How each observation stands to the other class. */
export interface Placements {
  /** Weighted share of pairs that the positive wins, ties half. */
  auc: number;
  /**
   * How much the share of pairs won by each observation lies above the AUC, in units of 1/(2MN): a positive wins by
   * scoring above negatives, a negative by scoring below positives. Whole numbers without weights.
   */
  deviations: Float64Array;
  /** 2MN of the classes' total weights M and N. */
  unit: number;
}

/**
 * DeLong's placement values (V₁₀ of positives, V₀₁ of negatives) about their mean, in the order of observations.
 *
 * @param classes 0 or 1, both present
 * @param scores without NaN
 * @param weights above 0; 1 when absent
 * @internal
 */
export function placements(
  classes: Uint8Array,
  scores: Float64Array,
  weights?: Float64Array,
): Placements {
  const n = scores.length;
  const order = argsort(scores);
  const total = totalWeights(classes, weights);
  const deviations = new Float64Array(n);
  // Of the negatives below and the positives below the score at hand.
  const below = new RunningSum();
  const positivesBelow = new RunningSum();
  const won = new RunningSum();
  for (let first = 0; first < n;) {
    const score = scores[order[first]];
    let positives = 0;
    let negatives = 0;
    let next = first;
    for (; next < n && scores[order[next]] === score; next++) {
      const i = order[next];
      const weight = weights === undefined ? 1 : weights[i];
      if (classes[i] === 1) positives += weight;
      else negatives += weight;
    }
    const ofPositive = 2 * below.total() + negatives;
    const ofNegative = 2 * (total.positives - positivesBelow.total()) - positives;
    for (let k = first; k < next; k++) {
      const i = order[k];
      deviations[i] = classes[i] === 1 ? ofPositive : ofNegative;
    }
    won.add(positives * ofPositive);
    below.add(negatives);
    positivesBelow.add(positives);
    first = next;
  }
  const twiceWon = won.total();
  const { positives, negatives } = total;
  for (let i = 0; i < n; i++) {
    deviations[i] = deviations[i] * (classes[i] === 1 ? positives : negatives) - twiceWon;
  }
  const unit = 2 * positives * negatives;
  return { auc: twiceWon / unit, deviations, unit };
}

/** Σ weights of either class. */
export function totalWeights(
  classes: Uint8Array,
  weights?: Float64Array,
): { positives: number; negatives: number } {
  const sums = [new RunningSum(), new RunningSum()];
  for (let i = 0; i < classes.length; i++) {
    sums[classes[i]].add(weights === undefined ? 1 : weights[i]);
  }
  return { positives: sums[1].total(), negatives: sums[0].total() };
}

/** A compensated sum of numbers that come one by one (Neumaier 1974). */
export class RunningSum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const next = this.#sum + value;
    this.#lost +=
      Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - next + value : value - next + this.#sum;
    this.#sum = next;
  }

  total(): number {
    return this.#sum + this.#lost;
  }
}
