import type { Volume } from '@steatosis/core';

/**
 * Root mean square of the magnitude over the echoes, voxel by voxel; NaN where an echo is not finite.
 *
 * @param parts `[x, y, z, echo]`: the magnitudes, or real and imaginary part, of any memory layout
 */
export function rootMeanSquare(parts: readonly Volume<Float32Array>[]): Float32Array {
  const [nx, ny, nz, echoes] = parts[0].data.shape;
  const sum = new Float64Array(nx * ny * nz);
  for (const { data: array } of parts) {
    const { data, offset, stride } = array;
    for (let k = 0; k < echoes; k++) {
      for (let z = 0, i = 0; z < nz; z++) {
        for (let y = 0; y < ny; y++) {
          let at = offset + y * stride[1] + z * stride[2] + k * stride[3];
          for (let x = 0; x < nx; x++, i++, at += stride[0]) sum[i] += data[at] * data[at];
        }
      }
    }
  }
  const result = new Float32Array(sum.length);
  for (let i = 0; i < sum.length; i++) result[i] = Math.sqrt(sum[i] / echoes);
  return result;
}
