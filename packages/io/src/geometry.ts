import type { Grid, Vector3 } from '@steatosis/core';

/** Placement of a volume: what an affine says. */
export type Placement = Omit<Grid, 'size'>;

/**
 * The placement that three step vectors (mm along each image axis) and the position of the first voxel
 * make, all in LPS; `undefined` where the steps do not span space.
 */
export function placementOf(steps: readonly Vector3[], origin: Vector3): Placement | undefined {
  const spacing = steps.map((step) => Math.hypot(...step)) as Vector3;
  const direction = [0, 1, 2].flatMap((row) =>
    steps.map((step, axis) => step[row] / spacing[axis] + 0),
  );
  const finite = [...spacing, ...direction, ...origin].every(Number.isFinite);
  const [a, b, c] = [0, 1, 2].map((axis): Vector3 => [
    direction[axis],
    direction[3 + axis],
    direction[6 + axis],
  ]);
  const spans = finite && Math.abs(dot(cross(a, b), c)) > 1e-5;
  return spans ? { spacing, origin: [...origin], direction } : undefined;
}

export function cross(a: readonly number[], b: readonly number[]): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
