import { isSteatosisError } from '@steatosis/core';
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import { extractFeatures, planeToVolume, type Plane, textureFeatures } from '../src/index.js';
import { differences } from './support/compare.js';
import { readCases } from './support/fixtures.js';

const rows = [
  [10, 60, 30],
  [20, 40, 90],
];
const pixels = {
  width: 3,
  height: 2,
  data: Uint8ClampedArray.from(rows.flat().flatMap((v) => [v, 2 * v, 255 - v, 128])),
};

describe('planes', () => {
  it('are the same whatever they come as', () => {
    const byRows = planeToVolume(rows);
    expect(byRows.data.shape).toEqual([3, 2, 1]);
    expect([...byRows.data.data]).toEqual(rows.flat());
    // Columns first in memory, so that strides matter.
    const turned = ndarray(Float64Array.of(10, 20, 60, 40, 30, 90), [2, 3], [1, 2]);
    expect([...planeToVolume(turned).data.data]).toEqual(rows.flat());
    expect([...planeToVolume(pixels, { channel: 'red' }).data.data]).toEqual(rows.flat());
    expect([...planeToVolume(pixels, { channel: 'alpha' }).data.data]).toEqual(Array(6).fill(128));
  });

  it('have the luminance of ITU-R BT.601', () => {
    const [first] = planeToVolume(pixels).data.data;
    expect(first).toBeCloseTo(0.299 * 10 + 0.587 * 20 + 0.114 * 245, 12);
  });

  it('have the features that PyRadiomics gives to a slice', () => {
    const { image, mask, runs } = readCases('pyradiomics/roi2d.json.gz').find(
      ({ id }) => id === '18_mri_circle',
    )!;
    const run = runs.find(({ variant }) => variant === 'default')!;
    const plane = (volume: typeof image) => volume.data.pick(null, null, 0).transpose(1, 0);
    const spacing = [image.spacing[0], image.spacing[1]] as const;
    const features = textureFeatures(plane(image), { ...run.settings, mask: plane(mask), spacing });
    const expected = Object.fromEntries(
      Object.entries(run.expected!).filter(([key]) => !/_shape_|TotalEnergy/.test(key)),
    );
    expect(differences(features, expected)).toEqual([]);
    expect(textureFeatures(rows, { binWidth: 10, featureClasses: ['glcm'] })).toEqual(
      extractFeatures(
        planeToVolume(rows),
        planeToVolume([
          [1, 1, 1],
          [1, 1, 1],
        ]),
        {
          binWidth: 10,
          featureClasses: ['glcm'],
        },
      ),
    );
  });

  it.each<[unknown, string]>([
    [[], 'no pixel'],
    [[[1, 2], [3]], 'unequal rows'],
    [{ width: 2, height: 2, data: new Uint8ClampedArray(4) }, 'too few components'],
    [ndarray(new Float64Array(8), [2, 2, 2]), 'three axes'],
    ['pixels', 'text'],
    [null, 'nothing'],
    [{}, 'an empty record'],
  ])('%o is refused: %s', (plane) => {
    let code = '';
    try {
      planeToVolume(plane as Plane);
    } catch (error) {
      if (isSteatosisError(error)) code = error.code;
    }
    expect(code).toBe('INVALID_ARGUMENT');
  });
});
