/** Volumes that both sides make by the same integer formulas; see peers/volumes.py. */
import { createVolume, type Volume } from '@steatosis/core';
import { textureImage } from './texture-image.ts';

const kinds = {
  cube64: { shape: [64, 64, 64], seed: 7 },
  cube128: { shape: [128, 128, 128], seed: 8 },
  liver: { shape: [320, 256, 70], seed: 9 },
} as const;

/** Image and mask: a cube that is all region, or an ellipsoid as large as a liver in its volume. */
export function volumeOf(kind: string): { image: Volume; mask: Volume } {
  const { shape, seed } = kinds[kind as keyof typeof kinds];
  const options = { seed, levels: 64, passes: 2, noise: 2 };
  const { data } = textureImage([...shape], options);
  const spacing: [number, number, number] = kind === 'liver' ? [1.25, 1.37, 3] : [1, 1, 1];
  const mask = new Uint8Array(data.length).fill(1);
  if (kind === 'liver') fillEllipsoid(mask);
  return {
    image: createVolume(data, [...shape], { spacing }),
    mask: createVolume(mask, [...shape], { spacing }),
  };
}

function fillEllipsoid(mask: Uint8Array): void {
  const [a, b, c] = [32, 95, 118] as const;
  let i = 0;
  for (let z = 0; z < 70; z++) {
    for (let y = 0; y < 256; y++) {
      for (let x = 0; x < 320; x++) {
        const distance =
          ((z - 35) * b * c) ** 2 + ((y - 128) * a * c) ** 2 + ((x - 160) * a * b) ** 2;
        mask[i++] = distance < (a * b * c) ** 2 ? 1 : 0;
      }
    }
  }
}
