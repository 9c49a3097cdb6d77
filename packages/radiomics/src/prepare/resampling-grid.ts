import type { Grid, Vector3 } from '@steatosis/core';
import type { LabelBox } from '../roi/find-box.js';

/**
 * PyRadiomics' grid for a region: cells of the wanted size from the corner of the first voxel on, of them
 * those that cover the region's box and `padDistance` cells around it, as far as the mask's field reaches.
 *
 * Along an axis on which the region has one slice the spacing stays, as it does where `spacing` is 0.
 *
 * @param mask grid of the mask, whose axes and corner are kept
 * @param spacing mm, 0 to keep
 */
export function pyradiomicsGrid(
  mask: Grid,
  box: LabelBox,
  spacing: readonly number[],
  padDistance: number,
): Grid {
  const target = targetSpacing(mask, box, spacing);
  const size: Vector3 = [1, 1, 1];
  const first: Vector3 = [0, 0, 0];
  for (let axis = 0; axis < 3; axis++) {
    const old = mask.spacing[axis];
    const ratio = old / target[axis];
    const lowest = Math.floor((box.first[axis] - 0.5) * ratio - padDistance);
    const highest = Math.ceil((box.last[axis] + 0.5) * ratio + padDistance);
    const from = Math.max(0, lowest);
    const to = Math.min(Math.ceil(mask.size[axis] * ratio) - 1, highest);
    size[axis] = to - from + 1;
    // In voxels of the mask: the centre of the first cell lies half a cell from the corner, which itself
    // lies half a voxel before the first centre.
    first[axis] = (0.5 * (target[axis] - old)) / old + from / ratio;
  }
  return { size, spacing: target, origin: pointOf(mask, first), direction: mask.direction };
}

/** The spacing in mm that resampling gives: 0 and single slices keep that of the mask. */
export function targetSpacing(mask: Grid, box: LabelBox, spacing: readonly number[]): Vector3 {
  return mask.spacing.map((old, axis) =>
    spacing[axis] === 0 || box.first[axis] === box.last[axis] ? old : spacing[axis],
  ) as Vector3;
}

/** LPS mm of a fractional index, the products added up before the origin, as ITK does. */
function pointOf({ origin, direction, spacing }: Grid, index: Vector3): Vector3 {
  return origin.map((start, row) => {
    let sum = 0;
    for (let column = 0; column < 3; column++) {
      sum += direction[3 * row + column] * spacing[column] * index[column];
    }
    return sum + start;
  }) as Vector3;
}
