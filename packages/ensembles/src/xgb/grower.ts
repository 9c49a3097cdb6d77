import type { BinnedMatrix } from './binned-matrix.js';
import { gainOf, type Regularisation, weightOf } from './gain.js';
import {
  buildFeatures,
  FEATURES_PER_PASS,
  type Histogram,
  HistogramPool,
  type NodeRows,
  subtractFeatures,
} from './histogram.js';
import { type NodeSums, noSplit, type Split, SplitFinder } from './split-finder.js';
import { GrowingTree, type RegressionTree } from './tree.js';

const { fround } = Math;

/** XGBoost's `kRtEps`: a split has to gain more than this. float32 of 1e-6. */
const LEAST_GAIN = 9.999999974752427e-7;

/** What shapes a tree; numbers that enter float32 arithmetic are float32 already. */
export interface GrowerSettings extends Regularisation {
  /** Greatest depth of a leaf, 0 for no limit. */
  readonly maxDepth: number;
  readonly learningRate: number;
  readonly gamma: number;
}

/** A node that may still be split. */
interface OpenNode {
  id: number;
  depth: number;
  start: number;
  end: number;
  sums: NodeSums;
  histogram: Histogram;
  /** Its best split. */
  split: Split;
}

/**
 * Grows trees level by level as XGBoost's `grow_policy=depthwise` numbers them.
 *
 * The nodes are visited depth first, the child with fewer rows first, and numbered afterwards: splits do not
 * depend on the order, and so only log₂(rows) histograms are alive at a time instead of one per node of a level.
 */
export class TreeGrower {
  readonly #binned: BinnedMatrix;
  readonly #settings: GrowerSettings;
  readonly #finder: SplitFinder;
  readonly #pool: HistogramPool;
  readonly #rows: Int32Array;
  readonly #scratch: Int32Array;
  /** Gradient pairs of a node's rows, gathered in their order. */
  readonly #gathered: Float64Array;

  constructor(binned: BinnedMatrix, settings: GrowerSettings) {
    this.#binned = binned;
    this.#settings = settings;
    this.#finder = new SplitFinder(binned, settings);
    this.#pool = new HistogramPool(binned.slots[binned.columns]);
    this.#rows = new Int32Array(binned.rows);
    this.#scratch = new Int32Array(binned.rows);
    this.#gathered = new Float64Array(binned.rows * 2);
  }

  /**
   * Grow one tree.
   *
   * @param gradients gradient and hessian of each row, float32 pairs
   * @param margins of the rows; each leaf's output is added in place
   */
  grow(gradients: Float32Array, margins: Float32Array): RegressionTree {
    const { maxDepth, learningRate } = this.#settings;
    const tree = new GrowingTree();
    const root = this.#root(gradients);
    const weight = weightOf(root.sums.gradient, root.sums.hessian, this.#settings);
    tree.addLeaf(fround(weight * learningRate), weight, root.sums.hessian);
    const open: OpenNode[] = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const { split } = node;
      if (!this.#isWorthwhile(split)) {
        const { gradient, hessian } = node.sums;
        this.#settle(node.start, node.end, this.#leafValue(gradient, hessian), margins);
        this.#pool.release(node.histogram);
        continue;
      }
      const [left, right] = this.#expand(tree, node.id, split);
      const middle = this.#partition(node.start, node.end, split);
      const depth = node.depth + 1;
      if (depth === maxDepth) {
        const { leftGradient, leftHessian, rightGradient, rightHessian } = split;
        this.#settle(node.start, middle, this.#leafValue(leftGradient, leftHessian), margins);
        this.#settle(middle, node.end, this.#leafValue(rightGradient, rightHessian), margins);
        this.#pool.release(node.histogram);
        continue;
      }
      open.push(...this.#children(node, left, right, middle, gradients));
    }
    return tree.finish();
  }

  #root(gradients: Float32Array): OpenNode {
    const { rows, columns, hasMissing, slots } = this.#binned;
    for (let row = 0; row < rows; row++) this.#rows[row] = row;
    const histogram = this.#pool.take();
    const all = this.#gather(0, rows, gradients);
    for (let from = 0; from < columns; from += FEATURES_PER_PASS) {
      const to = Math.min(from + FEATURES_PER_PASS, columns);
      buildFeatures(this.#binned, from, to, all, histogram);
    }
    let gradient = 0;
    let hessian = 0;
    // The order of these sums is XGBoost's: by bin of the first feature, or by row where values are missing.
    const pairs: ArrayLike<number> = hasMissing ? gradients : histogram.subarray(0, 2 * slots[1]);
    for (let i = 0; i < pairs.length; i += 2) {
      gradient += pairs[i];
      hessian += pairs[i + 1];
    }
    const sums = this.#sums(gradient, hessian);
    const split = noSplit();
    for (let f = 0; f < columns; f++) this.#finder.scanFeature(histogram, f, sums, split);
    return { id: 0, depth: 0, start: 0, end: rows, sums, histogram, split };
  }

  #sums(gradient: number, hessian: number): NodeSums {
    return { gradient, hessian, gain: gainOf(gradient, hessian, this.#settings.lambda) };
  }

  #leafValue(gradient: number, hessian: number): number {
    return fround(weightOf(gradient, hessian, this.#settings) * this.#settings.learningRate);
  }

  #isWorthwhile({ gain, leftHessian, rightHessian }: Split): boolean {
    return (
      gain > LEAST_GAIN && leftHessian !== 0 && rightHessian !== 0 && gain >= this.#settings.gamma
    );
  }

  /** Record the split and its two children, which start as leaves; returns their provisional numbers. */
  #expand(tree: GrowingTree, id: number, split: Split): [number, number] {
    const leftValue = this.#leafValue(split.leftGradient, split.leftHessian);
    const rightValue = this.#leafValue(split.rightGradient, split.rightHessian);
    const left = tree.addLeaf(leftValue, leftValue, split.leftHessian);
    const right = tree.addLeaf(rightValue, rightValue, split.rightHessian);
    const gradient = split.leftGradient + split.rightGradient;
    const hessian = split.leftHessian + split.rightHessian;
    tree.expand(
      id,
      {
        feature: split.feature,
        condition: this.#condition(split),
        defaultLeft: split.defaultLeft,
        lossChange: split.gain,
      },
      { weight: weightOf(gradient, hessian, this.#settings), hessian },
      left,
      right,
    );
    return [left, right];
  }

  #condition({ feature, bin }: Split): number {
    const { pointers, values, minimums } = this.#binned.cuts;
    return bin < 0 ? minimums[feature] : values[pointers[feature] + bin];
  }

  /** Move the rows that go left before those that go right, both in ascending order; returns the border. */
  #partition(start: number, end: number, { feature, bin, defaultLeft }: Split): number {
    const { bins, rows: total, cuts } = this.#binned;
    const rows = this.#rows;
    const base = feature * total;
    const missing = cuts.pointers[feature + 1] - cuts.pointers[feature];
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i];
      const at = bins[base + row];
      if (at === missing ? defaultLeft : at <= bin) rows[left++] = row;
      else this.#scratch[right++] = row;
    }
    rows.set(this.#scratch.subarray(0, right), left);
    return left;
  }

  /**
   * The child with the smaller hessian is summed up, the other one is what remains of the parent. A few
   * features at a time go through all steps while their slots are in the cache.
   */
  #children(
    parent: OpenNode,
    leftId: number,
    rightId: number,
    middle: number,
    gradients: Float32Array,
  ): [OpenNode, OpenNode] {
    const { start, end, split } = parent;
    const rightIsBuilt = split.rightHessian < split.leftHessian;
    const built = this.#pool.take();
    const rest = parent.histogram;
    const depth = parent.depth + 1;
    const left: OpenNode = {
      id: leftId,
      depth,
      start,
      end: middle,
      sums: this.#sums(split.leftGradient, split.leftHessian),
      histogram: rightIsBuilt ? rest : built,
      split: noSplit(),
    };
    const right: OpenNode = {
      id: rightId,
      depth,
      start: middle,
      end,
      sums: this.#sums(split.rightGradient, split.rightHessian),
      histogram: rightIsBuilt ? built : rest,
      split: noSplit(),
    };
    const rows = rightIsBuilt
      ? this.#gather(middle, end, gradients)
      : this.#gather(start, middle, gradients);
    const { columns } = this.#binned;
    for (let from = 0; from < columns; from += FEATURES_PER_PASS) {
      const to = Math.min(from + FEATURES_PER_PASS, columns);
      buildFeatures(this.#binned, from, to, rows, built);
      subtractFeatures(this.#binned, from, to, rest, built);
      for (let feature = from; feature < to; feature++) {
        this.#finder.scanFeature(left.histogram, feature, left.sums, left.split);
        this.#finder.scanFeature(right.histogram, feature, right.sums, right.split);
      }
    }
    // The one pushed last is visited first: the one with fewer rows.
    return middle - start < end - middle ? [right, left] : [left, right];
  }

  #gather(start: number, end: number, gradients: Float32Array): NodeRows {
    const rows = this.#rows;
    const gathered = this.#gathered;
    for (let i = start, to = 0; i < end; i++) {
      const at = 2 * rows[i];
      gathered[to++] = gradients[at]!;
      gathered[to++] = gradients[at + 1]!;
    }
    return { rows, start, end, gradients: gathered };
  }

  #settle(start: number, end: number, value: number, margins: Float32Array): void {
    for (let i = start; i < end; i++) margins[this.#rows[i]] += value;
  }
}
