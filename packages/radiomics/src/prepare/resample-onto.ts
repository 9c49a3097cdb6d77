import {
  createVolume,
  denseData,
  type Grid,
  gridOf,
  type TypedArray,
  type Vector3,
  type Volume,
} from '@steatosis/core';
import { expectThreeAxes } from './check-volumes.js';
import { GridMapping, isOnField } from './grid-mapping.js';
import { expectAffordable } from './grid-size.js';
import { kernelOf } from './interpolation/interpolators.js';
import type { Kernel } from './interpolation/kernel.js';
import { samplePositions } from './sample-positions.js';
import type { FieldRange } from './sample-separably.js';
import { roundingOf } from './voxel-rounding.js';

/**
 * Values of a volume at the voxels of another grid, as SimpleITK's `ResampleImageFilter` finds them.
 *
 * Voxels whose centre lies outside of the volume's field (half a voxel around its voxels' centres) are 0.
 * The result has the volume's type: for integers, values are clamped to its range and cut off towards 0.
 *
 * @param interpolator name or number as in SimpleITK
 * @throws InvalidArgumentError for an unknown interpolator
 * @throws ResampledTooLargeError for a grid of more than 2²⁸ voxels
 */
export function resampleOnto<T extends TypedArray>(
  volume: Volume<T>,
  grid: Grid,
  interpolator: string | number,
): Volume<T> {
  expectThreeAxes(volume, 'volume');
  expectAffordable(grid.size);
  const makeKernel = kernelOf(interpolator);
  const source = gridOf(volume);
  const data = denseData(volume);
  const image = { data, size: source.size, start: [0, 0, 0] as Vector3 };
  const Constructor = data.constructor as new (length: number) => T;
  const result = new Constructor(grid.size[0] * grid.size[1] * grid.size[2]);
  const mapping = new GridMapping(grid, source);
  const positions = mapping.separated();
  if (positions === undefined) {
    const whole = { lowest: [0, 0, 0] as Vector3, highest: source.size };
    samplePointwise(mapping, makeKernel(image, whole), result);
  } else {
    const field = positions.map((along, axis) => onField(along, source.size[axis]));
    samplePositions(makeKernel, image, positions, field, grid.size, result);
  }
  return createVolume(result, grid.size, grid);
}

/** Labels of a mask at the voxels of another grid: those of the nearest voxels, 0 outside of its field. */
export function resampleNearest<T extends TypedArray>(mask: Volume<T>, grid: Grid): Volume<T> {
  return resampleOnto(mask, grid, 'sitkNearestNeighbor');
}

function onField(positions: Float64Array, length: number): FieldRange {
  // Positions ascend.
  const from = positions.findIndex((position) => position >= -0.5);
  const after = positions.findIndex((position) => position >= length - 0.5);
  if (from < 0) return { from: 0, to: 0 };
  return { from, to: after < 0 ? positions.length : after };
}

/** Grids whose axes are turned against each other. */
function samplePointwise(mapping: GridMapping, kernel: Kernel, result: TypedArray): void {
  const [nx, ny, nz] = mapping.from.size;
  const [lx, ly, lz] = mapping.to.size;
  const row = new Float64Array(3 * nx);
  const rounded = roundingOf(result);
  let to = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      mapping.row(j, k, row);
      for (let i = 0; i < nx; i++, to++) {
        const x = row[3 * i];
        const y = row[3 * i + 1];
        const z = row[3 * i + 2];
        if (isOnField(x, lx) && isOnField(y, ly) && isOnField(z, lz)) {
          result[to] = rounded(kernel.at(x, y, z));
        }
      }
    }
  }
}
