/** Our maps of the co-occurrence features of a small volume. */
import { createVolume } from '@steatosis/core';
import { extractFeatureMaps } from '@steatosis/radiomics';
import { serveSide } from '../harness/side.ts';
import { textureImage } from './texture-image.ts';

const { data, shape } = textureImage([20, 20, 20], { seed: 7, levels: 32, passes: 1, noise: 3 });
const image = createVolume(data, shape);
const mask = createVolume(new Uint8Array(data.length).fill(1), shape);
const run = () => extractFeatureMaps(image, mask, { binWidth: 5, featureClasses: ['glcm'] });

await serveSide({
  versions: { Node: process.version },
  values: () => {
    const maps = run();
    return Object.keys(maps)
      .sort()
      .flatMap((key) => [...maps[key]!.data.data]);
  },
  run,
});
