import type { Labelling } from './labelling.js';

/** Voxels grouped into regions without jumps of the field inside, the largest first. */
export interface Regions {
  /** Region of each voxel. */
  of: Int32Array;
  /** Voxels in each region. */
  sizes: Int32Array;
  /** Voxels of a region, ascending. */
  members(region: number): Int32Array;
}

/** Group neighbours whose flattened fields differ by less than `jumpHz`. */
export function findRegions(state: Labelling, jumpHz: number): Regions {
  const count = state.labels.length;
  const parent = new Int32Array(count);
  for (let i = 0; i < count; i++) parent[i] = i;
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  state.forEachLink((i, j) => {
    if (!state.continues(i, j, jumpHz)) return;
    const [a, b] = [root(i), root(j)];
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  });
  const voxelsOf = new Int32Array(count);
  for (let i = 0; i < count; i++) voxelsOf[(parent[i] = root(i))]++;
  const roots: number[] = [];
  for (let i = 0; i < count; i++) if (voxelsOf[i] > 0) roots.push(i);
  roots.sort((a, b) => voxelsOf[b] - voxelsOf[a] || a - b);
  const sizes = Int32Array.from(roots, (i) => voxelsOf[i]);
  roots.forEach((i, region) => (voxelsOf[i] = region));
  const of = parent;
  for (let i = 0; i < count; i++) of[i] = voxelsOf[of[i]];
  const starts = new Int32Array(sizes.length + 1);
  for (let r = 0; r < sizes.length; r++) starts[r + 1] = starts[r] + sizes[r];
  const sorted = voxelsOf;
  const next = starts.slice();
  for (let i = 0; i < count; i++) sorted[next[of[i]]++] = i;
  return { of, sizes, members: (r) => sorted.subarray(starts[r], starts[r + 1]) };
}
