import type { Bounds } from './weights.js';

/** Gradient and hessian sums of some rows. */
export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
}

/** The best split of a node. */
export interface FoundSplit {
  /** Loss reduction, float32. */
  readonly gain: number;
  readonly feature: number;
  /** Last bin that goes left, −1 if only missing values do; nothing for categories. */
  readonly bin: number;
  /** Categories that go right, ascending; absent for a numeric feature. */
  readonly categories?: Int32Array;
  readonly defaultLeft: boolean;
  readonly left: Sums;
  readonly right: Sums;
}

/** How the histogram of a node is made. */
export interface NodeOrigin {
  readonly parent: GrowingNode;
  readonly sibling: () => GrowingNode;
  /** Whether it is summed up over the node's rows, not what the sibling leaves of the parent's. */
  readonly isBuilt: boolean;
}

/** A node of the growing tree whose best split is known or looked for. */
export interface GrowingNode {
  readonly id: number;
  readonly depth: number;
  /** Its rows are `start` … `end` − 1 of the order. */
  readonly start: number;
  readonly end: number;
  readonly sums: Sums;
  /** Gain without a split, float32. */
  readonly gain: number;
  readonly bounds: Bounds;
  /** Features that the path to it tests, ascending. */
  readonly path: readonly number[];
  /** Where it comes from; absent at the root. */
  readonly origin?: NodeOrigin | undefined;
  /** Address of its histogram, 0 if it is not kept. */
  histogram: number;
  /** Absent if no split is worthwhile. */
  split?: FoundSplit | undefined;
}
