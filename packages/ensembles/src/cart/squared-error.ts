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
 * Variance of a regression's targets. A split's score is S²/W summed over both sides (S: weighted sum of targets,
 * W: weight), which orders splits as the reduction of squared error does; Breiman et al. 1984.
 */
export class SquaredError implements Criterion {
  readonly valueLength = 1;
  impurity = 0;
  weight = 0;
  #sum = 0;
  #squares = 0;
  readonly #targets: Float64Array;
  /** Weight and weighted target of row r at 2r and 2r + 1. */
  readonly #pairs: Float64Array;

  constructor(targets: Float64Array, weights: Float64Array | undefined) {
    this.#targets = targets;
    this.#pairs = new Float64Array(targets.length * 2);
    for (let row = 0; row < targets.length; row++) {
      const weight = weights ? weights[row] : 1;
      this.#pairs[2 * row] = weight;
      this.#pairs[2 * row + 1] = weight * targets[row];
    }
  }

  open(order: Int32Array, start: number, end: number): void {
    let sum = 0;
    let weight = 0;
    for (let i = start; i < end; i++) {
      weight += this.#pairs[2 * order[i]];
      sum += this.#pairs[2 * order[i] + 1];
    }
    this.weight = weight;
    this.#sum = sum;
    this.#squares = this.#squaresOf(order, start, end);
    this.impurity = this.#squares / weight - (sum / weight) ** 2;
  }

  value(target: Float64Array, at: number): void {
    target[at] = this.#sum / this.weight;
  }

  scan(sorted: SortedFeature, minSamplesLeaf: number, best: BestSplit): void {
    const { values, valuesAt, order, start, end } = sorted;
    const pairs = this.#pairs;
    const totalSum = this.#sum;
    const totalWeight = this.weight;
    const last = end - minSamplesLeaf;
    let bound = best.score * CLEARLY_WORSE;
    let sum = 0;
    let weight = 0;
    let previous = values[valuesAt + order[start]];
    for (let i = start; i < end; i++) {
      const row = order[i];
      const value = values[valuesAt + row];
      if (value > fround(previous + FEATURE_THRESHOLD)) {
        const otherSum = totalSum - sum;
        const otherWeight = totalWeight - weight;
        if (
          sum * sum * otherWeight + otherSum * otherSum * weight > bound * weight * otherWeight &&
          i - start >= minSamplesLeaf &&
          i <= last
        ) {
          const score = (sum * sum) / weight + (otherSum * otherSum) / otherWeight;
          if (score > best.score) {
            takeSplit(best, score, sorted, i, previous, value);
            bound = score * CLEARLY_WORSE;
          }
        }
      }
      previous = value;
      weight += pairs[2 * row];
      sum += pairs[2 * row + 1];
    }
  }

  childImpurities(order: Int32Array, start: number, middle: number): [number, number] {
    let sum = 0;
    let weight = 0;
    for (let i = start; i < middle; i++) {
      weight += this.#pairs[2 * order[i]];
      sum += this.#pairs[2 * order[i] + 1];
    }
    const squares = this.#squaresOf(order, start, middle);
    const otherWeight = this.weight - weight;
    return [
      squares / weight - (sum / weight) ** 2,
      (this.#squares - squares) / otherWeight - ((this.#sum - sum) / otherWeight) ** 2,
    ];
  }

  #squaresOf(order: Int32Array, start: number, end: number): number {
    let squares = 0;
    for (let i = start; i < end; i++) {
      squares += this.#pairs[2 * order[i] + 1] * this.#targets[order[i]];
    }
    return squares;
  }
}
