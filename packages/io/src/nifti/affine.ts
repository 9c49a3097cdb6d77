import type { Vector3 } from '@steatosis/core';
import { FormatError } from '../errors.js';
import { cross, type Placement, placementOf } from '../geometry.js';
import type { NiftiHeader } from './header.js';
import { matrixOfQform } from './quaternion.js';

/** mm in one unit of `xyzt_units`; an unknown unit (0) is taken as mm. */
const MILLIMETRES: Readonly<Record<number, number>> = { 0: 1, 1: 1000, 2: 1, 3: 0.001 };

/**
 * Where the voxels lie, in LPS: the sform where its code says that it means something, else the qform,
 * else the voxel sizes alone ("method 1" of the standard: axes along +x, +y, +z of RAS, no offset).
 *
 * @throws FormatError when the axes do not span space
 */
export function placementOfNifti(
  header: NiftiHeader,
  source: string | undefined,
  onWarning: (message: string) => void,
): Placement {
  const { sformCode, qformCode, srow, qform, pixdim, dims } = header;
  const scale = MILLIMETRES[header.units & 7];
  if (scale === undefined) {
    throw new FormatError('NIfTI', `xyzt_units ${header.units} names no unit of length`, {
      source,
      field: 'xyzt_units',
    });
  }
  let steps: Vector3[];
  let origin: Vector3;
  if (sformCode > 0) {
    steps = [0, 1, 2].map((axis): Vector3 => [srow[axis], srow[4 + axis], srow[8 + axis]]);
    origin = [srow[3], srow[7], srow[11]];
  } else {
    const sizes = [1, 2, 3].map((i) => (i > dims.length ? 1 : Math.abs(pixdim[i])) || 1);
    const rotated = qformCode > 0;
    const [b, c, d] = qform;
    const matrix = rotated
      ? matrixOfQform({ b, c, d, qfac: pixdim[0] < 0 ? -1 : 1 })
      : [1, 0, 0, 0, 1, 0, 0, 0, 1];
    steps = [0, 1, 2].map(
      (axis): Vector3 =>
        [matrix[axis], matrix[3 + axis], matrix[6 + axis]].map((v) => v * sizes[axis]) as Vector3,
    );
    origin = rotated ? [qform[3], qform[4], qform[5]] : [0, 0, 0];
    if (!rotated) {
      onWarning(
        `${source ?? 'The input'}: neither sform nor qform is set, so its place in the patient is unknown; taken as axes to the right, anterior and superior from (0, 0, 0).`,
      );
    }
  }
  // A plane may leave its third axis empty: any step perpendicular to it serves.
  if (dims.length < 3 && Math.hypot(...steps[2]) === 0) {
    const normal = cross(steps[0], steps[1]);
    const length = Math.hypot(...normal) || 1;
    steps[2] = normal.map((v) => v / length / scale) as Vector3;
  }
  const toLps = (v: Vector3): Vector3 => [-v[0] * scale + 0, -v[1] * scale + 0, v[2] * scale + 0];
  const placement = placementOf(steps.map(toLps), toLps(origin));
  if (placement === undefined) {
    throw new FormatError(
      'NIfTI',
      `its ${sformCode > 0 ? 'sform' : 'qform'} does not span space: (${srow.join(', ')})`,
      { source, field: sformCode > 0 ? 'srow_x' : 'quatern_b' },
    );
  }
  return placement;
}
