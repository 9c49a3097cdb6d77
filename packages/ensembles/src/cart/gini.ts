import type { CartMemory, ScanTask } from './cart-memory.js';
import type { Criterion, Sides } from './criterion.js';

/**
 * Gini impurity 1 − Σₖ pₖ² of a node's classes. A split's score is Σₖ Wₖ² / W summed over both sides (Wₖ: weight of
 * class k, W: of all), which orders splits as the reduction of impurity does; Breiman et al. 1984.
 */
export class Gini implements Criterion {
  readonly valueLength: number;
  impurity = 0;
  weight = 0;
  readonly #memory: CartMemory;
  readonly #codes: Int32Array;
  /** Address of the weight of row r if it is of class k, else 0, number r·K + k. */
  readonly #byClass: number;
  /** Address of each row's weight, negative for class 0 of two; 0 for more classes. */
  readonly #signed: number;
  /** Addresses of the weights by class of the node and of its left side. */
  readonly #totals: number;
  readonly #left: number;

  constructor(memory: CartMemory, codes: Int32Array, classes: number) {
    this.valueLength = classes;
    this.#memory = memory;
    this.#codes = codes;
    this.#byClass = memory.reserve(8 * codes.length * classes);
    this.#signed = classes === 2 ? memory.reserve(8 * codes.length) : 0;
    this.#totals = memory.reserve(8 * classes);
    this.#left = memory.reserve(8 * classes);
  }

  /** Weigh the rows anew. */
  weigh(weights: Float64Array): void {
    const { f64 } = this.#memory;
    const classes = this.valueLength;
    const at = this.#byClass / 8;
    f64.fill(0, at, at + weights.length * classes);
    for (let row = 0; row < weights.length; row++) {
      f64[at + row * classes + this.#codes[row]] = weights[row];
    }
    if (this.#signed === 0) return;
    const to = this.#signed / 8;
    for (let row = 0; row < weights.length; row++) {
      f64[to + row] = this.#codes[row] === 1 ? weights[row] : -weights[row];
    }
  }

  open(list: number, count: number): void {
    const totals = this.#sumUp(list, count, this.#totals);
    this.weight = sumOf(totals);
    this.impurity = giniOf(totals, this.weight);
  }

  value(target: Float64Array): void {
    this.#at(this.#totals).forEach((total, k) => (target[k] = total / this.weight));
  }

  scan(task: ScanTask): void {
    const { kernels } = this.#memory;
    if (this.#signed === 0) {
      kernels.scanClasses(
        this.#byClass,
        this.valueLength,
        this.#totals,
        this.#left,
        this.weight,
        ...task,
      );
      return;
    }
    const [first, second] = this.#at(this.#totals);
    kernels.scanTwoClasses(this.#signed, this.weight, second - first, ...task);
  }

  sides(list: number, count: number): Sides {
    const left = this.#sumUp(list, count, this.#left);
    const leftWeight = sumOf(left);
    const right = this.#at(this.#totals).map((total, k) => total - left[k]);
    return {
      leftImpurity: giniOf(left, leftWeight),
      rightImpurity: giniOf(right, this.weight - leftWeight),
      leftWeight,
    };
  }

  #sumUp(list: number, count: number, sums: number): Float64Array {
    this.#memory.kernels.sumClasses(this.#byClass, this.valueLength, list, count, sums);
    return this.#at(sums);
  }

  #at(address: number): Float64Array {
    return this.#memory.f64.subarray(address / 8, address / 8 + this.valueLength);
  }
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function giniOf(weights: Float64Array, total: number): number {
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  return 1 - squares / (total * total);
}
