import type { Decisions } from './decisions.js';
import type { BackgroundSets } from './interventional.js';
import type { LeafPaths } from './leaf-paths.js';

/** Longest path whose sets are told apart; of longer ones every background row keeps its own. */
const LONGEST_COUNTED = 30;

/** With which features of each leaf's path the background rows disagree, equal sets counted together. */
export function backgroundSets(
  paths: LeafPaths,
  decisions: Decisions,
  tree: number,
): BackgroundSets {
  const { leaves, parents, places, starts } = paths;
  const read = decisions.inTree(tree, paths);
  const goesLeft = new Uint8Array(places.length);
  const counts = Array.from(leaves, () => new Map<number, { set: Uint8Array; rows: number }>());
  for (let row = 0; row < decisions.rows; row++) {
    read(row, goesLeft);
    for (let leaf = 0; leaf < leaves.length; leaf++) {
      const m = starts[leaf + 1] - starts[leaf];
      const set = new Uint8Array(m);
      for (let child = leaves[leaf]; parents[child] !== -1; child = parents[child]) {
        const at = parents[child];
        if (goesLeft[at] !== (child === at + 1 ? 1 : 0)) set[places[at]] = 1;
      }
      const key = m > LONGEST_COUNTED ? row : set.reduce((mask, bit) => 2 * mask + bit, 0);
      const known = counts[leaf].get(key);
      if (known) known.rows++;
      else counts[leaf].set(key, { set, rows: 1 });
    }
  }
  const found = counts.map((map) => [...map.values()]);
  return {
    sets: found.map((entries) => Uint8Array.from(entries.flatMap(({ set }) => [...set]))),
    shares: found.map((entries) => Float64Array.from(entries, ({ rows }) => rows / decisions.rows)),
  };
}
