import { InvalidArgumentError, type Volume } from '@steatosis/core';
import { NonIntegerMaskError } from '../errors.js';

/** @throws InvalidArgumentError unless the volume has three axes */
export function expectThreeAxes(volume: Volume, name: string): void {
  if (volume.data.shape.length === 3) return;
  throw new InvalidArgumentError(
    name,
    volume.data.shape,
    'a volume of three dimensions; pick one echo or component',
  );
}

/**
 * Check that a volume can be an image or a mask: three axes, none of them empty, and a place in space. A
 * volume that was not made by `createVolume` may be anything.
 *
 * @throws InvalidArgumentError
 */
export function expectSpatialVolume(volume: Volume, name: string): void {
  expectThreeAxes(volume, name);
  const { data, spacing, origin, direction } = volume;
  if (data.shape.some((n) => !(n >= 1))) {
    throw new InvalidArgumentError(name, data.shape, 'at least one voxel along every axis');
  }
  if (spacing.length !== 3 || spacing.some((mm) => !(mm > 0 && mm < Infinity))) {
    throw new InvalidArgumentError(`${name}.spacing`, spacing, 'three finite numbers > 0 (mm)');
  }
  if (origin.length !== 3 || !origin.every(Number.isFinite)) {
    throw new InvalidArgumentError(`${name}.origin`, origin, 'three finite numbers (LPS mm)');
  }
  if (direction.length !== 9 || !(Math.abs(determinant(direction)) > 1e-6)) {
    throw new InvalidArgumentError(
      `${name}.direction`,
      direction,
      '9 finite numbers of an invertible 3×3 matrix, row-major',
    );
  }
}

function determinant(m: readonly number[]): number {
  return (
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6])
  );
}

/**
 * Check that a mask holds labels: a probability map, for one, is no mask. Only floating-point arrays are
 * searched.
 *
 * @throws NonIntegerMaskError
 */
export function expectIntegerLabels(mask: Volume): void {
  const { data } = mask;
  if (!(data.data instanceof Float32Array || data.data instanceof Float64Array)) return;
  const [nx, ny, nz] = data.shape;
  const [sx, sy, sz] = data.stride;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      let at = data.offset + y * sy + z * sz;
      for (let x = 0; x < nx; x++, at += sx) {
        const value = data.data[at];
        if (!Number.isInteger(value)) throw new NonIntegerMaskError(value, [x, y, z]);
      }
    }
  }
}
