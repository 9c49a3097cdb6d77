import type { TypedArray, Vector3 } from '@steatosis/core';
import type { PositionBox } from './interpolation/kernel.js';
import type { FieldRange } from './sample-separably.js';

/** Values voxel by voxel: for kernels that are no products, such as the nearest voxel. */
export function sampleEach(
  at: (x: number, y: number, z: number) => number,
  [fieldX, fieldY, fieldZ]: readonly FieldRange[],
  [nx, ny]: Vector3,
  result: TypedArray,
): void {
  for (let z = fieldZ.from; z < fieldZ.to; z++) {
    for (let y = fieldY.from; y < fieldY.to; y++) {
      const row = nx * (y + ny * z);
      for (let x = fieldX.from; x < fieldX.to; x++) result[row + x] = at(x, y, z);
    }
  }
}

/** The lowest and the highest of the positions on the field. */
export function positionBox(
  positions: readonly Float64Array[],
  field: readonly FieldRange[],
): PositionBox {
  return {
    lowest: positions.map((along, axis) => along[field[axis].from]) as Vector3,
    highest: positions.map((along, axis) => along[field[axis].to - 1]) as Vector3,
  };
}
