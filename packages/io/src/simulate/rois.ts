import type { Random, Vector3 } from '@steatosis/core';

/** Couinaud segments in which a reader of Zhang et al. 2020 placed one region each. */
export const ROI_SEGMENTS = [2, 3, 4, 6, 7, 8] as const;

/** Edge of a region in voxels, in its axial slice. */
export const ROI_VOXELS = 16;

/** Voxels around a region that must be parenchyma too, so that it can be moved and turned. */
export const ROI_MARGIN_VOXELS = 8;

/** One region of a simulated reader. */
export interface SimulatedRoi {
  /** Couinaud segment, also its label value. */
  segment: number;
  /** First voxel of the box of 16 × 16 × 1. */
  start: Vector3;
}

/**
 * Place one region in each of the six segments: uniformly among all places where the box lies inside the
 * segment and everything within 8 voxels of it, in its slice, is parenchyma.
 *
 * @param segment Couinaud segments of parenchyma, 0 elsewhere, first axis fastest
 * @returns the regions; segments without such a place are left out
 */
export function placeRois(random: Random, segment: Uint8Array, size: Vector3): SimulatedRoi[] {
  const [nx, ny, nz] = size;
  const slice = nx * ny;
  const reach = ROI_VOXELS + 2 * ROI_MARGIN_VOXELS;
  const candidates = new Map<number, Vector3[]>(ROI_SEGMENTS.map((s) => [s, []]));
  for (let z = 0; z < nz; z++) {
    const labels = segment.subarray(z * slice, (z + 1) * slice);
    const liver = summedArea(labels, nx, ny, (label) => label > 0);
    for (const [label, places] of candidates) {
      const own = summedArea(labels, nx, ny, (found) => found === label);
      if (own[own.length - 1] < ROI_VOXELS * ROI_VOXELS) continue;
      for (let y = 0; y + reach <= ny; y++) {
        for (let x = 0; x + reach <= nx; x++) {
          const inner = boxSum(own, nx, x + ROI_MARGIN_VOXELS, y + ROI_MARGIN_VOXELS, ROI_VOXELS);
          if (inner !== ROI_VOXELS * ROI_VOXELS) continue;
          if (boxSum(liver, nx, x, y, reach) !== reach * reach) continue;
          places.push([x + ROI_MARGIN_VOXELS, y + ROI_MARGIN_VOXELS, z]);
        }
      }
    }
  }
  return ROI_SEGMENTS.flatMap((label) => {
    const places = candidates.get(label)!;
    if (places.length === 0) return [];
    return [{ segment: label, start: places[random.split(label).integer(places.length)] }];
  });
}

/** Sums over all voxels left of and above each corner: `(nx + 1) × (ny + 1)`. */
function summedArea(
  labels: Uint8Array,
  nx: number,
  ny: number,
  counts: (label: number) => boolean,
): Int32Array {
  const sums = new Int32Array((nx + 1) * (ny + 1));
  for (let y = 0, at = 0; y < ny; y++) {
    let row = 0;
    for (let x = 0; x < nx; x++, at++) {
      if (counts(labels[at])) row++;
      const corner = (y + 1) * (nx + 1) + x + 1;
      sums[corner] = sums[corner - nx - 1] + row;
    }
  }
  return sums;
}

function boxSum(sums: Int32Array, nx: number, x: number, y: number, edge: number): number {
  const top = y * (nx + 1) + x;
  const bottom = top + edge * (nx + 1);
  return sums[bottom + edge] - sums[bottom] - sums[top + edge] + sums[top];
}
