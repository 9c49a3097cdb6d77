import type { Volume } from '@steatosis/core';

/**
 * Root mean square of the magnitude over the echoes, voxel by voxel; NaN where an echo is not finite.
 *
 * @param parts `[x, y, z, echo]`: the magnitudes, or real and imaginary part, of any memory layout
 */
export function rootMeanSquare(parts: readonly Volume<Float32Array>[]): Float32Array {
  const [nx, ny, nz, echoes] = parts[0].data.shape;
  const result = new Float32Array(nx * ny * nz);
  // Row by row, so that the sums stay in the cache while all echoes are read once.
  const sum = new Float64Array(nx);
  for (let row = 0; row < ny * nz; row++) {
    sum.fill(0);
    for (const { data: array } of parts) {
      const { data, offset, stride } = array;
      const start = offset + (row % ny) * stride[1] + Math.floor(row / ny) * stride[2];
      const step = stride[0];
      for (let k = 0; k < echoes; k++) {
        let at = start + k * stride[3];
        for (let x = 0; x < nx; x++, at += step) sum[x] += data[at] * data[at];
      }
    }
    for (let x = 0; x < nx; x++) result[row * nx + x] = Math.sqrt(sum[x] / echoes);
  }
  return result;
}
