import type { TypedArray, Vector3 } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import type { Workspace } from '../kernels/workspace.js';
import { MaskRows } from './mask-rows.js';

/** A box of voxels and how it lies, padded on every side, in memory. */
export interface PaddedBox {
  first: Vector3;
  size: Vector3;
  pad: number;
  rowStep: number;
  sliceStep: number;
}

/**
 * The runs of a label along x inside a box: index in the padded box of the first voxel of each, and of the
 * next after the last.
 */
export function findRuns(
  mask: NdArray<TypedArray>,
  label: number,
  box: PaddedBox,
  workspace: Workspace,
): Int32Array {
  const { first, size, pad, rowStep, sliceStep } = box;
  const [nx, ny, nz] = size;
  const { data } = mask;
  const [sx, sy, sz] = mask.stride as Vector3;
  const corner = mask.offset + first[0] * sx + first[1] * sy + first[2] * sz;
  const rows = sx === 1 ? new MaskRows(data) : undefined;
  let runs = workspace.int32Unset('runs', 4 * ny * nz + nx + 1);
  let ends = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const from = corner + y * sy + z * sz;
      if (rows?.isBackground(from, from + nx) === true) continue;
      if (ends + nx + 1 > runs.length) runs = enlarged(runs, ends, workspace);
      const row = pad + (y + pad) * rowStep + (z + pad) * sliceStep;
      for (let x = 0; x < nx;) {
        const at = from + x * sx;
        const inside = data[at] === label;
        const start = x++;
        if (rows !== undefined) x = rows.endOfRun(at, from + nx) - from;
        else while (x < nx && (data[from + x * sx] === label) === inside) x++;
        if (!inside) continue;
        runs[ends++] = row + start;
        runs[ends++] = row + x;
      }
    }
  }
  return runs.subarray(0, ends);
}

function enlarged(runs: Int32Array, used: number, workspace: Workspace): Int32Array {
  const kept = runs.slice(0, used);
  const larger = workspace.int32Unset('runs', 2 * runs.length);
  larger.set(kept);
  return larger;
}
