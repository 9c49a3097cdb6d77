/** A regression tree in XGBoost's layout: node 0 is the root, all arrays run over nodes. */
export interface RegressionTree {
  /** Index of the left child, −1 in leaves. */
  readonly leftChildren: Int32Array;
  /** Index of the right child, −1 in leaves. */
  readonly rightChildren: Int32Array;
  /** Index of the parent, 2147483647 at the root. */
  readonly parents: Int32Array;
  /** Feature that the node tests, 0 in leaves. */
  readonly splitIndices: Int32Array;
  /** A value goes left if it is less than this; in leaves the leaf's output. */
  readonly splitConditions: Float32Array;
  /** 1 where missing values go left. */
  readonly defaultLeft: Uint8Array;
  /** Weight of the node as a leaf; in leaves with the learning rate applied. */
  readonly baseWeights: Float32Array;
  /** Loss reduction of the node's split, 0 in leaves. */
  readonly lossChanges: Float32Array;
  /** Hessian sum of the node's training rows. */
  readonly sumHessian: Float32Array;
  /** The nodes that test a category; absent if the tree has none. */
  readonly categorical?: CategoricalSplits;
}

/** Which categories go right, node by node. */
export interface CategoricalSplits {
  /** 1 where the node tests a category, 0 elsewhere. */
  readonly isCategorical: Uint8Array;
  /** The node's categories stand in `categories` from `starts[node]` to before `starts[node + 1]`; nodes + 1 numbers. */
  readonly starts: Int32Array;
  /** Categories that go right, ascending within a node; all others go left. */
  readonly categories: Int32Array;
}

/** Parent of a root in XGBoost's files. */
export const NO_PARENT = 2147483647;

/** A tree that grows: nodes are appended in any order and numbered level by level at the end. */
export class GrowingTree {
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #feature: number[] = [];
  readonly #condition: number[] = [];
  readonly #defaultLeft: boolean[] = [];
  readonly #weight: number[] = [];
  readonly #lossChange: number[] = [];
  readonly #hessian: number[] = [];

  /** Append a leaf and return its provisional number. */
  addLeaf(value: number, weight: number, hessian: number): number {
    this.#right.push(-1);
    this.#feature.push(0);
    this.#condition.push(value);
    this.#defaultLeft.push(false);
    this.#weight.push(weight);
    this.#lossChange.push(0);
    this.#hessian.push(hessian);
    return this.#left.push(-1) - 1;
  }

  /** Turn a leaf into an inner node. */
  expand(
    node: number,
    split: { feature: number; condition: number; defaultLeft: boolean; lossChange: number },
    own: { weight: number; hessian: number },
    left: number,
    right: number,
  ): void {
    this.#left[node] = left;
    this.#right[node] = right;
    this.#feature[node] = split.feature;
    this.#condition[node] = split.condition;
    this.#defaultLeft[node] = split.defaultLeft;
    this.#lossChange[node] = split.lossChange;
    this.#weight[node] = own.weight;
    this.#hessian[node] = own.hessian;
  }

  /** The finished tree, its nodes numbered level by level from left to right, siblings side by side. */
  finish(): RegressionTree {
    const order = [0];
    const parents = [NO_PARENT];
    const left = new Int32Array(this.#left.length).fill(-1);
    const right = new Int32Array(this.#left.length).fill(-1);
    for (let at = 0; at < order.length; at++) {
      const node = order[at];
      if (this.#left[node] === -1) continue;
      left[at] = order.push(this.#left[node]) - 1;
      right[at] = order.push(this.#right[node]) - 1;
      parents.push(at, at);
    }
    const pick = (values: readonly number[]) => Float32Array.from(order, (node) => values[node]);
    return {
      leftChildren: left,
      rightChildren: right,
      parents: Int32Array.from(parents),
      splitIndices: Int32Array.from(order, (node) => this.#feature[node]),
      splitConditions: pick(this.#condition),
      defaultLeft: Uint8Array.from(order, (node) => Number(this.#defaultLeft[node])),
      baseWeights: pick(this.#weight),
      lossChanges: pick(this.#lossChange),
      sumHessian: pick(this.#hessian),
    };
  }
}
