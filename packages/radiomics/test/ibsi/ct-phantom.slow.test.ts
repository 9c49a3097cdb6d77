import { describe, expect, it } from 'vitest';
import { extractIbsiWithDiagnostics } from '../../src/ibsi/extract-ibsi.js';
import type { IbsiSettings } from '../../src/ibsi/settings.js';
import { missedRows, readReference, valuedRows } from '../support/ibsi-reference.js';
import { hasCtPhantom, readCtPhantom, tellIfSkipped } from '../support/ibsi-ct-phantom.js';

tellIfSkipped();

const planar = ['2D_avg', '2D_comb', '2_5D_avg', '2_5D_comb', '2D', '2_5D'] as const;
const spatial = ['3D_avg', '3D_comb', '3D'] as const;

/** The configurations of the reference manual, arXiv:1612.07003. */
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

describe.skipIf(!hasCtPhantom)('the CT phantom of IBSI 1', () => {
  const reference = readReference('consensus');

  it.each(Object.entries(configurations))('configuration %s', (name, { rows, settings }) => {
    const { image, mask } = readCtPhantom();
    const { features, diagnostics } = extractIbsiWithDiagnostics(image, mask, settings);
    const expected = reference[`chest_config_${name}`];
    expect(valuedRows(expected)).toHaveLength(rows);
    expect(missedRows({ ...features, ...diagnostics }, expected)).toEqual([]);
  });
});
