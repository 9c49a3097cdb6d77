import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractIbsiWithDiagnostics } from '../../src/ibsi/extract-ibsi.js';
import type { IbsiSettings } from '../../src/ibsi/settings.js';
import { missedRows, readReference, valuedRows } from '../support/ibsi-reference.js';
import { readNifti } from '../support/nifti.js';

// IBSI's CT phantom (P. Lambin, doi:10.17195/candat.2016.08.1) is CC BY-NC 3.0 and not part of this project.
const folder = process.env['STEATOSIS_IBSI_DATA'];
const phantom = join(folder ?? '', 'ibsi1', 'ct_phantom');
const available = folder !== undefined && existsSync(phantom);
const why = available
  ? ''
  : ' (skipped: STEATOSIS_IBSI_DATA names no folder with ibsi1/ct_phantom)';

const planar = ['2D_avg', '2D_comb', '2_5D_avg', '2_5D_comb', '2D', '2_5D'] as const;
const spatial = ['3D_avg', '3D_comb', '3D'] as const;

/** The configurations of the reference manual, section 5.3. */
const configurations: Record<string, { rows: number; settings: IbsiSettings }> = {
  a: {
    rows: 406,
    settings: {
      definitions: 'ibsi',
      resegmentRange: [-500, 400],
      discretisation: { binWidth: 25 },
      aggregations: planar,
    },
  },
  b: {
    rows: 406,
    settings: {
      definitions: 'ibsi',
      resampling: { spacing: [2, 2, 0], round: true },
      resegmentRange: [-500, 400],
      discretisation: { binCount: 32 },
      aggregations: planar,
    },
  },
  c: {
    rows: 270,
    settings: {
      definitions: 'ibsi',
      resampling: { spacing: [2, 2, 2], round: true },
      resegmentRange: [-1000, 400],
      discretisation: { binWidth: 25 },
      ivhDiscretisation: { binWidth: 2.5 },
      aggregations: spatial,
    },
  },
  d: {
    rows: 270,
    settings: {
      definitions: 'ibsi',
      resampling: { spacing: [2, 2, 2], round: true },
      outlierSd: 3,
      discretisation: { binCount: 32 },
      aggregations: spatial,
    },
  },
  e: {
    rows: 270,
    settings: {
      definitions: 'ibsi',
      resampling: { spacing: [2, 2, 2], interpolation: 'cubic spline', round: true },
      resegmentRange: [-1000, 400],
      outlierSd: 3,
      discretisation: { binCount: 32 },
      ivhDiscretisation: { binCount: 1000 },
      aggregations: spatial,
    },
  },
};

describe.skipIf(!available)(`the CT phantom of IBSI 1${why}`, () => {
  const reference = readReference('consensus');

  it.each(Object.entries(configurations))('configuration %s', (name, { rows, settings }) => {
    const image = readNifti(join(phantom, 'phantom.nii.gz'));
    const mask = readNifti(join(phantom, 'mask.nii.gz'));
    const { features, diagnostics } = extractIbsiWithDiagnostics(image, mask, settings);
    const expected = reference[`chest_config_${name}`];
    expect(valuedRows(expected)).toHaveLength(rows);
    expect(missedRows({ ...features, ...diagnostics }, expected)).toEqual([]);
  });
});
