/** Our stationary wavelet transform of a synthetic volume. */
import { createVolume } from '@steatosis/core';
import { waveletImages } from '@steatosis/radiomics';
import { serveSide } from '../harness/side.ts';
import { textureImage } from './texture-image.ts';

const { data, shape } = textureImage([128, 128, 128], { seed: 7, levels: 64, passes: 1, noise: 2 });
const image = createVolume(Float64Array.from(data), shape);
const run = () => [...waveletImages(image, { wavelet: 'coif1' })];

await serveSide({
  versions: { Node: process.version },
  // Every 997th voxel of each band, in the order of the bands' names.
  values: () =>
    run()
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((band) =>
        Array.from((band.image.data.data as Float64Array).filter((_, i) => i % 997 === 0)),
      ),
  run,
});
