import type { CartMemory, ScanTask } from './cart-memory.js';
import type { Criterion, Sides } from './criterion.js';

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
  /** A power of two that the targets are divided by, so that products of their sums neither overflow nor vanish. */
  #unit = 1;
  readonly #memory: CartMemory;
  readonly #weights: Float64Array | undefined;
  readonly #targets: number;
  /** Address of each row's weight and weighted target; 0 if all weights are 1. */
  readonly #pairs: number;
  readonly #sums: number;

  constructor(memory: CartMemory, rows: number, weights: Float64Array | undefined) {
    this.#memory = memory;
    this.#weights = weights;
    this.#targets = memory.reserve(8 * rows);
    this.#pairs = weights ? memory.reserve(16 * rows) : 0;
    this.#sums = memory.reserve(3 * 8);
  }

  /** Take new targets, one per row. */
  aim(targets: Float64Array): void {
    const { f64 } = this.#memory;
    this.#unit = magnitude(targets);
    const to = this.#targets / 8;
    for (let row = 0; row < targets.length; row++) f64[to + row] = targets[row] / this.#unit;
    if (!this.#weights) return;
    const at = this.#pairs / 8;
    for (let row = 0; row < targets.length; row++) {
      f64[at + 2 * row] = this.#weights[row];
      f64[at + 2 * row + 1] = this.#weights[row] * f64[to + row];
    }
  }

  open(list: number, count: number): void {
    const [sum, squares, weight] = this.#sumUp(list, count);
    this.weight = weight;
    this.#sum = sum;
    this.#squares = squares;
    this.impurity = this.#variance(sum, squares, weight);
  }

  value(target: Float64Array): void {
    target[0] = (this.#sum / this.weight) * this.#unit;
  }

  scan(task: ScanTask): void {
    const { kernels } = this.#memory;
    if (this.#weights) kernels.scanWeightedSquares(this.#pairs, this.#sum, this.weight, ...task);
    else kernels.scanSquares(this.#targets, this.#sum, ...task);
  }

  sides(list: number, count: number): Sides {
    const [sum, squares, leftWeight] = this.#sumUp(list, count);
    const rightWeight = this.weight - leftWeight;
    return {
      leftImpurity: this.#variance(sum, squares, leftWeight),
      rightImpurity: this.#variance(this.#sum - sum, this.#squares - squares, rightWeight),
      leftWeight,
    };
  }

  #variance(sum: number, squares: number, weight: number): number {
    return (squares / weight - (sum / weight) ** 2) * this.#unit * this.#unit;
  }

  #sumUp(list: number, count: number): [sum: number, squares: number, weight: number] {
    const { kernels, f64 } = this.#memory;
    const at = this.#sums / 8;
    if (!this.#weights) {
      kernels.sumTargets(this.#targets, list, count, this.#sums);
      return [f64[at], f64[at + 1], count];
    }
    kernels.sumWeightedTargets(this.#pairs, this.#targets, list, count, this.#sums);
    return [f64[at], f64[at + 1], f64[at + 2]];
  }
}

/** The power of two at or just below the greatest absolute value; 1 for zeros. */
function magnitude(values: Float64Array): number {
  let greatest = 0;
  for (const value of values) greatest = Math.max(greatest, Math.abs(value));
  return greatest === 0 ? 1 : 2 ** Math.max(-1022, Math.floor(Math.log2(greatest)));
}
