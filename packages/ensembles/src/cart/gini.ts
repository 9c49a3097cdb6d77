import {
  type BestSplit,
  CLEARLY_WORSE,
  type Criterion,
  FEATURE_THRESHOLD,
  type SortedFeature,
  takeSplit,
} from './criterion.js';

const { fround } = Math;

/**
 * Gini impurity 1 − Σₖ pₖ² of a node's classes. A split's score is Σₖ Wₖ² / W summed over both sides (Wₖ: weight of
 * class k, W: of all), which orders splits as the reduction of impurity does; Breiman et al. 1984.
 */
export class Gini implements Criterion {
  readonly valueLength: number;
  impurity = 0;
  weight = 0;
  /** Weight of each class in the node. */
  readonly #totals: Float64Array;
  readonly #left: Float64Array;
  /** Weight of row r if it is of class k, else 0, at r·K + k: sums then need no branch on the class. */
  readonly #byClass: Float64Array;
  /** Weight of each row, negative for class 0 of two; empty for more classes. */
  readonly #signed: Float64Array;

  constructor(codes: Int32Array, classes: number, weights: Float64Array) {
    this.valueLength = classes;
    this.#totals = new Float64Array(classes);
    this.#left = new Float64Array(classes);
    this.#byClass = new Float64Array(codes.length * classes);
    for (let row = 0; row < codes.length; row++) {
      this.#byClass[row * classes + codes[row]] = weights[row];
    }
    this.#signed =
      classes === 2
        ? weights.map((weight, row) => (codes[row] === 1 ? weight : -weight))
        : new Float64Array(0);
  }

  open(order: Int32Array, start: number, end: number): void {
    this.weight = this.#sumUp(order, start, end, this.#totals);
    this.impurity = giniOf(this.#totals, this.weight);
  }

  value(target: Float64Array, at: number): void {
    for (let k = 0; k < this.valueLength; k++) target[at + k] = this.#totals[k] / this.weight;
  }

  scan(sorted: SortedFeature, minSamplesLeaf: number, best: BestSplit): void {
    if (this.valueLength === 2) this.#scanTwo(sorted, minSamplesLeaf, best);
    else this.#scanMany(sorted, minSamplesLeaf, best);
  }

  childImpurities(order: Int32Array, start: number, middle: number): [number, number] {
    const left = this.#left;
    const weight = this.#sumUp(order, start, middle, left);
    const right = this.#totals.map((total, k) => total - left[k]);
    return [giniOf(left, weight), giniOf(right, this.weight - weight)];
  }

  #sumUp(order: Int32Array, start: number, end: number, sums: Float64Array): number {
    const classes = this.valueLength;
    sums.fill(0);
    for (let i = start; i < end; i++) {
      const at = order[i] * classes;
      for (let k = 0; k < classes; k++) sums[k] += this.#byClass[at + k];
    }
    return sums.reduce((total, sum) => total + sum, 0);
  }

  /**
   * Two classes need one number per row: with t the weight and d the difference of the classes' weights of a side,
   * Σₖ Wₖ² / W = (t + d²/t) / 2, and t adds up to the same over both sides for every split. Half the memory
   * traffic made the scan twice as fast.
   */
  #scanTwo(sorted: SortedFeature, minSamplesLeaf: number, best: BestSplit): void {
    const { values, valuesAt, order, start, end } = sorted;
    const signed = this.#signed;
    const totalWeight = this.weight;
    const totalDifference = this.#totals[1] - this.#totals[0];
    const last = end - minSamplesLeaf;
    let bound = best.score * CLEARLY_WORSE;
    let weight = 0;
    let difference = 0;
    let previous = values[valuesAt + order[start]];
    for (let i = start; i < end; i++) {
      const row = order[i];
      const value = values[valuesAt + row];
      if (value > fround(previous + FEATURE_THRESHOLD)) {
        const otherWeight = totalWeight - weight;
        const otherDifference = totalDifference - difference;
        if (
          difference * difference * otherWeight + otherDifference * otherDifference * weight >
            bound * weight * otherWeight &&
          i - start >= minSamplesLeaf &&
          i <= last
        ) {
          const score =
            (difference * difference) / weight + (otherDifference * otherDifference) / otherWeight;
          if (score > best.score) {
            takeSplit(best, score, sorted, i, previous, value);
            bound = score * CLEARLY_WORSE;
          }
        }
      }
      previous = value;
      const own = signed[row];
      weight += Math.abs(own);
      difference += own;
    }
  }

  #scanMany(sorted: SortedFeature, minSamplesLeaf: number, best: BestSplit): void {
    const { values, valuesAt, order, start, end } = sorted;
    const classes = this.valueLength;
    const left = this.#left.fill(0);
    const last = end - minSamplesLeaf;
    let leftWeight = 0;
    let previous = values[valuesAt + order[start]];
    for (let i = start; i < end; i++) {
      const row = order[i];
      const value = values[valuesAt + row];
      if (
        value > fround(previous + FEATURE_THRESHOLD) &&
        i - start >= minSamplesLeaf &&
        i <= last
      ) {
        let leftSquares = 0;
        let rightSquares = 0;
        for (let k = 0; k < classes; k++) {
          const right = this.#totals[k] - left[k];
          leftSquares += left[k] * left[k];
          rightSquares += right * right;
        }
        const score = leftSquares / leftWeight + rightSquares / (this.weight - leftWeight);
        if (score > best.score) takeSplit(best, score, sorted, i, previous, value);
      }
      previous = value;
      for (let k = 0; k < classes; k++) {
        const weight = this.#byClass[row * classes + k];
        left[k] += weight;
        leftWeight += weight;
      }
    }
  }
}

function giniOf(weights: Float64Array, total: number): number {
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  return 1 - squares / (total * total);
}
