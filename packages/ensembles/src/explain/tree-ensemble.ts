/** One tree as explanations see it; all arrays run over nodes, node 0 is the root. */
export interface ExplainableTree {
  /** Index of the left child, −1 in leaves. */
  readonly left: Int32Array;
  /** Index of the right child, −1 in leaves. */
  readonly right: Int32Array;
  /** Feature that the node tests; anything in leaves. */
  readonly feature: Int32Array;
  /** Output of each leaf as it is summed up, the learning rate included; anything in inner nodes. */
  readonly value: Float64Array;
  /** Weight of the training rows that reached the node: the hessian sum or the row weights. */
  readonly cover: Float64Array;
  /** Which output of the model (class, or 0) the tree adds to. */
  readonly output: number;
  /** Whether a value, NaN where it is missing, goes left at an inner node. */
  goesLeft(node: number, value: number): boolean;
}

/** What of a tree counts once it is known which way the rows go; plain data. */
export type PlainTree = Omit<ExplainableTree, 'goesLeft'>;

/** A model whose raw outputs are a constant plus a sum of trees. */
export interface TreeEnsemble {
  /** Number of features that `x` must have. */
  readonly features: number;
  /** Constant of each output: their number is the number of outputs. */
  readonly base: Float64Array;
  readonly trees: readonly ExplainableTree[];
  /** Whether NaN is a value that the model takes. */
  readonly takesMissing: boolean;
  /** What values are rounded to before `goesLeft` sees them; default float32, as XGBoost and scikit-learn do. */
  readonly precision?: 'float32' | 'float64';
  /**
   * Trees of iteration i are iterationStarts[i] … iterationStarts[i + 1] − 1; by default every iteration has one
   * tree per output.
   */
  readonly iterationStarts?: Int32Array;
  /** First iteration and the one after the last that predictions use unless told otherwise; default all. */
  readonly iterationRange?: readonly [number, number];
}

/** Any fitted model that can show itself as a sum of trees. */
export interface TreeModel {
  /** All trees with the constants that predictions begin with. */
  treeEnsemble(): TreeEnsemble;
}
