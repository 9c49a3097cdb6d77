/** Our 93 features of the same images. */
import { createVolume } from '@steatosis/core';
import { extractFeatures, planarFeatures } from '@steatosis/radiomics';
import { serveSide } from '../harness/side.ts';
import { textureImage } from './texture-image.ts';

const kind = process.argv[2];
const images =
  kind === 'rois'
    ? Array.from({ length: 2400 }, (_, i) =>
        textureImage([16, 16, 1], { seed: i + 1, levels: 20, passes: 1, noise: 2 }),
      )
    : [textureImage([64, 64, 64], { seed: 7, levels: 64, passes: 1, noise: 2 })];
const pairs = images.map(({ data, shape }) => ({
  image: createVolume(data, shape),
  mask: createVolume(new Uint8Array(data.length).fill(1), shape),
}));
const settings = { binWidth: 5, featureClasses: [...planarFeatures] };
const run = () => pairs.map(({ image, mask }) => extractFeatures(image, mask, settings));

await serveSide({
  versions: { Node: process.version },
  values: () =>
    run().flatMap((features) =>
      Object.keys(features)
        .filter((name) => name !== 'original_glcm_MCC')
        .sort()
        .map((name) => features[name]!),
    ),
  run,
});
