/**
 * A leaf as a cooperative game. Its players are the m features on its path; a coalition wins the leaf's output if all
 * features in it agree with the row and all others agree with what stands for the data.
 *
 * What a row gets from a leaf depends only on which of the m features it disagrees with.
 */
export interface LeafGame {
  /** Numbers that a leaf with m features gives. */
  width(m: number): number;
  /** Write them from `to[at]` on for a row that disagrees with the path's features where `disagrees` is 1. */
  fill(leaf: number, disagrees: Uint8Array, to: Float64Array, at: number): void;
  /** Where the numbers of a leaf are to be added, relative to the row's first number, in their order. */
  targets(leaf: number): Int32Array;
  /** What the tree gives without knowing the row. */
  readonly mean: number;
}
