/** Our B-spline resampling of a volume that lies in memory. */
import { createVolume } from '@steatosis/core';
import { resampleOnto } from '@steatosis/radiomics';
import { serveSide } from '../harness/side.ts';
import { textureImage } from './texture-image.ts';

const { data, shape } = textureImage([128, 128, 128], { seed: 7, levels: 64, passes: 1, noise: 2 });
const image = createVolume(Float32Array.from(data), shape);
const spacing = 128 / 192;
const grid = {
  size: [192, 192, 192] as [number, number, number],
  spacing: [spacing, spacing, spacing] as [number, number, number],
  origin: [(spacing - 1) / 2, (spacing - 1) / 2, (spacing - 1) / 2] as [number, number, number],
  direction: image.direction,
};
const run = () => resampleOnto(image, grid, 'sitkBSpline').data.data;

await serveSide({
  versions: { Node: process.version },
  // Every 997th voxel: that is a prime, so that all rows and columns are met.
  values: () => {
    const resampled = run();
    return Array.from({ length: Math.ceil(resampled.length / 997) }, (_, i) => resampled[997 * i]!);
  },
  run,
});
