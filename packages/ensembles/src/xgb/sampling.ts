import type { Random } from '@steatosis/core';

/** Shares of the features that are drawn for each tree, each level of a tree and each node, > 0 … 1. */
export interface ColumnShares {
  readonly byTree: number;
  readonly byLevel: number;
  readonly byNode: number;
}

/** Which features a node may test: 1 for those that it may; undefined for all. */
export type FeatureMask = (depth: number, node: number) => Uint8Array | undefined;

/**
 * Set the pairs of the rows that are left out to 0.
 *
 * Exactly round(share · rows) rows, at least one, stay; all sets of that size are equally likely (Knuth 1997, volume 2,
 * algorithm 3.4.2 S).
 *
 * @param pairs gradient and hessian of each row
 */
export function leaveOutRows(pairs: Float32Array, share: number, random: Random): void {
  const rows = pairs.length / 2;
  let wanted = Math.max(1, Math.round(share * rows));
  for (let row = 0; row < rows; row++) {
    if (random.uniform() * (rows - row) < wanted) {
      wanted--;
    } else {
      pairs[2 * row] = 0;
      pairs[2 * row + 1] = 0;
    }
  }
}

/**
 * The features that each node of one tree may test, or undefined if all may always be tested.
 *
 * As in XGBoost the draws are nested: a level draws from the tree's features, a node from its level's. Each draw has a
 * stream of its own, so the order in which nodes ask does not matter.
 */
export function drawColumns(
  columns: number,
  shares: ColumnShares,
  random: Random,
): FeatureMask | undefined {
  const { byTree, byLevel, byNode } = shares;
  if (byTree === 1 && byLevel === 1 && byNode === 1) return undefined;
  const all = Uint32Array.from({ length: columns }, (_, feature) => feature);
  const ofTree = drawSome(all, byTree, random.split('tree'));
  const levels = new Map<number, Uint32Array>();
  return (depth, node) => {
    let ofLevel = levels.get(depth);
    if (!ofLevel) {
      ofLevel = drawSome(ofTree, byLevel, random.split('level').split(depth));
      levels.set(depth, ofLevel);
    }
    const mask = new Uint8Array(columns);
    for (const feature of drawSome(ofLevel, byNode, random.split('node').split(node))) {
      mask[feature] = 1;
    }
    return mask;
  };
}

/** ⌊share · n⌋ of them, at least one. */
function drawSome(features: Uint32Array, share: number, random: Random): Uint32Array {
  if (share === 1) return features;
  const count = Math.max(1, Math.floor(share * features.length));
  return random
    .permutation(features.length)
    .subarray(0, count)
    .map((at) => features[at]);
}
