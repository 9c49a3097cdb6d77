import type { BestSplit, Criterion } from './criterion.js';
import type { DecisionTree } from './decision-tree.js';
import type { PresortedColumns } from './presorted.js';

/** When to stop splitting. */
export interface StoppingRules {
  /** Greatest depth of a leaf, ≥ 1. */
  maxDepth: number;
  /** Least number of rows in a leaf, ≥ 1. */
  minSamplesLeaf: number;
}

/** A tree with the leaf of each of its training rows, −1 for rows of weight 0. */
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

/**
 * Builds CART trees with exact splits by scikit-learn's rules: depth first, a node being a leaf when it is deep
 * or small enough, pure (impurity ≤ 2⁻⁵²) or cannot be split.
 *
 * Every feature's sorted list is partitioned along with the nodes, so that nothing is ever sorted again.
 * Where scikit-learn visits features in random order and lets chance break ties, here the lowest feature
 * and then the lowest threshold win.
 */
export class TreeBuilder {
  readonly #sorted: PresortedColumns;
  readonly #rules: StoppingRules;
  readonly #lists: Int32Array;
  readonly #scratch: Int32Array;
  readonly #goesLeft: Uint8Array;

  constructor(sorted: PresortedColumns, rules: StoppingRules) {
    this.#sorted = sorted;
    this.#rules = rules;
    this.#lists = sorted.order.slice();
    this.#scratch = new Int32Array(sorted.count);
    this.#goesLeft = new Uint8Array(sorted.rows);
  }

  build(criterion: Criterion): BuiltTree {
    const { count, rows, order } = this.#sorted;
    const { maxDepth } = this.#rules;
    if (maxDepth > 1) this.#lists.set(order);
    const nodes = new NodeLists(criterion.valueLength);
    const leaves = new Int32Array(rows).fill(-1);
    criterion.open(this.#lists, 0, count);
    const open: Pending[] = [
      {
        start: 0,
        end: count,
        depth: 0,
        parent: -1,
        isLeft: false,
        impurity: criterion.impurity,
        list: 0,
      },
    ];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const base = node.list * count;
      criterion.open(this.#lists, base + node.start, base + node.end);
      const id = nodes.add(criterion, node);
      const best = this.#split(criterion, node);
      if (best === undefined) {
        for (let i = node.start; i < node.end; i++) leaves[this.#lists[base + i]] = id;
        continue;
      }
      nodes.feature[id] = best.feature;
      nodes.threshold[id] = best.threshold;
      const middle = node.start + best.left;
      const at = best.feature * count;
      const [left, right] = criterion.childImpurities(this.#lists, at + node.start, at + middle);
      const depth = node.depth + 1;
      if (depth < maxDepth) this.#partition(node.start, node.end, middle, best.feature);
      const child = { depth, parent: id, list: best.feature };
      open.push(
        { ...child, start: middle, end: node.end, isLeft: false, impurity: right },
        { ...child, start: node.start, end: middle, isLeft: true, impurity: left },
      );
    }
    return { tree: nodes.finish(), leaves };
  }

  /** The best split of the node that the criterion has open, undefined if it is to be a leaf. */
  #split(criterion: Criterion, { start, end, depth, impurity }: Pending): BestSplit | undefined {
    const { maxDepth, minSamplesLeaf } = this.#rules;
    const size = end - start;
    if (depth >= maxDepth || size < 2 || size < 2 * minSamplesLeaf || impurity <= Number.EPSILON) {
      return undefined;
    }
    const { rows, columns, count, values } = this.#sorted;
    const best: BestSplit = { score: -Infinity, feature: -1, left: 0, threshold: 0 };
    for (let feature = 0; feature < columns; feature++) {
      criterion.scan(
        {
          feature,
          values,
          valuesAt: feature * rows,
          order: this.#lists,
          start: feature * count + start,
          end: feature * count + end,
        },
        minSamplesLeaf,
        best,
      );
    }
    return best.feature === -1 ? undefined : best;
  }

  /** Bring the rows that go left to the front of every feature's list, keeping their order. */
  #partition(start: number, end: number, middle: number, feature: number): void {
    const { columns, count } = this.#sorted;
    const lists = this.#lists;
    const goesLeft = this.#goesLeft;
    const scratch = this.#scratch;
    const base = feature * count;
    for (let i = start; i < end; i++) goesLeft[lists[base + i]] = i < middle ? 1 : 0;
    for (let other = 0; other < columns; other++) {
      if (other === feature) continue;
      const offset = other * count;
      let left = offset + start;
      let right = 0;
      for (let i = left; i < offset + end; i++) {
        const row = lists[i];
        const isLeft = goesLeft[row];
        // Both are written and one position advances: cheaper than a branch that cannot be foreseen.
        lists[left] = row;
        scratch[right] = row;
        left += isLeft;
        right += 1 - isLeft;
      }
      for (let i = 0; i < right; i++) lists[left + i] = scratch[i]!;
    }
  }
}

/** Nodes as they are appended. */
class NodeLists {
  readonly feature: number[] = [];
  readonly threshold: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #impurity: number[] = [];
  readonly #weight: number[] = [];
  readonly #values: number[] = [];
  readonly #value: Float64Array;

  constructor(valueLength: number) {
    this.#value = new Float64Array(valueLength);
  }

  /** Append the node that the criterion has open, as a leaf, and hang it on its parent. */
  add(criterion: Criterion, { parent, isLeft, impurity }: Pending): number {
    const id = this.feature.push(-2) - 1;
    this.threshold.push(-2);
    this.#left.push(-1);
    this.#right.push(-1);
    this.#impurity.push(impurity);
    this.#weight.push(criterion.weight);
    criterion.value(this.#value, 0);
    this.#values.push(...this.#value);
    if (parent >= 0) (isLeft ? this.#left : this.#right)[parent] = id;
    return id;
  }

  finish(): DecisionTree {
    return {
      left: Int32Array.from(this.#left),
      right: Int32Array.from(this.#right),
      feature: Int32Array.from(this.feature),
      threshold: Float64Array.from(this.threshold),
      impurity: Float64Array.from(this.#impurity),
      weight: Float64Array.from(this.#weight),
      value: Float64Array.from(this.#values),
    };
  }
}
