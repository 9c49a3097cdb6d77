import { type BitRows, lowestBit } from './bit-rows.js';
import type { Workspace } from './workspace.js';

/**
 * The extremes of the corners of a surface mesh, in half voxels from one voxel before the box: along x in
 * each row (y, z), along y in each row (x, z). The corners of any hull are among them. A row without
 * corners has −1 for the larger one.
 */
export interface MeshExtremes {
  /** Places along x, y, z. */
  readonly widths: readonly [number, number, number];
  /** Index z·(places along y) + y. */
  readonly leastX: Int32Array;
  readonly mostX: Int32Array;
  /** Index z·(places along x) + x. */
  readonly leastY: Int32Array;
  readonly mostY: Int32Array;
}

/** The edges of one slice, along x, y or z, that a mesh corner lies on: bits as in the rows of the mask. */
interface EdgesOfSlice {
  words: Uint32Array;
  /** Words of a row. */
  width: number;
  rows: number;
  /** Where the corners on them lie: half voxels beyond the voxel of the bit. */
  shift: readonly [number, number, number];
}

/** Find the extremes. */
export function meshExtremes(mask: BitRows, workspace: Workspace): MeshExtremes {
  const { width, rows, slices } = mask;
  const widths = [64 * width + 1, 2 * rows, 2 * slices] as const;
  const [wx, wy, wz] = widths;
  const extremes: MeshExtremes = {
    widths,
    leastX: workspace.int32('leastX', wy * wz),
    mostX: workspace.int32('mostX', wy * wz).fill(-1),
    leastY: workspace.int32('leastY', wx * wz),
    mostY: workspace.int32('mostY', wx * wz).fill(-1),
  };
  const edges = workspace.uint32('meshEdges', rows * width);
  const seen = workspace.uint32('seenColumns', width);
  for (let z = 0; z < slices; z++) {
    for (let axis = 0; axis < 3; axis++) {
      findEdges(mask, z, axis, edges);
      const shift = [Number(axis === 0), Number(axis === 1), Number(axis === 2)] as const;
      const slice = { words: edges, width, rows, shift };
      noteRows(slice, z, extremes);
      noteColumns(slice, z, extremes, seen);
    }
  }
  return extremes;
}

/** The edges from the voxels of a slice to the next voxel along an axis whose ends differ. */
function findEdges(mask: BitRows, z: number, axis: number, edges: Uint32Array): void {
  const { words, width, rows, slices } = mask;
  const count = rows * width;
  const from = z * count;
  if (axis === 0) {
    for (let i = 0; i < count; i++) {
      const word = words[from + i];
      const next = i % width === width - 1 ? 0 : words[from + i + 1];
      edges[i] = word ^ ((word >>> 1) | (next << 31));
    }
    return;
  }
  const step = axis === 1 ? width : count;
  const known = axis === 1 ? count - width : z === slices - 1 ? 0 : count;
  for (let i = 0; i < known; i++) edges[i] = words[from + i] ^ words[from + i + step];
  edges.fill(0, known, count);
}

/** Note the first and last corner along x of each row. */
function noteRows(slice: EdgesOfSlice, z: number, extremes: MeshExtremes): void {
  const { words, width, rows, shift } = slice;
  const { widths, leastX, mostX } = extremes;
  for (let y = 0; y < rows; y++) {
    const row = y * width;
    let first = 0;
    while (first < width && words[row + first] === 0) first++;
    if (first === width) continue;
    let last = width - 1;
    while (words[row + last] === 0) last--;
    const at = (2 * z + shift[2]) * widths[1] + 2 * y + shift[1];
    const least = 2 * (32 * first + lowestBit(words[row + first])) + shift[0];
    const most = 2 * (32 * last + 31 - Math.clz32(words[row + last])) + shift[0];
    // Corners on edges along y and on edges along z never share a row; those along x have their own too.
    leastX[at] = least;
    mostX[at] = most;
  }
}

/** Note the first and last corner along y of each column. */
function noteColumns(
  slice: EdgesOfSlice,
  z: number,
  extremes: MeshExtremes,
  seen: Uint32Array,
): void {
  const { words, width, rows, shift } = slice;
  const { widths, leastY, mostY } = extremes;
  const corner = (2 * z + shift[2]) * widths[0] + shift[0];
  for (const rising of [true, false]) {
    seen.fill(0);
    for (let k = 0; k < rows; k++) {
      const y = rising ? k : rows - 1 - k;
      for (let w = 0; w < width; w++) {
        const edges = words[y * width + w];
        let fresh = edges & ~seen[w];
        seen[w] |= edges;
        for (; fresh !== 0; fresh &= fresh - 1) {
          const at = corner + 2 * (32 * w + lowestBit(fresh));
          if (rising) leastY[at] = 2 * y + shift[1];
          else mostY[at] = 2 * y + shift[1];
        }
      }
    }
  }
}
