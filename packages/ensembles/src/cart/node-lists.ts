import type { Criterion } from './criterion.js';
import type { DecisionTree } from './decision-tree.js';

/** Nodes as they are appended. */
export class NodeLists {
  readonly #feature: number[] = [];
  readonly #threshold: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #impurity: number[] = [];
  readonly #weight: number[] = [];
  readonly #values: number[] = [];
  readonly #value: Float64Array;

  constructor(valueLength: number) {
    this.#value = new Float64Array(valueLength);
  }

  /** Append the node that the criterion has open, as a leaf, and hang it on its parent (−1: it is the root). */
  add(criterion: Criterion, impurity: number, parent: number, isLeft: boolean): number {
    const id = this.#feature.push(-2) - 1;
    this.#threshold.push(-2);
    this.#left.push(-1);
    this.#right.push(-1);
    this.#impurity.push(impurity);
    this.#weight.push(criterion.weight);
    criterion.value(this.#value);
    for (const value of this.#value) this.#values.push(value);
    if (parent >= 0) (isLeft ? this.#left : this.#right)[parent] = id;
    return id;
  }

  /** Make a leaf an inner node. */
  split(id: number, feature: number, threshold: number): void {
    this.#feature[id] = feature;
    this.#threshold[id] = threshold;
  }

  finish(): DecisionTree {
    return {
      left: Int32Array.from(this.#left),
      right: Int32Array.from(this.#right),
      feature: Int32Array.from(this.#feature),
      threshold: Float64Array.from(this.#threshold),
      impurity: Float64Array.from(this.#impurity),
      weight: Float64Array.from(this.#weight),
      value: Float64Array.from(this.#values),
    };
  }
}
