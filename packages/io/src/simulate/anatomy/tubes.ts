import type { PlaneGrid } from './plane-grid.js';

/** A point of a tube: place in body coordinates and radius in mm. */
type TubePoint = readonly [u: number, v: number, w: number, radius: number];

/** A vessel or duct: its radius changes linearly from point to point. */
export type Tube = readonly TubePoint[];

/** Calls `visit` for every voxel of a slice that lies inside the tube. */
export function forEachInside(
  tube: Tube,
  grid: PlaneGrid,
  visit: (column: number, row: number) => void,
): void {
  for (let i = 1; i < tube.length; i++) {
    const [from, to] = [tube[i - 1], tube[i]];
    const widest = Math.max(from[3], to[3]);
    if (grid.w < Math.min(from[2], to[2]) - widest) continue;
    if (grid.w > Math.max(from[2], to[2]) + widest) continue;
    const [left, right] = grid.columnsOf(
      Math.min(from[0], to[0]) - widest,
      Math.max(from[0], to[0]) + widest,
    );
    const [top, bottom] = grid.rowsOf(
      Math.min(from[1], to[1]) - widest,
      Math.max(from[1], to[1]) + widest,
    );
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        if (insideCone(from, to, grid.u(column, row), grid.v(column, row), grid.w)) {
          visit(column, row);
        }
      }
    }
  }
}

function insideCone(from: TubePoint, to: TubePoint, u: number, v: number, w: number): boolean {
  const ax = to[0] - from[0];
  const ay = to[1] - from[1];
  const az = to[2] - from[2];
  const dx = u - from[0];
  const dy = v - from[1];
  const dz = w - from[2];
  const along = (dx * ax + dy * ay + dz * az) / (ax * ax + ay * ay + az * az);
  const t = Math.max(0, Math.min(1, along));
  const radius = from[3] + t * (to[3] - from[3]);
  return Math.hypot(dx - t * ax, dy - t * ay, dz - t * az) < radius;
}
