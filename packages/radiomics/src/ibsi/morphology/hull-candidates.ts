import { bitRows } from '../../kernels/bit-rows.js';
import { meshExtremes } from '../../kernels/mesh-extremes.js';
import { hullOfRows } from '../../kernels/planar-hull.js';
import type { Workspace } from '../../kernels/workspace.js';
import type { Region } from '../../roi/region.js';

/**
 * Corners of the surface mesh of a region among which the corners of its convex hull are, as x, y, z
 * triples in half voxels: integers, so that the hull can be found without rounding.
 */
export function hullCandidates(region: Region, workspace: Workspace): Int32Array {
  const { widths, leastX, mostX } = meshExtremes(bitRows(region, workspace), workspace);
  const [, rowsOfPlane, planes] = widths;
  const found: number[] = [];
  for (let z = 0; z < planes; z++) {
    const rows: number[] = [];
    for (let y = 0; y < rowsOfPlane; y++) {
      const row = z * rowsOfPlane + y;
      if (mostX[row] >= 0) rows.push(y, leastX[row], mostX[row]);
    }
    const corners = hullOfRows(rows);
    for (let i = 0; i < corners.length; i += 2) found.push(corners[i], corners[i + 1], z);
  }
  return Int32Array.from(found);
}
