import type { Vector3 } from '@steatosis/core';

/** The axis, x = 0 to z = 2, that PyRadiomics' `force2Ddimension` (0 = z, 1 = y, 2 = x) names. */
export function axisAcross(force2Ddimension: 0 | 1 | 2): 0 | 1 | 2 {
  return (2 - force2Ddimension) as 0 | 1 | 2;
}

export interface DirectionOptions {
  /** Chebyshev distances in voxels. */
  distances: readonly number[];
  /** Axis 0–2 along which no step is allowed, if any. */
  forbiddenAxis?: 0 | 1 | 2 | undefined;
}

/**
 * One of each pair of opposite steps whose Chebyshev length is one of the distances, in PyRadiomics'
 * order: z, then y, then x, falling. Steps that cannot stay inside a region of this size are left out,
 * so that a single slice has the four in-plane directions only.
 */
export function halfDirections(size: Vector3, options: DirectionOptions): Vector3[] {
  const { distances, forbiddenAxis } = options;
  const reach = Math.max(...distances);
  const limit = size.map((n, axis) => (axis === forbiddenAxis ? 0 : Math.min(reach, n - 1)));
  const [lx, ly, lz] = limit as Vector3;
  const steps: Vector3[] = [];
  for (let z = lz; z >= 0; z--) {
    for (let y = ly; y >= -ly; y--) {
      for (let x = lx; x >= -lx; x--) {
        const forward = z > 0 || (z === 0 && (y > 0 || (y === 0 && x > 0)));
        if (!forward) continue;
        if (distances.includes(Math.max(Math.abs(x), Math.abs(y), z))) steps.push([x, y, z]);
      }
    }
  }
  return steps;
}
