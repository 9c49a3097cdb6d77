import type { ScanTask } from './cart-memory.js';

/** How a split divides a node. */
export interface Sides {
  leftImpurity: number;
  rightImpurity: number;
  leftWeight: number;
}

/**
 * Measures how mixed a node is and scores the ways to split it. It is told about a node by `open` and then
 * asked about its features and the split that was chosen. Lists of rows are addresses in the memory of the kernels.
 */
export interface Criterion {
  /** Numbers that {@link Criterion.value} writes. */
  readonly valueLength: number;
  /** Take `count` rows of a list as the current node. */
  open(list: number, count: number): void;
  /** Impurity of the current node. */
  readonly impurity: number;
  /** Weight of the current node. */
  readonly weight: number;
  /** Write the node's prediction. */
  value(target: Float64Array): void;
  /** Look for a better split than the best so far; see `kernels/split-record.as.ts`. */
  scan(task: ScanTask): void;
  /** Both sides if the first `count` rows of the node's list go left. */
  sides(list: number, count: number): Sides;
}
