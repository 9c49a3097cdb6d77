import { type Grid, indexToWorld, type Vector3, worldToIndex } from '@steatosis/core';
import { RegionOutsideImageError } from '../errors.js';
import type { LabelBox } from '../roi/find-box.js';

/** Voxels by which a region's box may reach beyond the image, for rounding. */
const TOLERANCE_VOXELS = 1e-3;

/**
 * Check that a region's box, its voxels' outer borders included, lies within the field of an image on
 * another grid. Of turned boxes the first and the last corner are looked at, as PyRadiomics does.
 *
 * @throws RegionOutsideImageError
 */
export function expectRegionOnImage(box: LabelBox, mask: Grid, image: Grid): void {
  const corners = [box.first.map((at) => at - 0.5), box.last.map((at) => at + 0.5)].map((corner) =>
    worldToIndex(image, indexToWorld(mask, corner)),
  );
  const low = [0, 1, 2].map((axis) => Math.min(...corners.map((c) => c[axis]))) as Vector3;
  const high = [0, 1, 2].map((axis) => Math.max(...corners.map((c) => c[axis]))) as Vector3;
  const inside = image.size.every(
    (n, axis) => low[axis] >= -0.5 - TOLERANCE_VOXELS && high[axis] <= n - 0.5 + TOLERANCE_VOXELS,
  );
  if (!inside) throw new RegionOutsideImageError(low, high, image.size);
}
