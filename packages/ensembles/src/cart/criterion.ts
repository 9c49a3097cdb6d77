/** Two values closer than this are one to scikit-learn's splitter; float32 of 1e-7. */
export const FEATURE_THRESHOLD = 1.0000000116860974e-7;

/**
 * Scores are compared without a division first, a² / w + b² / v > best by its multiple with w · v. This factor
 * on best, further from 1 than any rounding, keeps that from turning down what the exact comparison would take.
 */
export const CLEARLY_WORSE = 1 - 1e-12;

/** The best split of a node so far. */
export interface BestSplit {
  /** What the criterion maximises; −∞ before any split was found. */
  score: number;
  feature: number;
  /** Rows that go left. */
  left: number;
  threshold: number;
}

/** Where a feature's values and its sorted rows stand. */
export interface SortedFeature {
  readonly feature: number;
  readonly values: Float32Array;
  /** Index of row 0's value in `values`. */
  readonly valuesAt: number;
  readonly order: Int32Array;
  /** The node's rows are `order[start … end)`. */
  readonly start: number;
  readonly end: number;
}

/**
 * Measures how mixed a node is and scores the ways to split it. It is told about a node by `open` and then
 * asked about its features and the split that was chosen.
 */
export interface Criterion {
  /** Numbers that {@link Criterion.value} writes. */
  readonly valueLength: number;
  /** Take the rows `order[start … end)` as the current node. */
  open(order: Int32Array, start: number, end: number): void;
  /** Impurity of the current node. */
  readonly impurity: number;
  /** Weight of the current node. */
  readonly weight: number;
  /** Write the node's prediction. */
  value(target: Float64Array, at: number): void;
  /**
   * Take the feature's best split into `best` if it is strictly better than that one: the lower feature and the
   * lower threshold win ties.
   */
  scan(feature: SortedFeature, minSamplesLeaf: number, best: BestSplit): void;
  /** Impurities of both sides if `order[start … middle)` goes left. */
  childImpurities(order: Int32Array, start: number, middle: number): [number, number];
}

/** Take a split into `best`: rows before `position` go left, `lower` and `upper` are the values on either side. */
export function takeSplit(
  best: BestSplit,
  score: number,
  { feature, start }: SortedFeature,
  position: number,
  lower: number,
  upper: number,
): void {
  best.score = score;
  best.feature = feature;
  best.left = position - start;
  // Half-way in double; half of each first, so that nothing overflows.
  best.threshold = lower / 2 + upper / 2;
}
