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
  /** Weight and weighted target of row r at 2r and 2r + 1; undefined if all weights are 1. */
  readonly #pairs: Float64Array | undefined;

  constructor(targets: Float64Array, weights: Float64Array | undefined) {
    this.#targets = targets;
    if (!weights) return;
    this.#pairs = new Float64Array(targets.length * 2);
    for (let row = 0; row < targets.length; row++) {
      this.#pairs[2 * row] = weights[row];
      this.#pairs[2 * row + 1] = weights[row] * targets[row];
    }
  }

  open(order: Int32Array, start: number, end: number): void {
    const { sum, weight, squares } = this.#sums(order, start, end);
    this.weight = weight;
    this.#sum = sum;
    this.#squares = squares;
    this.impurity = squares / weight - (sum / weight) ** 2;
  }

  value(target: Float64Array, at: number): void {
    target[at] = this.#sum / this.weight;
  }

  scan(sorted: SortedFeature, minSamplesLeaf: number, best: BestSplit): void {
    if (this.#pairs) this.#scanWeighted(this.#pairs, sorted, minSamplesLeaf, best);
    else this.#scanPlain(sorted, minSamplesLeaf, best);
  }

  childImpurities(order: Int32Array, start: number, middle: number): [number, number] {
    const { sum, weight, squares } = this.#sums(order, start, middle);
    const otherWeight = this.weight - weight;
    return [
      squares / weight - (sum / weight) ** 2,
      (this.#squares - squares) / otherWeight - ((this.#sum - sum) / otherWeight) ** 2,
    ];
  }

  #sums(
    order: Int32Array,
    start: number,
    end: number,
  ): { sum: number; weight: number; squares: number } {
    const pairs = this.#pairs;
    const targets = this.#targets;
    let sum = 0;
    let weight = pairs ? 0 : end - start;
    let squares = 0;
    for (let i = start; i < end; i++) {
      const row = order[i];
      const weighted = pairs ? pairs[2 * row + 1] : targets[row];
      if (pairs) weight += pairs[2 * row];
      sum += weighted;
      squares += weighted * targets[row];
    }
    return { sum, weight, squares };
  }

  #scanWeighted(
    pairs: Float64Array,
    sorted: SortedFeature,
    minSamplesLeaf: number,
    best: BestSplit,
  ): void {
    const { values, valuesAt, order, start, end } = sorted;
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

  /** As {@link SquaredError.#scanWeighted} where all weights are 1: with half the memory traffic, twice as fast. */
  #scanPlain(sorted: SortedFeature, minSamplesLeaf: number, best: BestSplit): void {
    const { values, valuesAt, order, start, end } = sorted;
    const targets = this.#targets;
    const totalSum = this.#sum;
    const totalWeight = this.weight;
    const last = end - minSamplesLeaf;
    let bound = best.score * CLEARLY_WORSE;
    let sum = 0;
    let previous = values[valuesAt + order[start]];
    for (let i = start; i < end; i++) {
      const row = order[i];
      const value = values[valuesAt + row];
      if (value > fround(previous + FEATURE_THRESHOLD)) {
        const weight = i - start;
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
      sum += targets[row];
    }
  }
}
