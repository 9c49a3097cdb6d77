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
