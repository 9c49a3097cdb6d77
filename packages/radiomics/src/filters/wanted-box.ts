import { type Box, cropVolume, gridOf, InvalidArgumentError, type Volume } from '@steatosis/core';

/** Where a filter's result is wanted. */
export interface WithinOptions {
  /**
   * Part of the image to filter. Values are those that filtering the whole image would give there; the
   * result has the part's own grid. Default: the whole image.
   */
  within?: Box | undefined;
}

/** The box to filter, checked, with the grid that the result gets. */
export function wantedBox(image: Volume, within: Box | undefined): { box: Box; like: Volume } {
  if (image.data.shape.length !== 3) {
    throw new InvalidArgumentError(
      'image',
      image.data.shape,
      'one number a voxel: a volume of shape [nx, ny, nz]',
    );
  }
  const box = within ?? { start: [0, 0, 0], size: gridOf(image).size };
  return { box, like: cropVolume(image, box) };
}
