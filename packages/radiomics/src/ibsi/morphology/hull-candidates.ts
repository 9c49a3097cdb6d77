import { hullOfRows } from '../../kernels/planar-hull.js';
import type { PaddedMask } from '../../kernels/surface-mesh.js';

/**
 * Corners of the surface mesh of a mask among which the corners of its convex hull are, as x, y, z
 * triples in half voxels from the centre of the voxel before the box: integers, so that the hull can be
 * found without rounding.
 */
export function hullCandidates(mask: PaddedMask): Int32Array {
  const { inside, size, pad, rowStep, sliceStep } = mask;
  const [nx, ny, nz] = size;
  const width = 2 * ny + 3;
  const planes = 2 * nz + 3;
  const least = new Int32Array(width * planes).fill(0x7fffffff);
  const most = new Int32Array(width * planes).fill(-1);
  const note = (x: number, y: number, z: number): void => {
    const row = z * width + y;
    if (x < least[row]) least[row] = x;
    if (x > most[row]) most[row] = x;
  };
  for (let z = 0; z <= nz; z++) {
    for (let y = 0; y <= ny; y++) {
      let p = pad - 1 + (y + pad - 1) * rowStep + (z + pad - 1) * sliceStep;
      for (let x = 0; x <= nx; x++, p++) {
        const here = inside[p];
        if (inside[p + 1] !== here) note(2 * x + 1, 2 * y, 2 * z);
        if (inside[p + rowStep] !== here) note(2 * x, 2 * y + 1, 2 * z);
        if (inside[p + sliceStep] !== here) note(2 * x, 2 * y, 2 * z + 1);
      }
    }
  }
  const found: number[] = [];
  for (let z = 0; z < planes; z++) {
    const rows: number[] = [];
    for (let y = 0; y < width; y++) {
      const row = z * width + y;
      if (most[row] >= 0) rows.push(y, least[row], most[row]);
    }
    const corners = hullOfRows(rows);
    for (let i = 0; i < corners.length; i += 2) found.push(corners[i], corners[i + 1], z);
  }
  return Int32Array.from(found);
}
