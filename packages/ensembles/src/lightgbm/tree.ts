/**
 * A tree as LightGBM stores it: inner nodes 0 … leaves − 2, node 0 the root, and leaves of their own numbering. A
 * child that is negative is the leaf ~child.
 */
export interface LightGBMTree {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Feature that each inner node tests. */
  readonly feature: Int32Array;
  /** A value goes left if it is at most this; for categories the number of the set in `setStarts`. */
  readonly threshold: Float64Array;
  /** 1: categories; 2: missing values go left; 4: zero is missing; 8: NaN is missing. */
  readonly decision: Uint8Array;
  readonly splitGain: Float64Array;
  /** Training rows that reached each inner node. */
  readonly count: Float64Array;
  readonly leafValue: Float64Array;
  readonly leafCount: Float64Array;
  /** Set i of categories, those that go left, are the words setStarts[i] … setStarts[i + 1] − 1 of `setBits`. */
  readonly setStarts: Int32Array;
  /** 32 categories a word, the lowest bit first. */
  readonly setBits: Uint32Array;
}

const CATEGORIES = 1;
const DEFAULT_LEFT = 2;
const ZERO_IS_MISSING = 4;
const NAN_IS_MISSING = 8;

/** Values not further from 0 count as 0; the float32 nearest 10⁻³⁵. */
const ZERO_LIMIT = 1.0000000180025095e-35;

/** Whether a value goes left at an inner node. */
export function goesLeft(tree: LightGBMTree, node: number, value: number): boolean {
  const decision = tree.decision[node];
  if ((decision & CATEGORIES) !== 0) return isInSet(tree, tree.threshold[node], value);
  const missing = decision & (ZERO_IS_MISSING | NAN_IS_MISSING);
  if (Number.isNaN(value)) {
    if (missing !== 0) return (decision & DEFAULT_LEFT) !== 0;
    return tree.threshold[node] >= 0;
  }
  if (value >= -ZERO_LIMIT && value <= ZERO_LIMIT) {
    if (missing === ZERO_IS_MISSING) return (decision & DEFAULT_LEFT) !== 0;
    return tree.threshold[node] >= 0;
  }
  return value <= tree.threshold[node];
}

/** The number of the leaf that the row from `offset` reaches. */
export function leafOf(tree: LightGBMTree, data: ArrayLike<number>, offset: number): number {
  if (tree.left.length === 0) return 0;
  let node = 0;
  while (node >= 0) {
    const value = data[offset + tree.feature[node]];
    node = goesLeft(tree, node, value) ? tree.left[node] : tree.right[node];
  }
  return ~node;
}

/** Whether the whole part of a value is a category of the set; NaN and negative values are in none. */
function isInSet({ setStarts, setBits }: LightGBMTree, set: number, value: number): boolean {
  const category = Math.trunc(value);
  const start = setStarts[set];
  if (!(category >= 0) || category >= 32 * (setStarts[set + 1] - start)) return false;
  return ((setBits[start + Math.floor(category / 32)] >>> (category % 32)) & 1) === 1;
}
