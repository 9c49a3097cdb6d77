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
import { GridMapping, isOnField, snapped } from './grid-mapping.js';
import { expectAffordable } from './grid-size.js';
import { kernelOf } from './interpolation/interpolators.js';
import type { Kernel } from './interpolation/kernel.js';
import { positionBox, sampleEach } from './sample-each.js';
import { type FieldRange, sampleSeparably } from './sample-separably.js';
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
 * @example
 * ```ts
 * import { createVolume, gridOf } from '@steatosis/core';
 * import { resampleOnto } from '@steatosis/radiomics';
 *
 * const fine = createVolume(Uint8Array.of(0, 0, 3, 3), [4, 1, 1], { spacing: [0.5, 1, 1] });
 * const coarse = createVolume(new Float32Array(2), [2, 1, 1], { origin: [0.25, 0, 0] });
 * console.log([...resampleOnto(fine, gridOf(coarse), 'sitkLinear').data.data]); // [ 0, 3 ]
 * ```
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
  const field = positions?.map((along, axis) => rangeOnField(along, source.size[axis]));
  if (positions === undefined || field === undefined) {
    const whole = { lowest: [0, 0, 0] as Vector3, highest: source.size };
    samplePointwise(mapping, makeKernel(image, whole), wholeGrid(grid), result);
  } else if (field.every(({ from, to }) => to > from)) {
    const kernel = makeKernel(image, positionBox(positions, field));
    sampleAlongAxes(mapping, kernel, positions, field, result);
  }
  return createVolume(result, grid.size, grid);
}

/** Labels of a mask at the voxels of another grid: those of the nearest voxels, 0 outside of its field. */
export function resampleNearest<T extends TypedArray>(mask: Volume<T>, grid: Grid): Volume<T> {
  return resampleOnto(mask, grid, 'sitkNearestNeighbor');
}

/** Grids whose axes are parallel. */
function sampleAlongAxes(
  mapping: GridMapping,
  kernel: Kernel,
  positions: readonly Float64Array[],
  field: readonly FieldRange[],
  result: TypedArray,
): void {
  const { from: grid, exact } = mapping;
  const { separable } = kernel;
  const [xs, ys, zs] = positions;
  const voxelwise = exact
    ? (x: number, y: number, z: number) => kernel.at(xs[x], ys[y], zs[z])
    : onRows(mapping, kernel);
  // Across a single slice, filters leave nothing but rounding: summed in SimpleITK's order it is SimpleITK's.
  const oneSlice = exact && mapping.to.size.includes(1);
  if (oneSlice || separable === undefined || (separable.jumps && !exact)) {
    if (exact) sampleEach(voxelwise, field, grid.size, result);
    else samplePointwise(mapping, kernel, wholeGrid(grid), result);
    return;
  }
  const exactly = exact && separable.inOrder ? undefined : voxelwise;
  sampleSeparably(separable, positions, field, grid.size, result, exactly);
  if (exact) return;
  // Of planes on the very border of the field rounding tells which voxels lie inside.
  positions.forEach((along, axis) => {
    along.forEach((position, i) => {
      const length = mapping.to.size[axis];
      if (![-0.5, length - 0.5].includes(snapped(position))) return;
      const plane = wholeGrid(grid);
      plane[axis] = { from: i, to: i + 1 };
      samplePointwise(mapping, kernel, plane, result);
    });
  });
}

/** The value at a voxel where axes are oblique, quick for voxels of one row after each other. */
function onRows(mapping: GridMapping, kernel: Kernel): (x: number, y: number, z: number) => number {
  const nx = mapping.from.size[0];
  let [rowY, rowZ] = [0, 0];
  let { start, span } = mapping.row(0, 0);
  return (x, y, z) => {
    if (y !== rowY || z !== rowZ) {
      ({ start, span } = mapping.row(y, z));
      [rowY, rowZ] = [y, z];
    }
    const share = x / nx;
    return kernel.at(
      start[0] + share * span[0],
      start[1] + share * span[1],
      start[2] + share * span[2],
    );
  };
}

/** The positions on a field of so many voxels; positions ascend. */
function rangeOnField(positions: Float64Array, length: number): FieldRange {
  const from = positions.findIndex((position) => position >= -0.5);
  const after = positions.findIndex((position) => position >= length - 0.5);
  if (from < 0) return { from: 0, to: 0 };
  return { from, to: after < 0 ? positions.length : after };
}

function wholeGrid({ size }: Grid): FieldRange[] {
  return size.map((to) => ({ from: 0, to }));
}

/** Voxel by voxel with exact positions, for axes that are turned against each other or oblique. */
function samplePointwise(
  mapping: GridMapping,
  kernel: Kernel,
  [rangeX, rangeY, rangeZ]: readonly FieldRange[],
  result: TypedArray,
): void {
  const [nx, ny] = mapping.from.size;
  const [lx, ly, lz] = mapping.to.size;
  const rounded = roundingOf(result);
  for (let k = rangeZ.from; k < rangeZ.to; k++) {
    for (let j = rangeY.from; j < rangeY.to; j++) {
      const { start, span } = mapping.row(j, k);
      for (let i = rangeX.from; i < rangeX.to; i++) {
        const share = i / nx;
        const x = start[0] + share * span[0];
        const y = start[1] + share * span[1];
        const z = start[2] + share * span[2];
        const inside = isOnField(x, lx) && isOnField(y, ly) && isOnField(z, lz);
        result[i + nx * (j + ny * k)] = inside ? rounded(kernel.at(x, y, z)) : 0;
      }
    }
  }
}
