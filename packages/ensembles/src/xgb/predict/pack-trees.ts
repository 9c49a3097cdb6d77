import type { CategoricalSplits, RegressionTree } from '../tree.js';

/** What predicting needs of a model; the trees and what is said of them do not change. */
export interface Forest {
  readonly trees: readonly RegressionTree[];
  /** Output that each tree adds to. */
  readonly treeInfo: ArrayLike<number>;
  /** Number of features. */
  readonly features: number;
  /** Number of outputs. */
  readonly outputs: number;
}

/**
 * Some trees as the kernels walk them, in 32-bit words.
 *
 * First four words for each tree: where its nodes begin in bytes, its depth or how it is linked, its output, 0. A
 * shallow tree is perfect: inner nodes are numbered 1 … 2^depth − 1, with the children 2n and 2n + 1, and the leaves
 * 2^depth … 2^(depth + 1) − 1; a node is its threshold and where its feature stands in a row, a leaf its output and
 * its number. Other trees are linked: each node has two words more, where its left child stands, the right one after
 * it (0 in a leaf), and where the set of its categories does (0 for a numeric test): the number of words, then a bit for
 * each category that goes right.
 */
export interface PackedTrees {
  /** Number of the first tree among those of the forest. */
  readonly first: number;
  readonly count: number;
  readonly words: Uint32Array;
}

const LINKED = 0xffffffff;
const CATEGORICAL = 0xfffffffe;
/** Bytes of packed trees that are in the kernels' memory at a time. */
const PART_BYTES = 2 ** 22;
/** Trees up to this depth are always made perfect: at most 1 KiB. */
const EVER_PERFECT = 6;
/** Deeper ones up to this depth if they are not too sparse. */
const MOST_PERFECT = 10;
/** Less than any value but −∞. */
const LOWEST = -3.4028234663852886e38;

interface Plan {
  /** The tree's depth if it is made perfect, otherwise how it is linked. */
  kind: number;
  /** Words that its nodes take. */
  words: number;
}

/**
 * Pack a forest, in parts that leave the memory small.
 *
 * @param columns number of columns of a row
 * @param isSpread whether rows hold their values twice, the second time for nodes where missing values go left
 */
export function packTrees(
  { trees, treeInfo }: Forest,
  columns: number,
  isSpread: boolean,
): PackedTrees[] {
  const parts: PackedTrees[] = [];
  const secondCopy = isSpread ? columns * 4 : 0;
  const plans = trees.map(planOf);
  for (let first = 0; first < trees.length;) {
    let words = 0;
    let end = first;
    while (end < trees.length && (end === first || (words + plans[end].words) * 4 <= PART_BYTES)) {
      words += plans[end++].words + 4;
    }
    const packed = new Uint32Array(words);
    let at = (end - first) * 4;
    for (let id = first; id < end; id++) {
      const { kind, words: size } = plans[id];
      packed.set([at * 4, kind, treeInfo[id], 0], (id - first) * 4);
      if (kind === LINKED || kind === CATEGORICAL) packLinked(trees[id], secondCopy, packed, at);
      else packPerfect(trees[id], kind, secondCopy, packed, at);
      at += size;
    }
    parts.push({ first, count: end - first, words: packed });
    first = end;
  }
  return parts;
}

function planOf(tree: RegressionTree): Plan {
  const { leftChildren, rightChildren, categorical } = tree;
  let depth = 0;
  let nodes = 1;
  for (let level = [0]; ; depth++) {
    const below: number[] = [];
    for (const node of level) {
      if (leftChildren[node] !== -1) below.push(leftChildren[node], rightChildren[node]);
    }
    if (below.length === 0) break;
    nodes += below.length;
    level = below;
  }
  if (categorical !== undefined) return { kind: CATEGORICAL, words: nodes * 4 + setWords(tree) };
  const isPerfect = depth <= EVER_PERFECT || (depth <= MOST_PERFECT && 2 ** depth <= 2 * nodes);
  if (isPerfect) return { kind: depth, words: 2 ** (depth + 1) * 2 };
  return { kind: LINKED, words: nodes * 4 };
}

/** What a present value must be less than to go left; with missing ones there as −∞ none of these may be −∞ or NaN. */
function threshold({ splitConditions, defaultLeft }: RegressionTree, node: number): number {
  const condition = splitConditions[node];
  return defaultLeft[node] === 1 && !(condition >= LOWEST) ? LOWEST : condition;
}

function place(tree: RegressionTree, node: number, secondCopy: number): number {
  return tree.splitIndices[node] * 4 + (tree.defaultLeft[node] === 1 ? secondCopy : 0);
}

function packPerfect(
  tree: RegressionTree,
  depth: number,
  secondCopy: number,
  packed: Uint32Array,
  at: number,
): void {
  const { leftChildren, rightChildren, splitConditions } = tree;
  const floats = new Float32Array(packed.buffer);
  // Leaves above the last level continue as paths that all lead to themselves.
  const nodes = new Int32Array(2 ** (depth + 1));
  for (let n = 1; n < nodes.length; n++) {
    const node = nodes[n];
    const isLeaf = leftChildren[node] === -1;
    floats[at + 2 * n] = isLeaf ? splitConditions[node] : threshold(tree, node);
    if (n >= nodes.length / 2) {
      packed[at + 2 * n + 1] = node;
      continue;
    }
    packed[at + 2 * n + 1] = isLeaf ? 0 : place(tree, node, secondCopy);
    nodes[2 * n] = isLeaf ? node : leftChildren[node];
    nodes[2 * n + 1] = isLeaf ? node : rightChildren[node];
  }
}

function packLinked(
  tree: RegressionTree,
  secondCopy: number,
  packed: Uint32Array,
  at: number,
): void {
  const { leftChildren, rightChildren, splitConditions, categorical } = tree;
  const floats = new Float32Array(packed.buffer);
  const order = [0];
  for (let n = 0; n < order.length; n++) {
    const node = order[n];
    const to = at + 4 * n;
    if (leftChildren[node] === -1) {
      floats[to] = splitConditions[node]!;
      packed[to + 1] = node;
      continue;
    }
    floats[to] = threshold(tree, node);
    packed[to + 1] = place(tree, node, secondCopy);
    packed[to + 2] = order.length * 16;
    order.push(leftChildren[node], rightChildren[node]);
  }
  if (categorical !== undefined) packSets(tree, categorical, order, packed, at);
}

/** Put the sets of categories after the nodes. */
function packSets(
  tree: RegressionTree,
  { isCategorical, starts, categories }: CategoricalSplits,
  order: readonly number[],
  packed: Uint32Array,
  at: number,
): void {
  let set = at + 4 * order.length;
  order.forEach((node, n) => {
    if (isCategorical[node] !== 1 || tree.leftChildren[node] === -1) return;
    packed[at + 4 * n + 3] = (set - at) * 4;
    const words = wordsOf(tree, node);
    packed[set] = words;
    for (let i = starts[node]; i < starts[node + 1]; i++) {
      packed[set + 1 + (categories[i] >> 5)] |= 1 << (categories[i] & 31);
    }
    set += words + 1;
  });
}

/** Words of bits that the categories of a node need. */
function wordsOf({ categorical }: RegressionTree, node: number): number {
  let words = 0;
  const { starts, categories } = categorical!;
  for (let i = starts[node]; i < starts[node + 1]; i++) {
    words = Math.max(words, (categories[i] >> 5) + 1);
  }
  return words;
}

function setWords(tree: RegressionTree): number {
  let words = 0;
  tree.leftChildren.forEach((left, node) => {
    if (left !== -1 && tree.categorical!.isCategorical[node] === 1)
      words += wordsOf(tree, node) + 1;
  });
  return words;
}
