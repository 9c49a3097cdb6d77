import type { Random } from '@steatosis/core';
import type { CartMemory } from './cart-memory.js';
import type { Criterion } from './criterion.js';
import type { DecisionTree } from './decision-tree.js';
import { FeatureChoice } from './feature-choice.js';
import { Frontier } from './frontier.js';
import { NodeLists } from './node-lists.js';
import type { PresortedColumns } from './presorted.js';

/** When to stop splitting, and among which features to choose. */
export interface GrowthRules {
  /** Greatest depth of a leaf, ≥ 1; Infinity: no limit. */
  maxDepth: number;
  /** Least number of rows that are split, ≥ 2; default 2. */
  minSamplesSplit?: number | undefined;
  /** Least number of rows in a leaf, ≥ 1; default 1. */
  minSamplesLeaf?: number | undefined;
  /** Greatest number of leaves, ≥ 2: the most useful splits come first. Default: no limit, depth first. */
  maxLeafNodes?: number | undefined;
  /** Least reduction of the weighted impurity, ≥ 0, as a share of the weight of all rows; default 0. */
  minImpurityDecrease?: number | undefined;
  /** Features that are looked at in each node, 1 … all; default all. */
  maxFeatures?: number | undefined;
}

/** What a tree is grown from beside the criterion. */
export interface GrowthSample {
  /** How often each row is taken; by default each once that counts. Rows of weight 0 are not to be taken. */
  times?: Int32Array | undefined;
  /** Draws features; needed where fewer than all are looked at. */
  random?: Random | undefined;
}

/** A tree with the leaf of each row that it was grown from, −1 for the others. */
export interface BuiltTree {
  tree: DecisionTree;
  leaves: Int32Array;
}

interface Pending {
  start: number;
  end: number;
  depth: number;
  parent: number;
  isLeft: boolean;
  impurity: number;
  /** A feature in whose list the node's rows stand between start and end. */
  list: number;
}

/** A node of the tree; a leaf unless it has a split and is expanded. */
interface Entered {
  id: number;
  node: Pending;
  improvement: number;
  split: Split | undefined;
}

interface Split {
  feature: number;
  threshold: number;
  /** Where the rows that go right begin. */
  middle: number;
  leftImpurity: number;
  rightImpurity: number;
}

/** Bytes of the kernels' record of the best split. */
const RECORD_BYTES = 24;

/**
 * Builds CART trees with exact splits by scikit-learn's rules, depth first or the best split first; a node is a leaf
 * when it is deep or small enough, pure (impurity ≤ 2⁻⁵²) or cannot be split.
 *
 * Every feature's sorted list is partitioned along with the nodes, so that nothing is ever sorted again.
 * Where scikit-learn visits features in random order and lets chance break ties, here the lowest feature
 * and then the lowest threshold win.
 */
export class TreeBuilder {
  readonly #sorted: PresortedColumns;
  readonly #memory: CartMemory;
  readonly #rules: Required<{ [K in keyof GrowthRules]: number }>;
  readonly #choice: FeatureChoice;
  /** Addresses: the lists of the tree in work (`stride` rows each), the rows that go left, room, the best split. */
  readonly #lists: number;
  readonly #goesLeft: number;
  readonly #scratch: number;
  readonly #times: number;
  readonly #best: number;
  /** Whether the lists hold all rows in order. */
  #isFresh = false;
  #nodes = new NodeLists(0);
  #rootWeight = 0;

  constructor(sorted: PresortedColumns, rules: GrowthRules) {
    const { memory, rows, columns } = sorted;
    this.#sorted = sorted;
    this.#memory = memory;
    this.#rules = {
      maxDepth: rules.maxDepth,
      minSamplesSplit: rules.minSamplesSplit ?? 2,
      minSamplesLeaf: rules.minSamplesLeaf ?? 1,
      maxLeafNodes: rules.maxLeafNodes ?? Infinity,
      minImpurityDecrease: rules.minImpurityDecrease ?? 0,
      maxFeatures: Math.min(columns, rules.maxFeatures ?? columns),
    };
    this.#lists = memory.reserve(4 * rows * columns);
    this.#scratch = memory.reserve(4 * rows);
    this.#times = memory.reserve(4 * rows);
    this.#goesLeft = memory.reserve(rows);
    this.#best = memory.reserve(RECORD_BYTES);
    this.#choice = new FeatureChoice(sorted, this.#lists, this.#rules.maxFeatures);
  }

  build(criterion: Criterion, { times, random }: GrowthSample = {}): BuiltTree {
    const count = this.#fillLists(times);
    this.#nodes = new NodeLists(criterion.valueLength);
    criterion.open(this.#lists, count);
    this.#rootWeight = criterion.weight;
    const root: Pending = {
      start: 0,
      end: count,
      depth: 0,
      parent: -1,
      isLeft: false,
      impurity: criterion.impurity,
      list: 0,
    };
    const leaves = new Int32Array(this.#sorted.rows).fill(-1);
    const settle = ({ id, node }: Entered) => {
      const at = this.#list(node.list) / 4;
      for (let i = node.start; i < node.end; i++) leaves[this.#memory.i32[at + i]] = id;
    };
    if (this.#rules.maxLeafNodes === Infinity) this.#depthFirst(criterion, root, random, settle);
    else this.#bestFirst(criterion, root, random, settle);
    return { tree: this.#nodes.finish(), leaves };
  }

  #depthFirst(
    criterion: Criterion,
    root: Pending,
    random: Random | undefined,
    settle: (leaf: Entered) => void,
  ): void {
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const entered = this.#enter(criterion, node, random);
      if (!entered.split) {
        settle(entered);
        continue;
      }
      const [left, right] = this.#expand(entered, entered.split);
      open.push(right, left);
    }
  }

  #bestFirst(
    criterion: Criterion,
    root: Pending,
    random: Random | undefined,
    settle: (leaf: Entered) => void,
  ): void {
    const open = new Frontier<Entered>();
    open.push(this.#enter(criterion, root, random));
    let leaves = 1;
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (!next.split || leaves === this.#rules.maxLeafNodes) {
        settle(next);
        continue;
      }
      leaves++;
      for (const child of this.#expand(next, next.split)) {
        open.push(this.#enter(criterion, child, random));
      }
    }
  }

  /** Add a node to the tree and find its best split. */
  #enter(criterion: Criterion, node: Pending, random: Random | undefined): Entered {
    const { start, end, impurity, parent, isLeft } = node;
    const at = this.#list(node.list) + 4 * start;
    criterion.open(at, end - start);
    const id = this.#nodes.add(criterion, impurity, parent, isLeft);
    if (this.#mustBeLeaf(node)) return { id, node, improvement: 0, split: undefined };
    const features = this.#choice.features(start, end, random);
    const { memory, rows, values } = this.#sorted;
    const best = this.#best / 8;
    memory.f64[best] = -Infinity;
    criterion.scan([
      values,
      rows,
      this.#lists,
      rows,
      features.address,
      features.count,
      start,
      end,
      this.#rules.minSamplesLeaf,
      this.#best,
    ]);
    if (memory.f64[best] === -Infinity) return { id, node, improvement: 0, split: undefined };
    const feature = memory.i32[this.#best / 4 + 4];
    const left = memory.i32[this.#best / 4 + 5];
    const sides = criterion.sides(this.#list(feature) + 4 * start, left);
    const { weight } = criterion;
    const leftShare = sides.leftWeight / weight;
    const rightShare = (weight - sides.leftWeight) / weight;
    const improvement =
      (weight / this.#rootWeight) *
      (impurity - rightShare * sides.rightImpurity - leftShare * sides.leftImpurity);
    if (improvement + Number.EPSILON < this.#rules.minImpurityDecrease) {
      return { id, node, improvement: 0, split: undefined };
    }
    const threshold = memory.f64[best + 1];
    return { id, node, improvement, split: { feature, threshold, middle: start + left, ...sides } };
  }

  #mustBeLeaf({ start, end, depth, impurity }: Pending): boolean {
    const { maxDepth, minSamplesSplit, minSamplesLeaf } = this.#rules;
    const size = end - start;
    return (
      depth >= maxDepth ||
      size < minSamplesSplit ||
      size < 2 * minSamplesLeaf ||
      impurity <= Number.EPSILON
    );
  }

  /** Split a node: its children, left one first, to be entered before any other node is expanded. */
  #expand({ id, node }: Entered, split: Split): [Pending, Pending] {
    const { start, end, depth } = node;
    const { feature, threshold, middle } = split;
    this.#nodes.split(id, feature, threshold);
    const child = { depth: depth + 1, parent: id, list: feature };
    const left = { ...child, start, end: middle, isLeft: true, impurity: split.leftImpurity };
    const right = { ...child, start: middle, end, isLeft: false, impurity: split.rightImpurity };
    if (!this.#mustBeLeaf(left) || !this.#mustBeLeaf(right))
      this.#divide(feature, start, middle, end);
    return [left, right];
  }

  #divide(feature: number, start: number, middle: number, end: number): void {
    const { kernels } = this.#memory;
    const { rows, columns } = this.#sorted;
    this.#isFresh = false;
    kernels.markSides(this.#list(feature), start, middle, end, this.#goesLeft);
    kernels.divideLists(
      this.#lists,
      rows,
      columns,
      feature,
      start,
      end,
      this.#goesLeft,
      this.#scratch,
    );
  }

  /** Begin a tree; gives the number of rows in it. */
  #fillLists(times: Int32Array | undefined): number {
    const { memory, order, count, rows, columns } = this.#sorted;
    if (!times) {
      if (!this.#isFresh) memory.kernels.copyLists(order, count, this.#lists, rows, columns);
      this.#isFresh = true;
      return count;
    }
    this.#isFresh = false;
    memory.i32.set(times, this.#times / 4);
    memory.kernels.copyBag(order, count, this.#times, this.#lists, rows, columns);
    let taken = 0;
    for (const n of times) taken += n;
    return taken;
  }

  /** Address of a feature's list. */
  #list(feature: number): number {
    return this.#lists + 4 * feature * this.#sorted.rows;
  }
}
