import type { Volume } from '@steatosis/core';

/** The largest |x| of an image; NaN and infinite voxels do not count, and without any other it is 0. */
export function largestMagnitude(image: Volume): number {
  const { data, offset, stride, shape } = image.data;
  const [nx, ny, nz] = shape;
  const [sx, sy, sz] = stride;
  let largest = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      let at = offset + y * sy + z * sz;
      for (let x = 0; x < nx; x++, at += sx) {
        const size = Math.abs(data[at]);
        if (size > largest && size < Infinity) largest = size;
      }
    }
  }
  return largest;
}
