import type { TypedArray, Vector3 } from '@steatosis/core';
import type { KernelMaker, Samples } from './interpolation/kernel.js';
import { type FieldRange, sampleSeparably } from './sample-separably.js';

/**
 * Values of an image at the crossings of positions along its axes.
 *
 * @param positions along each axis in voxels of the image, ascending
 * @param field those of them that lie on the image; elsewhere the result keeps its 0
 */
export function samplePositions(
  makeKernel: KernelMaker,
  image: Samples,
  positions: readonly Float64Array[],
  field: readonly FieldRange[],
  size: Vector3,
  result: TypedArray,
): void {
  if (field.some(({ from, to }) => to <= from)) return;
  const kernel = makeKernel(image, {
    lowest: positions.map((along, axis) => along[field[axis].from]) as Vector3,
    highest: positions.map((along, axis) => along[field[axis].to - 1]) as Vector3,
  });
  if (kernel.separable !== undefined) {
    sampleSeparably(kernel, positions, field, size, result);
    return;
  }
  // Kernels that are no products: the nearest voxel, the heaviest label.
  const [xs, ys, zs] = positions;
  const [fieldX, fieldY, fieldZ] = field;
  for (let k = fieldZ.from; k < fieldZ.to; k++) {
    for (let j = fieldY.from; j < fieldY.to; j++) {
      const row = size[0] * (j + size[1] * k);
      for (let i = fieldX.from; i < fieldX.to; i++) {
        result[row + i] = kernel.at(xs[i], ys[j], zs[k]);
      }
    }
  }
}
