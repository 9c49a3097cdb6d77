import type { EngineMemory } from '../../engine/memory.js';
import type { Team } from '../../engine/team.js';
import { type BinnedMatrix, binCount, cutAfter } from '../binning/binned-matrix.js';
import type { RegressionTree } from '../tree.js';
import { AllowedFeatures, extendPath } from './allowed-features.js';
import { Evaluation, type EvaluationTask, type FeaturesOf } from './evaluation.js';
import type { GrowerSettings } from './grower-settings.js';
import { GrowingMemory } from './growing-memory.js';
import type { GrowingNode, Sums } from './growing-node.js';
import type { GrowingKernels } from './growing-steps.js';
import { GrowingTree } from './growing-tree.js';
import { GrowthQueue } from './growth-queue.js';
import { HistogramPool } from './histogram-pool.js';
import { LostHistograms } from './lost-histograms.js';
import { BUILD, SCAN_BUILT, SCAN_REST, SLOT_BYTES } from './layout.js';
import { type LeafRows, RowOrder, type RowSplit } from './row-order.js';
import { NodeWeights } from './weights.js';

const { fround } = Math;

/** Bytes of histograms that are kept for nodes that wait to be split; those beyond are made anew when needed. */
const KEPT_BYTES = 256 * 2 ** 20;

export { growingSteps } from './growing-steps.js';

/** A tree with the training rows of its leaves. */
export interface GrownTree {
  readonly tree: RegressionTree;
  /** Rows of a leaf, ascending: a view that the next tree overwrites. Empty for inner nodes. */
  rowsOfLeaf(node: number): Int32Array;
}

/** The children of a node that is split, which are evaluated together. */
interface Siblings {
  readonly parent: GrowingNode;
  readonly left: GrowingNode;
  readonly right: GrowingNode;
}

type Ranges = Map<number, { readonly start: number; readonly end: number }>;

/** What may be asked of a single tree. */
export interface GrowOptions {
  /**
   * Features that a node may be split on, one byte each, 1 for yes; undefined for all. It is asked once for each node
   * whose splits are looked for, in ascending order of numbers within a level; default: all features everywhere.
   */
  features?: ((depth: number, node: number) => Uint8Array | undefined) | undefined;
}

/**
 * Grows regression trees on binned features as XGBoost's `tree_method=hist` does, to the last bit: eq. 7 and
 * algorithm 1 of Chen and Guestrin 2016 on histograms.
 *
 * The team meets three times per level, or per split where the greatest loss reduction goes first: rows of all nodes
 * are divided, moved, and the histograms of the smaller children are summed up and scanned with those of their siblings.
 */
export class TreeGrower {
  readonly #engine: EngineMemory;
  readonly #binned: BinnedMatrix;
  readonly #settings: GrowerSettings;
  readonly #weights: NodeWeights;
  readonly #places: GrowingMemory;
  readonly #pool: HistogramPool;
  readonly #evaluation: Evaluation;
  readonly #lost: LostHistograms;
  readonly #rows: RowOrder;
  readonly #allowed: AllowedFeatures | undefined;
  /** Where the rows of the last tree's nodes stand in the order. */
  #ranges: Ranges = new Map();

  /** @param keptBytes most memory for histograms that wait; never less than two of them */
  constructor(
    engine: EngineMemory,
    team: Team,
    binned: BinnedMatrix,
    settings: GrowerSettings,
    keptBytes = KEPT_BYTES,
  ) {
    this.#engine = engine;
    this.#binned = binned;
    this.#settings = settings;
    this.#weights = new NodeWeights(settings);
    this.#places = new GrowingMemory(
      engine,
      team.size,
      binned,
      settings,
      this.#weights.givenWeight,
    );
    this.#pool = new HistogramPool(engine, this.#places.histogramBytes, keptBytes);
    this.#evaluation = new Evaluation(engine, team, this.#places);
    this.#lost = new LostHistograms(engine, this.#evaluation, this.#places, binned.rows);
    this.#rows = new RowOrder(engine, team, binned, this.#places);
    const sets = settings.interactionConstraints;
    if (sets !== undefined && sets.length > 0) {
      this.#allowed = new AllowedFeatures(sets, binned.columns);
    }
  }

  /** Address of the rows' gradient pairs (g, h), float32, which are to be filled before a tree is grown. */
  get gradients(): number {
    return this.#places.gradients;
  }

  /** Grow one tree. */
  grow({ features }: GrowOptions = {}): GrownTree {
    const featuresOf = this.#featuresOf(features);
    this.#rows.reset();
    const root = this.#evaluateRoot(featuresOf);
    const weight = this.#weights.weight(root.sums.gradient, root.sums.hessian, root.bounds);
    const tree = new GrowingTree(this.#leafValue(weight), weight, root.sums.hessian);
    const ranges: Ranges = new Map([[0, root]]);
    this.#ranges = ranges;
    const queue = new GrowthQueue(this.#settings);
    queue.push(root);
    const open = new Set([root]);
    for (let turn = queue.pop(); turn.length > 0; turn = queue.pop()) {
      const pairs = this.#splitNodes(turn, tree, queue, ranges);
      for (const node of turn) open.delete(node);
      this.#evaluateChildren(turn, pairs, queue, featuresOf);
      for (const child of pairs.flatMap(({ left, right }) => [left, right])) {
        queue.push(child);
        if (child.split) open.add(child);
        else this.#pool.release(child.histogram);
      }
    }
    for (const node of open) this.#pool.release(node.histogram);
    const grown = tree.finish();
    return {
      tree: grown,
      rowsOfLeaf: (node) => {
        const range = grown.leftChildren[node] === -1 ? ranges.get(node) : undefined;
        if (range === undefined) return new Int32Array(0);
        return this.#engine.i32At(this.#places.order + 4 * range.start, range.end - range.start);
      },
    };
  }

  /**
   * Add the outputs of a tree's leaves to the margins of their training rows.
   *
   * @param grown the tree that was grown last
   * @param values outputs by node, float32
   * @param margins address of float32 margins; row r's is number `stride · r + offset`
   */
  addLeafValues(
    grown: GrownTree,
    values: Float32Array,
    margins: number,
    stride: number,
    offset: number,
  ): void {
    const { leftChildren } = grown.tree;
    const leaves: LeafRows[] = [];
    for (const [node, { start, end }] of this.#ranges) {
      if (leftChildren[node] === -1) leaves.push({ start, end, value: values[node] });
    }
    this.#rows.addOutputs(leaves, margins + 4 * offset, 4 * stride);
  }

  #featuresOf(features: GrowOptions['features']): FeaturesOf {
    return ({ depth, id, path }) => {
      const sampled = features?.(depth, id);
      const allowed = this.#allowed?.after(path);
      if (sampled === undefined || allowed === undefined) return sampled ?? allowed;
      return sampled.map((use, feature) => use & allowed[feature]);
    };
  }

  #leafValue(weight: number): number {
    return fround(weight * this.#settings.learningRate);
  }

  #evaluateRoot(features: FeaturesOf): GrowingNode {
    const { rows } = this.#binned;
    const place = {
      id: 0,
      depth: 0,
      start: 0,
      end: rows,
      bounds: this.#weights.unbounded,
      path: [],
      histogram: this.#pool.take(),
    };
    const task = { parent: 0, keep: true, allRows: true };
    // The totals come from the histogram, so it is built before it is scanned.
    const unknown = { ...place, sums: { gradient: 0, hessian: 0 }, gain: 0 };
    this.#evaluation.run([{ ...task, built: unknown, work: BUILD }], () => undefined);
    const sums = this.#rootSums(place.histogram);
    const gain = this.#weights.gain(sums.gradient, sums.hessian, place.bounds);
    const root: GrowingNode = { ...place, sums, gain };
    this.#evaluation.run([{ ...task, built: root, work: SCAN_BUILT }], features);
    return root;
  }

  /** The order of these sums is XGBoost's: by bin of the first feature, or by row where values are missing. */
  #rootSums(histogram: number): Sums {
    const { rows, hasMissing } = this.#binned;
    if (hasMissing) {
      const to = this.#places.bests;
      const kernels = this.#engine.kernels as unknown as GrowingKernels;
      kernels.sumPairs(this.gradients, rows, to);
      const { f64 } = this.#engine;
      return { gradient: f64[to / 8], hessian: f64[to / 8 + 1] };
    }
    const { f64 } = this.#engine;
    let gradient = 0;
    let hessian = 0;
    for (let bin = 0; bin < binCount(this.#binned, 0); bin++) {
      gradient += f64[(histogram + bin * SLOT_BYTES) / 8];
      hessian += f64[(histogram + bin * SLOT_BYTES) / 8 + 1];
    }
    return { gradient, hessian };
  }

  /** Put the splits of some nodes into the tree and divide their rows; returns the children to be evaluated. */
  #splitNodes(
    nodes: readonly GrowingNode[],
    tree: GrowingTree,
    queue: GrowthQueue,
    ranges: Ranges,
  ): Siblings[] {
    const splits: RowSplit[] = nodes.map((node) => {
      if (!queue.maySplitChildren(node)) return { node, gather: 'none' };
      return { node, gather: buildsRight(node) ? 'right' : 'left' };
    });
    const middles = this.#rows.divide(splits);
    const pairs: Siblings[] = [];
    splits.forEach(({ node, gather }, i) => {
      const [left, right] = this.#expand(tree, node, middles[i]);
      ranges.set(left.id, left);
      ranges.set(right.id, right);
      ranges.delete(node.id);
      if (gather !== 'none') pairs.push({ parent: node, left, right });
    });
    return pairs;
  }

  /** Find the best splits of children. The histograms of their parents are free afterwards or theirs. */
  #evaluateChildren(
    parents: readonly GrowingNode[],
    pairs: readonly Siblings[],
    queue: GrowthQueue,
    featuresOf: FeaturesOf,
  ): void {
    const features = new Map<number, Uint8Array | undefined>();
    for (const child of pairs.flatMap(({ left, right }) => [left, right])) {
      features.set(child.id, featuresOf(child));
    }
    const allowed: FeaturesOf = ({ id }) => features.get(id);
    const tasks = pairs
      .filter(({ parent }) => parent.histogram !== 0)
      .map((siblings) => this.#taskOf(siblings, siblings.parent.histogram, queue));
    if (tasks.length > 0) this.#evaluation.run(tasks, allowed);
    const passedOn = new Set(tasks.flatMap(({ keep, parent }) => (keep ? [parent] : [])));
    for (const { histogram } of parents) {
      if (!passedOn.has(histogram)) this.#pool.release(histogram);
    }
    for (const siblings of pairs) {
      if (siblings.parent.histogram !== 0) continue;
      const place = this.#pool.take();
      const histogram = place === 0 ? this.#pool.spare() : place;
      this.#lost.restore(siblings.parent, histogram);
      const task = this.#taskOf(siblings, histogram, queue, place !== 0);
      this.#evaluation.run([task], allowed);
      if (!task.keep) this.#pool.release(place);
    }
  }

  /** @param mayKeep whether the parent's histogram may become that of a child */
  #taskOf(
    { parent, left, right }: Siblings,
    histogram: number,
    queue: GrowthQueue,
    mayKeep = true,
  ): EvaluationTask {
    const [built, rest] = buildsRight(parent) ? [right, left] : [left, right];
    if (mayKeep && queue.maySplitChildren(left)) built.histogram = this.#pool.take();
    const keep = built.histogram !== 0;
    if (keep) rest.histogram = histogram;
    return { built, rest, parent: histogram, keep, work: BUILD | SCAN_BUILT | SCAN_REST };
  }

  /** Record a node's split and its children, which start as leaves. */
  #expand(tree: GrowingTree, node: GrowingNode, middle: number): [GrowingNode, GrowingNode] {
    const { feature, bin, categories, defaultLeft, gain, left, right } = node.split!;
    const { bounds } = node;
    const own = {
      gradient: left.gradient + right.gradient,
      hessian: left.hessian + right.hessian,
    };
    const leftWeight = this.#weights.weight(left.gradient, left.hessian, bounds);
    const rightWeight = this.#weights.weight(right.gradient, right.hessian, bounds);
    const threshold = categories ? 0 : cutAfter(this.#binned, feature, bin);
    const leftId = tree.split(
      node.id,
      { feature, threshold, defaultLeft, gain, categories },
      { weight: this.#weights.weight(own.gradient, own.hessian, bounds), hessian: own.hessian },
      { value: this.#leafValue(leftWeight), hessian: left.hessian },
      { value: this.#leafValue(rightWeight), hessian: right.hessian },
    );
    const [leftBounds, rightBounds] = this.#weights.childBounds(
      bounds,
      feature,
      leftWeight,
      rightWeight,
    );
    const path = this.#allowed ? extendPath(node.path, feature) : node.path;
    const isRightBuilt = buildsRight(node);
    const children: GrowingNode[] = [];
    const addChild = (sums: Sums, start: number, end: number, limits: typeof bounds) => {
      const which = children.length;
      children.push({
        id: leftId + which,
        depth: node.depth + 1,
        start,
        end,
        sums,
        // The gain without a split is that of the weight within the parent's bounds.
        gain: this.#weights.gain(sums.gradient, sums.hessian, bounds),
        bounds: limits,
        path,
        origin: {
          parent: node,
          sibling: () => children[1 - which],
          isBuilt: isRightBuilt === (which === 1),
        },
        histogram: 0,
      });
    };
    addChild(left, node.start, middle, leftBounds);
    addChild(right, middle, node.end, rightBounds);
    return [children[0], children[1]];
  }
}

/** The child with the smaller hessian is summed up, the left one if they are equal. */
function buildsRight({ split }: GrowingNode): boolean {
  return split!.right.hessian < split!.left.hessian;
}
