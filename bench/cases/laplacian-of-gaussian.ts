/** Our Laplacian of Gaussian. */
import { createVolume } from '@steatosis/core';
import { laplacianOfGaussian } from '@steatosis/radiomics';
import { serveSide } from '../harness/side.ts';
import { textureImage } from './texture-image.ts';

const { data, shape } = textureImage([128, 128, 128], { seed: 7, levels: 64, passes: 1, noise: 2 });
const image = createVolume(data, shape);
const run = () => laplacianOfGaussian(image, { sigmaMm: 2 });

await serveSide({
  versions: { Node: process.version },
  // Some thousand of the voxels.
  values: () => Array.from(run().data.data.filter((_, i) => i % 997 === 0)),
  run,
});
