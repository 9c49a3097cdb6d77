import { InvalidArgumentError } from '@steatosis/core';
import type { PlainTree } from './tree-ensemble.js';

/** Most nodes that the paths to all leaves of one tree may have together: bounds what a degenerate tree can ask for. */
const MOST_STEPS = 2 ** 26;

/**
 * A tree as the set of its leaves: a row reaches a leaf if it agrees with every feature on the leaf's path.
 *
 * Nodes are renumbered to positions in preorder, left before right, so that a left child follows its parent.
 * A feature that a path tests several times counts once: the row agrees with it if it passes all its tests.
 */
export interface LeafPaths {
  /** Node of each position in the tree. */
  readonly nodes: Int32Array;
  /** Position of the right child; 0 in leaves. */
  readonly right: Int32Array;
  /** Position of the parent; −1 at the root. */
  readonly parents: Int32Array;
  /** Place that the tested feature has on the paths through this position, from 0; −1 in leaves. */
  readonly places: Int32Array;
  /** Share of the training weight that goes left at each position that tests a feature. */
  readonly sharesLeft: Float64Array;
  /** Positions of the leaves, ascending. */
  readonly leaves: Int32Array;
  /** Output of each leaf. */
  readonly values: Float64Array;
  /** Features of leaf i stand from `starts[i]` to before `starts[i + 1]`, the one nearest to the root first. */
  readonly starts: Int32Array;
  readonly features: Int32Array;
  /** For each entry of `features` the share of the training weight that agrees with the leaf there. */
  readonly shares: Float64Array;
}

/**
 * The leaves of a tree with the features on their paths.
 *
 * @param id number of the tree, for errors
 * @throws InvalidArgumentError for a tree so degenerate that its paths are too long
 */
export function leafPaths(tree: PlainTree, id: number): LeafPaths {
  const shape = inPreorder(tree, id);
  const { nodes, parents, places, sharesLeft, leaves } = shape;
  const starts = new Int32Array(leaves.length + 1);
  for (let leaf = 0; leaf < leaves.length; leaf++) {
    let most = -1;
    for (let at = parents[leaves[leaf]]; at !== -1; at = parents[at]) {
      most = Math.max(most, places[at]);
    }
    starts[leaf + 1] = starts[leaf] + most + 1;
  }
  const entries = starts[leaves.length];
  const features = new Int32Array(entries);
  const shares = new Float64Array(entries).fill(1);
  for (let leaf = 0; leaf < leaves.length; leaf++) {
    for (let child = leaves[leaf]; parents[child] !== -1; child = parents[child]) {
      const at = parents[child];
      const entry = starts[leaf] + places[at];
      features[entry] = tree.feature[nodes[at]];
      shares[entry] *= child === at + 1 ? sharesLeft[at] : 1 - sharesLeft[at];
    }
  }
  const values = Float64Array.from(leaves, (position) => tree.value[nodes[position]]);
  return { ...shape, values, starts, features, shares };
}

type Shape = Pick<LeafPaths, 'nodes' | 'right' | 'parents' | 'places' | 'sharesLeft' | 'leaves'>;

function inPreorder(tree: PlainTree, id: number): Shape {
  const count = tree.left.length;
  const nodes = new Int32Array(count);
  const right = new Int32Array(count);
  const parents = new Int32Array(count).fill(-1);
  const places = new Int32Array(count).fill(-1);
  const sharesLeft = new Float64Array(count);
  const depths = new Int32Array(count);
  const leaves: number[] = [];
  const open = [{ node: 0, parent: -1, isRight: false }];
  let used = 0;
  let steps = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, parent, isRight } = next;
    if (used === count) refuse(id);
    const at = used++;
    nodes[at] = node;
    parents[at] = parent;
    depths[at] = parent === -1 ? 0 : depths[parent] + 1;
    steps += depths[at];
    if (steps > MOST_STEPS) refuse(id);
    if (isRight) right[parent] = at;
    if (tree.left[node] === -1) {
      leaves.push(at);
      continue;
    }
    sharesLeft[at] = shareLeft(tree, node);
    places[at] = placeOf(tree, at, { nodes, parents, places });
    open.push(
      { node: tree.right[node], parent: at, isRight: true },
      { node: tree.left[node], parent: at, isRight: false },
    );
  }
  return {
    nodes: nodes.subarray(0, used),
    right,
    parents,
    places: places.subarray(0, used),
    sharesLeft,
    leaves: Int32Array.from(leaves),
  };
}

/** Place of the feature tested at `at`: that of the ancestor that tests it too, or the next free one. */
function placeOf(
  { feature }: PlainTree,
  at: number,
  { nodes, parents, places }: Pick<LeafPaths, 'nodes' | 'parents' | 'places'>,
): number {
  let most = -1;
  for (let above = parents[at]; above !== -1; above = parents[above]) {
    if (feature[nodes[above]] === feature[nodes[at]]) return places[above];
    most = Math.max(most, places[above]);
  }
  return most + 1;
}

/** Share of a node's training weight that goes left; half of it where no training row came. */
function shareLeft({ left, right, cover }: PlainTree, node: number): number {
  const weight = cover[left[node]];
  const both = weight + cover[right[node]];
  return both > 0 ? weight / both : 0.5;
}

function refuse(id: number): never {
  throw new InvalidArgumentError(
    'model',
    `tree ${id}`,
    `trees whose paths have ${MOST_STEPS} nodes at most together; this one is degenerate: limit its depth`,
  );
}
