import { createVolume, type Volume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import {
  extractFeatures,
  extractIbsiFeatures,
  type IbsiSettings,
  ibsiFamilies,
  listIbsiFeatures,
  SettingsError,
} from '../../src/index.js';

const cube = (values: number[], Type: typeof Int16Array | typeof Float32Array = Int16Array) =>
  createVolume(Type.from(values) as Int16Array | Float32Array, [values.length / 4, 2, 2]);
const ones = (n: number, value = 1): Volume =>
  createVolume(new Uint8Array(n).fill(value), [n / 4, 2, 2]);

function errorOf(settings: unknown): unknown {
  try {
    extractIbsiFeatures(cube([1, 2, 3, 4, 5, 6, 7, 8]), ones(8), settings as IbsiSettings);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('settings of IBSI', () => {
  it.each([
    [{}, 'definitions'],
    [{ definitions: 'pyradiomics' }, 'definitions'],
    [{ definitions: 'ibsi', label: 0 }, 'label'],
    [{ definitions: 'ibsi', resegmentRange: [1] }, 'resegmentRange'],
    [{ definitions: 'ibsi', resegmentRange: [2, 1] }, 'resegmentRange'],
    [{ definitions: 'ibsi', resegmentRange: [NaN, 1] }, 'resegmentRange'],
    [{ definitions: 'ibsi', outlierSd: 0 }, 'outlierSd'],
    [{ definitions: 'ibsi', discretisation: 'fbn' }, 'discretisation'],
    [{ definitions: 'ibsi', discretisation: { binWidth: 0 } }, 'discretisation'],
    [{ definitions: 'ibsi', discretisation: { binCount: 1.5 } }, 'discretisation'],
    [{ definitions: 'ibsi', discretisation: { binCount: 8, binWidth: 1 } }, 'discretisation'],
    [{ definitions: 'ibsi', ivhDiscretisation: { start: 0 } }, 'ivhDiscretisation'],
    [{ definitions: 'ibsi', distance: 16 }, 'distance'],
    [{ definitions: 'ibsi', dependenceCoarseness: -1 }, 'dependenceCoarseness'],
    [{ definitions: 'ibsi', families: ['glcm'] }, 'families'],
    [{ definitions: 'ibsi', aggregations: ['3d'] }, 'aggregations'],
    [{ definitions: 'ibsi', filter: 'mean' }, 'filter'],
    [{ definitions: 'ibsi', resampling: 2 }, 'resampling'],
    [{ definitions: 'ibsi', resampling: {} }, 'resampling.spacing'],
    [{ definitions: 'ibsi', resampling: { spacing: [1, 1] } }, 'resampling.spacing'],
    [
      { definitions: 'ibsi', resampling: { spacing: [1, 1, 1], interpolation: 'cubic' } },
      'resampling.interpolation',
    ],
    [{ definitions: 'ibsi', resampling: { spacing: [1, 1, 1], round: 1 } }, 'resampling.round'],
    [
      { definitions: 'ibsi', resampling: { spacing: [1, 1, 1], maskThreshold: 0 } },
      'resampling.maskThreshold',
    ],
  ])('refuses %j', (settings, key) => {
    expect(errorOf(settings)).toMatchObject({ code: 'INVALID_SETTING', key });
  });

  it('names the setting that an unknown one may stand for', () => {
    expect(errorOf({ definitions: 'ibsi', discretization: 'none' })).toMatchObject({
      key: 'discretization',
      nearest: 'discretisation',
      message: expect.stringContaining('did you mean discretisation?') as unknown,
    });
    expect(errorOf({ definitions: 'ibsi', resampling: { spacings: [1, 1, 1] } })).toMatchObject({
      key: 'resampling.spacings',
      nearest: 'spacing',
    });
  });

  it('asks for a discretisation where values are no gray levels', () => {
    const image = cube([0.5, 1, 2, 3, 4, 5, 6, 7], Float32Array);
    const extract = (settings: Partial<IbsiSettings>) => () =>
      extractIbsiFeatures(image, ones(8), { definitions: 'ibsi', ...settings });
    expect(extract({ families: ['ih'] })).toThrow(/0\.5.*\{ binWidth \} or \{ binCount \}/);
    expect(extract({ families: ['ivh'] })).toThrow(/0\.5.*ivhDiscretisation/);
    expect(extract({ families: ['stat'] })()).toMatchObject({ stat_min: 0.5, stat_max: 7 });
    const discretised = { discretisation: { binCount: 4 }, ivhDiscretisation: { binCount: 10 } };
    expect(extract({ families: ['ih', 'ivh'], ...discretised })()).toMatchObject({ ih_max: 4 });
  });

  it('refuses bins that start above a value, and too many', () => {
    expect(
      errorOf({ definitions: 'ibsi', discretisation: { binWidth: 1, start: 2 } }),
    ).toMatchObject({ key: 'discretisation.start', found: 2 });
    expect(
      errorOf({ definitions: 'ibsi', ivhDiscretisation: { binWidth: 1, start: 2 } }),
    ).toMatchObject({ key: 'ivhDiscretisation.start' });
    for (const key of ['discretisation', 'ivhDiscretisation']) {
      expect(errorOf({ definitions: 'ibsi', [key]: { binWidth: 1e-9 } })).toMatchObject({
        code: 'TOO_MANY_GRAY_LEVELS',
      });
    }
  });

  it('refuses a region of which re-segmentation leaves less than two voxels', () => {
    expect(errorOf({ definitions: 'ibsi', resegmentRange: [8, 100] })).toMatchObject({
      code: 'REGION_TOO_SMALL',
      voxels: 1,
    });
    expect(errorOf({ definitions: 'ibsi', resegmentRange: [100, Infinity] })).toMatchObject({
      code: 'REGION_TOO_SMALL',
      voxels: 0,
    });
  });

  it('refuses what is no mask of the image', () => {
    const image = cube([1, 2, 3, 4, 5, 6, 7, 8]);
    const share = createVolume(new Float32Array(8).fill(0.7), [2, 2, 2]);
    expect(() => extractIbsiFeatures(image, share)).toThrow(
      expect.objectContaining({ code: 'NON_INTEGER_MASK' }) as Error,
    );
    const resampling = { spacing: [2, 2, 2] } as const;
    for (const settings of ['ibsi', { definitions: 'ibsi', resampling }] as const) {
      expect(() => extractIbsiFeatures(image, ones(12), settings)).toThrow(
        expect.objectContaining({ code: 'GRID_MISMATCH' }) as Error,
      );
    }
  });

  it('takes the label that is asked for', () => {
    const image = cube([1, 2, 3, 4, 5, 6, 7, 8]);
    const all = extractIbsiFeatures(image, ones(8), 'ibsi');
    expect(extractIbsiFeatures(image, ones(8, 7), { definitions: 'ibsi', label: 7 })).toEqual(all);
    expect(() => extractIbsiFeatures(image, ones(8, 7), 'ibsi')).toThrow(/label 1/);
  });

  it('is what extractFeatures takes', () => {
    const image = cube([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(extractFeatures(image, ones(8), 'ibsi')).toEqual(extractIbsiFeatures(image, ones(8)));
    expect(() => extractFeatures(image, ones(8), { definitions: 'ibsi', binWidth: 5 })).toThrow(
      SettingsError,
    );
  });
});

describe('listIbsiFeatures', () => {
  it('names what extraction gives, in its order', () => {
    const image = cube([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const settings of [
      'ibsi',
      { definitions: 'ibsi', families: ['szm', 'cm'], aggregations: ['3D', '2_5D_comb', '2D_avg'] },
      { definitions: 'ibsi', families: ['stat'] },
    ] as const) {
      const listed = listIbsiFeatures(settings);
      const features = extractIbsiFeatures(image, ones(8), settings);
      expect(listed.map(({ tag }) => tag)).toEqual(Object.keys(features));
    }
  });

  it('has a name for every feature, and no tag twice', () => {
    const listed = listIbsiFeatures();
    expect(new Set(listed.map(({ tag }) => tag)).size).toBe(487);
    for (const { tag, name, family, aggregation } of listed) {
      expect(name).toMatch(/^\S.*\S$/);
      expect(tag.startsWith(`${family}_`)).toBe(true);
      expect(tag.endsWith(aggregation === undefined ? '' : `_${aggregation}`)).toBe(true);
    }
  });

  it('is made of tables whose keys are their tags', () => {
    for (const { tables } of Object.values(ibsiFamilies)) {
      for (const table of tables) {
        for (const [key, { tag }] of Object.entries(table)) expect(tag).toBe(key);
      }
    }
  });
});
