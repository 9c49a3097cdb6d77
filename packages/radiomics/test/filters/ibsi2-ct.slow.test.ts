import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Volume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import {
  extractFeatures,
  laplacianOfGaussianFir,
  meanFilter,
  separableWavelet,
} from '../../src/index.js';
import { missedRows, readReference, valuedRows } from '../support/ibsi-reference.js';
import { readNifti } from '../support/nifti.js';

// IBSI's CT phantom (P. Lambin, doi:10.17195/candat.2016.08.1) is CC BY-NC 3.0 and not part of this project.
const folder = process.env['STEATOSIS_IBSI_DATA'];
const phantom = join(folder ?? '', 'ibsi1', 'ct_phantom');
const available = folder !== undefined && existsSync(phantom);
const why = available
  ? ''
  : ' (skipped: STEATOSIS_IBSI_DATA names no folder with ibsi1/ct_phantom)';

type Filter = (image: Volume, planar: boolean) => Volume;

/** The tests of phase 2 with filters that this package has; A filters slices, B the volume at 1 mm. */
const filters: Record<string, Filter | undefined> = {
  1: undefined,
  2: (image, planar) => meanFilter(image, { supportVoxels: 5, planar }),
  3: (image, planar) => laplacianOfGaussianFir(image, { sigmaMm: 1.5, planar }),
  6: (image, planar) =>
    separableWavelet(image, {
      wavelet: 'db3',
      filters: planar ? 'LH' : 'LLH',
      rotationInvariant: true,
      planar,
    }),
  7: (image, planar) =>
    separableWavelet(image, {
      wavelet: 'db3',
      filters: planar ? 'HH' : 'HHH',
      level: 2,
      rotationInvariant: true,
      planar,
    }),
};

describe.skipIf(!available)(`the CT phantom of IBSI 2, phase 2${why}`, () => {
  const reference = readReference('filter-statistics');
  const cases = Object.keys(filters).flatMap((id) => [
    [`${id}.A`, filters[id], true] as const,
    [`${id}.B`, filters[id], false] as const,
  ]);

  it.each(cases)('%s', (name, filter, planar) => {
    const rows = valuedRows(reference[name]);
    expect(rows).toHaveLength(18);
    const features = extractFeatures(
      readNifti(join(phantom, 'phantom.nii.gz')),
      readNifti(join(phantom, 'mask.nii.gz')),
      {
        definitions: 'ibsi',
        ...(planar
          ? {}
          : { resampling: { spacing: [1, 1, 1], interpolation: 'cubic spline', round: true } }),
        resegmentRange: [-1000, 400],
        families: ['stat'],
        ...(filter === undefined ? {} : { filter: (image: Volume) => filter(image, planar) }),
      },
    );
    expect(missedRows(features, rows)).toEqual([]);
  });
});
