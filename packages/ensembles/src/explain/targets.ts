import type { LeafPaths } from './leaf-paths.js';

/** Where the values of a leaf's features stand in a row of values: at the features. */
export function valueTargets({ starts, features }: LeafPaths, leaf: number): Int32Array {
  return features.subarray(starts[leaf], starts[leaf + 1]);
}

/** Where the values of a leaf's pairs stand in a square of `columns`² numbers: above the diagonal. */
export function pairTargets(
  { starts, features }: LeafPaths,
  leaf: number,
  columns: number,
): Int32Array {
  const own = features.subarray(starts[leaf], starts[leaf + 1]);
  const targets: number[] = [];
  own.forEach((one, i) => {
    for (const other of own.subarray(i + 1)) {
      targets.push(Math.min(one, other) * columns + Math.max(one, other));
    }
  });
  return Int32Array.from(targets);
}
