import type { LeafGame } from './leaf-game.js';
import type { LeafPaths } from './leaf-paths.js';
import { pairTargets, valueTargets } from './targets.js';

/** How the background rows stand to the leaves of one tree. */
export interface BackgroundSets {
  /** For each leaf the distinct sets of features that background rows disagree with, m numbers 0 or 1 each. */
  readonly sets: readonly Uint8Array[];
  /** Share of the background rows that each set has. */
  readonly shares: readonly Float64Array[];
}

/**
 * Shapley values of a leaf where features outside a coalition are those of background rows, averaged over them
 * (Lundberg et al. 2020, doi:10.1038/s42256-019-0138-9, algorithm 3).
 *
 * Against one background row only the features matter with which row and background disagree differently: with p of them the
 * row alone agrees, with q the background alone. A feature of the first kind gets v (p − 1)! q! / (p + q)!, one of the
 * second −v p! (q − 1)! / (p + q)!; if both disagree with any feature, no coalition reaches the leaf.
 */
export function interventionalValues(paths: LeafPaths, background: BackgroundSets): LeafGame {
  return {
    width: (m) => m,
    targets: (leaf) => valueTargets(paths, leaf),
    mean: meanOf(paths, background),
    fill(leaf, disagrees, to, at) {
      const m = paths.starts[leaf + 1] - paths.starts[leaf];
      to.fill(0, at, at + m);
      forMeetings(background, leaf, m, disagrees, (set, start, share, p, q) => {
        const v = share * paths.values[leaf];
        const up = p > 0 ? v * beta(p - 1, q) : 0;
        const down = q > 0 ? -v * beta(p, q - 1) : 0;
        for (let i = 0; i < m; i++) {
          if (disagrees[i] !== set[start + i]) to[at + i] += disagrees[i] === 0 ? up : down;
        }
      });
    },
  };
}

/** As {@link interventionalValues} for pairs, each pair's value divided evenly between its two cells. */
export function interventionalInteractions(
  paths: LeafPaths,
  background: BackgroundSets,
  columns: number,
): LeafGame {
  return {
    width: (m) => (m * (m - 1)) / 2,
    targets: (leaf) => pairTargets(paths, leaf, columns),
    mean: meanOf(paths, background),
    fill(leaf, disagrees, to, at) {
      const m = paths.starts[leaf + 1] - paths.starts[leaf];
      to.fill(0, at, at + (m * (m - 1)) / 2);
      forMeetings(background, leaf, m, disagrees, (set, start, share, p, q) => {
        const v = (share * paths.values[leaf]) / 2;
        const bothUp = p > 1 ? v * beta(p - 2, q) : 0;
        const mixed = p > 0 && q > 0 ? -v * beta(p - 1, q - 1) : 0;
        const bothDown = q > 1 ? v * beta(p, q - 2) : 0;
        let cell = at;
        for (let i = 0; i < m; i++) {
          const differsI = disagrees[i] !== set[start + i];
          for (let j = i + 1; j < m; j++, cell++) {
            if (!differsI || disagrees[j] === set[start + j]) continue;
            to[cell] +=
              disagrees[i] !== disagrees[j] ? mixed : disagrees[i] === 0 ? bothUp : bothDown;
          }
        }
      });
    },
  };
}

/** Call `use` for every set of background rows with which some coalition reaches the leaf. */
function forMeetings(
  background: BackgroundSets,
  leaf: number,
  m: number,
  disagrees: Uint8Array,
  use: (set: Uint8Array, start: number, share: number, p: number, q: number) => void,
): void {
  const set = background.sets[leaf];
  const shares = background.shares[leaf];
  for (let index = 0; index < shares.length; index++) {
    const start = index * m;
    let p = 0;
    let q = 0;
    let i = 0;
    for (; i < m; i++) {
      if (disagrees[i] === 0) p += set[start + i];
      else if (set[start + i] === 0) q++;
      else break;
    }
    if (i === m) use(set, start, shares[index], p, q);
  }
}

/** Mean output of the tree over the background rows. */
function meanOf({ values }: LeafPaths, { sets, shares }: BackgroundSets): number {
  let mean = 0;
  values.forEach((value, leaf) => {
    const m = sets[leaf].length / shares[leaf].length;
    shares[leaf].forEach((share, index) => {
      if (!sets[leaf].subarray(index * m, (index + 1) * m).includes(1)) mean += share * value;
    });
  });
  return mean;
}

/** ∫₀¹ tᵃ (1 − t)ᵇ dt = a! b! / (a + b + 1)! */
function beta(a: number, b: number): number {
  let value = 1 / (a + b + 1);
  for (let i = 1; i <= Math.min(a, b); i++) value *= i / (a + b + 1 - i);
  return value;
}
