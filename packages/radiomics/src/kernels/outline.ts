import type { Vector3 } from '@steatosis/core';

/** A mask in one plane, padded by one pixel on every side. */
export interface PaddedPlane {
  readonly inside: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Length and enclosed area of the outline of a plane mask (marching squares, corners in the middle of
 * the edges between inside and outside pixels; pixels that touch at a corner alone are kept apart).
 */
export function measureOutline(
  plane: PaddedPlane,
  spacing: readonly [number, number],
): { perimeter: number; area: number } {
  const { inside, width, height } = plane;
  let diagonals = 0;
  let alongU = 0;
  let alongV = 0;
  let eighths = 0;
  for (let v = 0; v < height - 1; v++) {
    for (let u = 0; u < width - 1; u++) {
      const p = v * width + u;
      const a = inside[p];
      const b = inside[p + 1];
      const c = inside[p + width];
      const d = inside[p + width + 1];
      const corners = a + b + c + d;
      if (corners === 1 || corners === 3) {
        diagonals++;
        eighths += corners === 1 ? 1 : 7;
      } else if (corners === 4) {
        eighths += 8;
      } else if (corners === 2) {
        if (a === d) {
          diagonals += 2;
          eighths += 2;
        } else {
          if (a === b) alongU++;
          else alongV++;
          eighths += 4;
        }
      }
    }
  }
  const [su, sv] = spacing;
  return {
    perimeter: (diagonals * Math.hypot(su, sv)) / 2 + alongU * su + alongV * sv,
    area: (eighths / 8) * su * sv,
  };
}

/** Number of voxels, mean position and covariance (divided by N) of a mask, in voxel units. */
export interface MaskMoments {
  count: number;
  mean: Vector3;
  /** xx, xy, xz, yy, yz, zz */
  covariance: [number, number, number, number, number, number];
}

/** Moments from integer sums, exact up to the last division. Coordinates start at the box. */
export function maskMoments(
  positions: Int32Array,
  placement: { pad: number; rowStep: number; sliceStep: number },
): MaskMoments {
  const { pad, rowStep, sliceStep } = placement;
  const sums = [0, 0, 0];
  const products = [0, 0, 0, 0, 0, 0];
  const n = positions.length;
  let k = 0;
  while (k < n) {
    // Runs of voxels along x share y and z.
    const p = positions[k];
    const sliceIndex = Math.floor(p / sliceStep);
    const rowStart = p - ((p - sliceIndex * sliceStep) % rowStep);
    const y = (rowStart - sliceIndex * sliceStep) / rowStep - pad;
    const z = sliceIndex - pad;
    let count = 0;
    let sumX = 0;
    let sumXX = 0;
    for (; k < n && positions[k] < rowStart + rowStep; k++) {
      const x = positions[k] - rowStart - pad;
      count++;
      sumX += x;
      sumXX += x * x;
    }
    sums[0] += sumX;
    sums[1] += count * y;
    sums[2] += count * z;
    products[0] += sumXX;
    products[1] += sumX * y;
    products[2] += sumX * z;
    products[3] += count * y * y;
    products[4] += count * y * z;
    products[5] += count * z * z;
  }
  const pairs = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 1],
    [1, 2],
    [2, 2],
  ] as const;
  return {
    count: n,
    mean: sums.map((sum) => sum / n) as Vector3,
    covariance: pairs.map(
      ([a, b], i) => products[i] / n - (sums[a] / n) * (sums[b] / n),
    ) as MaskMoments['covariance'],
  };
}
