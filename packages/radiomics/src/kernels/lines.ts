import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';

/** Whether two voxels of the region lie on one line along a direction, neighbours or not. */
export function someLineHasTwo(grid: LevelGrid, [dx, dy, dz]: Vector3): boolean {
  const { runs, size, rowStep, sliceStep, pad } = grid;
  const back = dx + dy * rowStep + dz * sliceStep;
  const lineStarts = new Set<number>();
  for (let r = 0; r < runs.length; r += 2) {
    const z = Math.floor(runs[r] / sliceStep);
    const y = Math.floor((runs[r] - z * sliceStep) / rowStep);
    for (let p = runs[r]; p < runs[r + 1]; p++) {
      const x = p - z * sliceStep - y * rowStep;
      const steps = Math.min(
        stepsToEdge(x - pad, dx, size[0]),
        stepsToEdge(y - pad, dy, size[1]),
        stepsToEdge(z - pad, dz, size[2]),
      );
      const start = p - steps * back;
      if (lineStarts.has(start)) return true;
      lineStarts.add(start);
    }
  }
  return false;
}

/** Steps back along one axis until the box ends. */
function stepsToEdge(at: number, step: number, size: number): number {
  if (step === 0) return Infinity;
  return step > 0 ? at : size - 1 - at;
}
