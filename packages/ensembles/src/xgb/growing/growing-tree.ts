import { type CategoricalSplits, NO_PARENT, type RegressionTree } from '../tree.js';

/** What XGBoost's files hold in place of a threshold where a node tests a category: the least float32 above 0. */
const NO_THRESHOLD = 1.401298464324817e-45;

/** How an inner node divides its rows. */
export interface NodeTest {
  readonly feature: number;
  /** float32 */
  readonly threshold: number;
  readonly defaultLeft: boolean;
  /** float32 */
  readonly gain: number;
  /** Categories that go right, ascending; absent for a numeric feature, unused threshold otherwise. */
  readonly categories?: Int32Array | undefined;
}

/** A tree that grows: children are numbered in the order in which nodes are split. */
export class GrowingTree {
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #parent: number[] = [];
  readonly #feature: number[] = [];
  readonly #condition: number[] = [];
  readonly #defaultLeft: number[] = [];
  readonly #weight: number[] = [];
  readonly #gain: number[] = [];
  readonly #hessian: number[] = [];
  readonly #categories = new Map<number, Int32Array>();

  constructor(value: number, weight: number, hessian: number) {
    this.#addLeaf(NO_PARENT, value, weight, hessian);
  }

  get nodes(): number {
    return this.#left.length;
  }

  /**
   * Turn a leaf into an inner node.
   *
   * @returns the number of its left child; the right one has the next
   */
  split(
    node: number,
    test: NodeTest,
    own: { weight: number; hessian: number },
    left: { value: number; hessian: number },
    right: { value: number; hessian: number },
  ): number {
    const child = this.nodes;
    this.#left[node] = child;
    this.#right[node] = child + 1;
    this.#feature[node] = test.feature;
    this.#condition[node] = test.categories ? NO_THRESHOLD : test.threshold;
    if (test.categories) this.#categories.set(node, test.categories);
    this.#defaultLeft[node] = Number(test.defaultLeft);
    this.#gain[node] = test.gain;
    this.#weight[node] = own.weight;
    this.#hessian[node] = own.hessian;
    this.#addLeaf(node, left.value, left.value, left.hessian);
    this.#addLeaf(node, right.value, right.value, right.hessian);
    return child;
  }

  finish(): RegressionTree {
    const tree: RegressionTree = {
      leftChildren: Int32Array.from(this.#left),
      rightChildren: Int32Array.from(this.#right),
      parents: Int32Array.from(this.#parent),
      splitIndices: Int32Array.from(this.#feature),
      splitConditions: Float32Array.from(this.#condition),
      defaultLeft: Uint8Array.from(this.#defaultLeft),
      baseWeights: Float32Array.from(this.#weight),
      lossChanges: Float32Array.from(this.#gain),
      sumHessian: Float32Array.from(this.#hessian),
    };
    return this.#categories.size === 0 ? tree : { ...tree, categorical: this.#categorical() };
  }

  #addLeaf(parent: number, value: number, weight: number, hessian: number): void {
    this.#left.push(-1);
    this.#right.push(-1);
    this.#parent.push(parent);
    this.#feature.push(0);
    this.#condition.push(value);
    this.#defaultLeft.push(0);
    this.#weight.push(weight);
    this.#gain.push(0);
    this.#hessian.push(hessian);
  }

  #categorical(): CategoricalSplits {
    const isCategorical = new Uint8Array(this.nodes);
    const starts = new Int32Array(this.nodes + 1);
    const categories: number[] = [];
    for (let node = 0; node < this.nodes; node++) {
      const own = this.#categories.get(node);
      if (own) {
        isCategorical[node] = 1;
        categories.push(...own);
      }
      starts[node + 1] = categories.length;
    }
    return { isCategorical, starts, categories: Int32Array.from(categories) };
  }
}
