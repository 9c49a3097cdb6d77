import { denseData, type Vector3, type Volume } from '@steatosis/core';
import { NonFiniteRegionError } from '../../errors.js';
import { Workspace } from '../../kernels/workspace.js';
import type { Region } from '../../roi/region.js';
import { cutIntensityRegion, forEachVoxel } from '../region-voxels.js';

/** Means over spheres of 1 cm³, in the unit of the image. */
export interface LocalIntensityMeasures {
  /** Around the highest voxel of the region. */
  readonly localPeak: number;
  /** The largest around any voxel of the region. */
  readonly globalPeak: number;
}

/** Part of a sphere on one row of voxels, relative to its centre. */
interface SphereRow {
  readonly y: number;
  readonly z: number;
  /** Voxels to each side of the middle. */
  readonly reach: number;
}

/**
 * Measure the local and global intensity peaks of a region. The spheres reach up to 6.2 mm beyond the
 * region: give the image with that margin. What lies outside the image is left out of the means.
 *
 * @param image gray values, three dimensions
 * @param intensityMask 1 inside, on the same grid
 * @throws GridMismatchError EmptyMaskError LabelAbsentError RegionTooSmallError
 * @throws NonFiniteRegionError when a value is NaN or infinite in the region or within a sphere
 */
export function measureLocalIntensity(
  image: Volume,
  intensityMask: Volume,
): LocalIntensityMeasures {
  const region = cutIntensityRegion(image, intensityMask, new Workspace());
  const size = image.data.shape as Vector3;
  const rows = sphereRows(region.spacing, size);
  const within = surroundings(image, region, rows);
  let localPeak = -Infinity;
  let globalPeak = -Infinity;
  forEachVoxel(region, (x, y, z, value) => {
    const mean = within.mean(x, y, z, rows);
    if (mean > globalPeak) globalPeak = mean;
    if (value === region.maximum && mean > localPeak) localPeak = mean;
  });
  return { localPeak, globalPeak };
}

/** The rows of voxels whose centres lie within 1 cm³ around a voxel centre; none longer than the image. */
function sphereRows(spacing: Vector3, size: Vector3): SphereRow[] {
  const radius = 10 * Math.cbrt(3 / (4 * Math.PI));
  const reach = (axis: number, left: number) =>
    Math.min(size[axis], Math.floor(Math.sqrt(Math.max(0, left)) / spacing[axis]));
  const rows: SphereRow[] = [];
  const mostZ = reach(2, radius ** 2);
  for (let z = -mostZ; z <= mostZ; z++) {
    const leftZ = radius ** 2 - (z * spacing[2]) ** 2;
    const mostY = reach(1, leftZ);
    for (let y = -mostY; y <= mostY; y++) {
      rows.push({ y, z, reach: reach(0, leftZ - (y * spacing[1]) ** 2) });
    }
  }
  return rows;
}

/** The image around a region, as running sums along x, so that the sum of a row takes two look-ups. */
class RunningSums {
  readonly #sums: Float64Array;
  readonly #first: Vector3;
  readonly #size: Vector3;

  /**
   * @param sums per row one more entry than it has voxels
   * @param first first voxel, counted from the box of the region
   */
  constructor(sums: Float64Array, first: Vector3, size: Vector3) {
    this.#sums = sums;
    this.#first = first;
    this.#size = size;
  }

  mean(x: number, y: number, z: number, rows: readonly SphereRow[]): number {
    const [nx, ny, nz] = this.#size;
    const u = x - this.#first[0];
    let sum = 0;
    let count = 0;
    for (let r = 0; r < rows.length; r++) {
      const { reach } = rows[r];
      const v = y + rows[r].y - this.#first[1];
      const w = z + rows[r].z - this.#first[2];
      if (v < 0 || v >= ny || w < 0 || w >= nz) continue;
      const from = u < reach ? 0 : u - reach;
      const to = u + reach + 1 > nx ? nx : u + reach + 1;
      const row = (w * ny + v) * (nx + 1);
      sum += this.#sums[row + to] - this.#sums[row + from];
      count += to - from;
    }
    return sum / count;
  }
}

function surroundings(image: Volume, region: Region, rows: readonly SphereRow[]): RunningSums {
  const whole = image.data.shape as Vector3;
  const margins: Vector3 = [0, 0, 0];
  for (const row of rows) {
    margins[0] = Math.max(margins[0], row.reach);
    margins[1] = Math.max(margins[1], row.y);
    margins[2] = Math.max(margins[2], row.z);
  }
  const start = region.start.map((n, axis) => Math.max(0, n - margins[axis])) as Vector3;
  const size = start.map((from, axis) => {
    const end = region.start[axis] + region.size[axis] + margins[axis];
    return Math.min(whole[axis], end) - from;
  }) as Vector3;
  const voxels = denseData({ ...image, data: image.data.lo(...start).hi(...size) });
  const [nx, ny, nz] = size;
  const sums = new Float64Array((nx + 1) * ny * nz);
  for (let row = 0; row < ny * nz; row++) {
    let sum = 0;
    for (let x = 0; x < nx; x++) {
      sum += voxels[row * nx + x];
      sums[row * (nx + 1) + x + 1] = sum;
    }
    if (!Number.isFinite(sum)) throw notFinite(voxels, row, start, size);
  }
  const first = start.map((from, axis) => from - region.start[axis]) as Vector3;
  return new RunningSums(sums, first, size);
}

function notFinite(
  voxels: ArrayLike<number>,
  row: number,
  start: Vector3,
  [nx, ny]: Vector3,
): NonFiniteRegionError {
  let count = 0;
  let first = -1;
  for (let x = nx - 1; x >= 0; x--) {
    if (Number.isFinite(voxels[row * nx + x])) continue;
    count++;
    first = x;
  }
  const at: Vector3 = [start[0] + first, start[1] + (row % ny), start[2] + Math.floor(row / ny)];
  return new NonFiniteRegionError(
    count,
    at,
    'It lies within 6.2 mm of the region, where local intensity is measured. Repair the image or the mask.',
  );
}
