import { type Box, type Vector3, type Volume, volumeLike } from '@steatosis/core';
import { gather, samplesOf } from '../separable/samples.js';
import { wantedBox, type WithinOptions } from '../wanted-box.js';

/** Options of {@link gradientMagnitude}. */
export interface GradientMagnitudeOptions extends WithinOptions {
  /** Derivatives per mm (true) or per voxel. Default true. */
  useSpacing?: boolean;
}

/**
 * Length of the gradient, by central differences along the image's axes, with the values of SimpleITK's
 * `GradientMagnitudeImageFilter`: beyond the image its outermost voxels go on.
 *
 * @returns single precision, in the image's unit per mm, or per voxel without `useSpacing`
 * @throws InvalidArgumentError for an image with components, or a box outside of it
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { gradientMagnitude } from '@steatosis/radiomics';
 *
 * const ramp = createVolume(Int16Array.of(0, 6, 12, 18), [4, 1, 1], { spacing: [2, 2, 5] });
 * console.log(gradientMagnitude(ramp).data.data.join(' ')); // 1.5 3 3 1.5
 * console.log(gradientMagnitude(ramp, { useSpacing: false }).data.data.join(' ')); // 3 6 6 3
 * ```
 */
export function gradientMagnitude(
  image: Volume,
  { within, useSpacing = true }: GradientMagnitudeOptions = {},
): Volume<Float32Array> {
  const { box, like } = wantedBox(image, within);
  const weights = image.spacing.map((spacing) => (useSpacing ? 0.5 * (1 / spacing) : 0.5));
  const [nx, ny, nz] = box.size;
  const result = new Float32Array(nx * ny * nz);
  const padded = withNeighbours(image, box);
  const row = nx + 2;
  const plane = row * (ny + 2);
  const [wx, wy, wz] = weights;
  let to = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      let at = (z + 1) * plane + (y + 1) * row + 1;
      for (let x = 0; x < nx; x++, at++) {
        const dx = wx * padded[at + 1] - wx * padded[at - 1];
        const dy = wy * padded[at + row] - wy * padded[at - row];
        const dz = wz * padded[at + plane] - wz * padded[at - plane];
        result[to++] = Math.sqrt(dx * dx + dy * dy + dz * dz);
      }
    }
  }
  return volumeLike(like, result);
}

/** The box with one voxel more on every side; beyond the image its outermost voxels. */
function withNeighbours(image: Volume, { start, size }: Box): Float64Array {
  const from = start.map((first) => first - 1) as Vector3;
  const wide = size.map((n) => n + 2) as Vector3;
  const samples = samplesOf(image, (index, n) => Math.min(Math.max(index, 0), n - 1));
  const padded = new Float64Array(wide[0] * wide[1] * wide[2]);
  gather(padded, samples, from, wide);
  return padded;
}
