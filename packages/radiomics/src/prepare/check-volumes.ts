import { InvalidArgumentError, type Volume } from '@steatosis/core';
import { NonIntegerMaskError } from '../errors.js';

/** Names of the arrays whose elements are numbers that a `number` holds exactly. */
const NUMBER_ARRAYS: readonly string[] = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
];

/**
 * Check that something is a volume at all: what was not made by `createVolume` may be anything.
 *
 * @throws InvalidArgumentError unless its voxels are numbers in an array that reaches to the last of them
 */
export function expectVolume(volume: unknown, name: string): asserts volume is Volume {
  const voxels = isRecord(volume) ? volume['data'] : undefined;
  if (!isRecord(volume) || !isRecord(voxels) || !Array.isArray(voxels['shape'])) {
    throw new InvalidArgumentError(name, volume, 'a volume, as createVolume makes it');
  }
  for (const key of ['spacing', 'origin', 'direction']) {
    if (Array.isArray(volume[key])) continue;
    throw new InvalidArgumentError(`${name}.${key}`, volume[key], 'a list of numbers');
  }
  const { data, shape, stride, offset } = (volume as unknown as Volume).data;
  const kind = Object.prototype.toString.call(data).slice('[object '.length, -1);
  if (!NUMBER_ARRAYS.includes(kind)) {
    throw new InvalidArgumentError(
      `${name}.data.data`,
      data,
      `one of ${NUMBER_ARRAYS.join(', ')}; other arrays must be converted`,
    );
  }
  if (shape.includes(0)) return;
  let [low, high] = [offset, offset];
  shape.forEach((n, axis) => {
    const reach = (n - 1) * stride[axis];
    if (reach < 0) low += reach;
    else high += reach;
  });
  if (low >= 0 && high < data.length) return;
  throw new InvalidArgumentError(
    `${name}.data`,
    data,
    `elements for the shape ${shape.join('×')}; it has ${data.length}`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** @throws InvalidArgumentError unless it is a volume of three axes */
export function expectThreeAxes(volume: Volume, name: string): void {
  expectVolume(volume, name);
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
