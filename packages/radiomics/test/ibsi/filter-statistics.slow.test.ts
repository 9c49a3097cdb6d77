import type { Volume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { laplacianOfGaussianFir } from '../../src/filters/ibsi-filters/laplacian-of-gaussian-fir.js';
import { meanFilter } from '../../src/filters/ibsi-filters/mean-filter.js';
import { separableWavelet } from '../../src/filters/ibsi-filters/separable-wavelet.js';
import { extractIbsiFeatures } from '../../src/ibsi/extract-ibsi.js';
import type { IbsiSettings } from '../../src/ibsi/settings.js';
import { missedRows, readReference } from '../support/ibsi-reference.js';
import { hasCtPhantom, readCtPhantom, tellIfSkipped } from '../support/ibsi-ct-phantom.js';

tellIfSkipped();

type Filter = (image: Volume, planar: boolean) => Volume;

/** The filters of IBSI 2, phase 2, by number; A filters slices, B the volume at 1 mm. */
const filters: Record<string, Filter | undefined> = {
  1: undefined,
  2: (image, planar) => meanFilter(image, { supportVoxels: 5, planar, boundary: 'mirror' }),
  3: (image, planar) => laplacianOfGaussianFir(image, { sigmaMm: 1.5, planar, boundary: 'mirror' }),
  6: (image, planar) =>
    separableWavelet(image, {
      wavelet: 'db3',
      filters: planar ? 'LH' : 'LLH',
      rotationInvariant: true,
      planar,
      boundary: 'mirror',
    }),
  7: (image, planar) =>
    separableWavelet(image, {
      wavelet: 'db3',
      filters: planar ? 'HH' : 'HHH',
      level: 2,
      rotationInvariant: true,
      planar,
      boundary: 'mirror',
    }),
};

describe.skipIf(!hasCtPhantom)('statistics of filtered images, IBSI 2 phase 2', () => {
  const reference = readReference('filter-statistics');

  it.each(
    Object.entries(filters).flatMap(([number, filter]) => [
      [`${number}.A`, filter, true] as const,
      [`${number}.B`, filter, false] as const,
    ]),
  )('%s', (id, filter, planar) => {
    const settings: IbsiSettings = {
      definitions: 'ibsi',
      resegmentRange: [-1000, 400],
      families: ['stat'],
      ...(filter === undefined ? {} : { filter: (image) => filter(image, planar) }),
      ...(planar
        ? {}
        : { resampling: { spacing: [1, 1, 1], interpolation: 'cubic spline', round: true } }),
    };
    const { image, mask } = readCtPhantom();
    const features = extractIbsiFeatures(image, mask, settings);
    expect(Object.keys(features)).toHaveLength(18);
    expect(missedRows(features, reference[id])).toEqual([]);
  });
});
