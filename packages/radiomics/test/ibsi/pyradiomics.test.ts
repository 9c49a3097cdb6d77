import { readFileSync } from 'node:fs';
import { createVolume, type Volume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { extractFeatures, extractWithDiagnostics, type Settings } from '../../src/index.js';
import { readCases } from '../support/fixtures.js';

/** The table of docs/ibsi.md: PyRadiomics' names and IBSI's tags without aggregation. */
const pairs = [
  ...readFileSync(new URL('../../../../docs/ibsi.md', import.meta.url), 'utf8').matchAll(
    /^\| `([a-z]+_\w+)`\s*\| `([a-z]+_\w+)`\s*\|$/gm,
  ),
].map(([, name, tag]) => [name, tag] as const);

const [phantom] = readCases('ibsi/digital-phantom.json.gz');
const definedApart = /^firstorder_Kurtosis$|^shape_\w+AxisLength$/;

/** Levels 1 to 8 in part of a small volume; with `share` of 1/12 most voxels have no neighbour. */
function scattered(share: number): { image: Volume; mask: Volume } {
  let state = 3;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const size = [7, 6, 5];
  const grid = { spacing: [1, 1.5, 3] as [number, number, number] };
  const image = Int16Array.from({ length: 210 }, () => 1 + Math.floor(8 * random()));
  const mask = Uint8Array.from({ length: 210 }, () => (random() < share ? 1 : 0));
  // The lowest level is there, so that PyRadiomics' bins of width 1 start with it.
  image[mask.indexOf(1)] = 1;
  return { image: createVolume(image, size, grid), mask: createVolume(mask, size, grid) };
}

/** The pairs that are not the same number. */
function different(
  { image, mask }: { image: Volume; mask: Volume },
  settings: Settings,
  aggregation: { cm: string; szm: string },
): string[] {
  const pyradiomics = extractFeatures(image, mask, { binWidth: 1, ...settings });
  const ibsi = extractFeatures(image, mask, 'ibsi');
  return pairs.flatMap(([name, tag]) => {
    const family = tag.split('_')[0];
    const suffix = ['cm', 'rlm'].includes(family)
      ? `_${aggregation.cm}`
      : ['szm', 'ngt', 'ngl'].includes(family)
        ? `_${aggregation.szm}`
        : '';
    const found = ibsi[tag + suffix];
    const expected = pyradiomics[`original_${name}`];
    const same = Math.abs(found - expected) <= 1e-11 * Math.max(1, Math.abs(expected));
    return same || definedApart.test(name) ? [] : [name];
  });
}

describe('PyRadiomics and IBSI', () => {
  it('have these features in common', () => {
    expect(pairs).toHaveLength(102);
    const { image, mask } = phantom;
    const pyradiomics = extractFeatures(image, mask, { binWidth: 1 });
    expect(pairs.filter(([name]) => pyradiomics[`original_${name}`] === undefined)).toEqual([]);
    const only = Object.keys(pyradiomics).filter(
      (key) => !pairs.some(([name]) => key === `original_${name}`),
    );
    expect(only.sort()).toEqual([
      'original_firstorder_TotalEnergy',
      'original_glcm_MCC',
      'original_shape_Maximum2DDiameterColumn',
      'original_shape_Maximum2DDiameterRow',
      'original_shape_Maximum2DDiameterSlice',
    ]);
  });

  it.each([
    [{}, { cm: '3D_avg', szm: '3D' }],
    [{ weightingNorm: 'no_weighting' }, { cm: '3D_comb', szm: '3D' }],
    [{ force2D: true }, { cm: '2_5D_avg', szm: '2_5D' }],
    [
      { force2D: true, weightingNorm: 'no_weighting' },
      { cm: '2_5D_comb', szm: '2_5D' },
    ],
  ] as const)('agree with %j on the aggregations %j', (settings, aggregation) => {
    expect(different(phantom, settings, aggregation)).toEqual([]);
    const ngtdm = pairs.map(([name]) => name).filter((name) => name.startsWith('ngtdm'));
    // In slices some voxels have no neighbour.
    const isolated = 'force2D' in settings ? ngtdm : [];
    expect(different(scattered(0.45), settings, aggregation)).toEqual(isolated);
  });

  it('differ in gray-tone differences and runs where voxels have no neighbours', () => {
    const families = new Set(
      different(scattered(1 / 12), {}, { cm: '3D_avg', szm: '3D' }).map(
        (name) => name.split('_')[0],
      ),
    );
    expect([...families]).toEqual(['glrlm', 'ngtdm']);
  });

  it('have these features in common although PyRadiomics retired them', () => {
    const { image, mask } = phantom;
    const ibsi = extractFeatures(image, mask, 'ibsi');
    const retired = {
      original_shape_Compactness1: 'morph_comp_1',
      original_shape_Compactness2: 'morph_comp_2',
      original_shape_SphericalDisproportion: 'morph_sph_dispr',
      original_glcm_Dissimilarity: 'cm_dissimilarity_3D_avg',
      original_glcm_SumVariance: 'cm_sum_var_3D_avg',
      original_gldm_GrayLevelNonUniformityNormalized: 'ngl_glnu_norm_3D',
      original_gldm_DependencePercentage: 'ngl_dc_perc_3D',
    };
    const found = extractFeatures(image, mask, {
      binWidth: 1,
      featureClasses: Object.keys(retired),
    });
    for (const [key, tag] of Object.entries(retired)) expect(found[key]).toBeCloseTo(ibsi[tag], 11);
  });

  it('differ in kurtosis by 3 and in axis lengths by √(N/(N − 1))', () => {
    const { image, mask } = phantom;
    const pyradiomics = extractFeatures(image, mask, { binWidth: 1 });
    const ibsi = extractFeatures(image, mask, 'ibsi');
    expect(ibsi['stat_kurt']).toBeCloseTo(pyradiomics['original_firstorder_Kurtosis'] - 3, 12);
    for (const [name, tag] of [
      ['MajorAxisLength', 'morph_pca_maj_axis'],
      ['MinorAxisLength', 'morph_pca_min_axis'],
      ['LeastAxisLength', 'morph_pca_least_axis'],
    ] as const) {
      const ratio = ibsi[tag] / pyradiomics[`original_shape_${name}`];
      expect(ratio).toBeCloseTo(Math.sqrt(74 / 73), 12);
    }
  });

  const row = createVolume(Int16Array.of(-10, 4, 12, 26, 30, 40), [6, 1, 1]);
  const ones = createVolume(new Uint8Array(6).fill(1), [6, 1, 1]);
  const contrast = 'glcm_Contrast';
  const pyradiomicsOf = (image: Volume, settings: Settings) =>
    extractFeatures(image, ones, {
      minimumROIDimensions: 1,
      featureClasses: [`original_${contrast}`, 'original_glcm_JointAverage'],
      ...settings,
    });

  it('lay out bins of a fixed width from different starts', () => {
    const pyradiomics = pyradiomicsOf(row, { binWidth: 25 });
    const ibsi = (start?: number) =>
      extractFeatures(row, ones, {
        definitions: 'ibsi',
        discretisation: start === undefined ? { binWidth: 25 } : { binWidth: 25, start },
        families: ['cm'],
      });
    expect(ibsi(-25)['cm_contrast_3D_avg']).toBe(pyradiomics[`original_${contrast}`]);
    expect(ibsi(-25)['cm_joint_avg_3D_avg']).toBe(pyradiomics['original_glcm_JointAverage']);
    expect(ibsi()['cm_joint_avg_3D_avg']).not.toBe(pyradiomics['original_glcm_JointAverage']);
    const raised = createVolume(Int16Array.of(60, 74, 82, 96, 100, 110), [6, 1, 1]);
    const fromZero = extractFeatures(raised, ones, {
      definitions: 'ibsi',
      discretisation: { binWidth: 25, start: 0 },
      families: ['cm'],
    });
    const multiples = pyradiomicsOf(raised, { binWidth: 25 });
    expect(fromZero['cm_contrast_3D_avg']).toBe(multiples[`original_${contrast}`]);
    expect(fromZero['cm_joint_avg_3D_avg']).toBe(multiples['original_glcm_JointAverage'] + 2);
  });

  it('have the same fixed number of bins, but for flat regions', () => {
    const ibsi = (image: Volume) =>
      extractFeatures(image, ones, {
        definitions: 'ibsi',
        discretisation: { binCount: 4 },
        families: ['cm'],
      })['cm_joint_avg_3D_avg'];
    const average = 'original_glcm_JointAverage';
    expect(ibsi(row)).toBe(pyradiomicsOf(row, { binCount: 4 })[average]);
    const flat = createVolume(new Int16Array(6).fill(7), [6, 1, 1]);
    expect(pyradiomicsOf(flat, { binCount: 4 })[average]).toBe(3);
    expect(ibsi(flat)).toBe(1);
  });

  it('re-segment alike by range or by deviations', () => {
    const { image, mask } = phantom;
    const whole = extractFeatures(image, mask, 'ibsi');
    for (const [pyradiomics, ibsi] of [
      [{ resegmentRange: [3, 6] }, { resegmentRange: [3, 6] }],
      [{ resegmentRange: [-1, 1], resegmentMode: 'sigma' }, { outlierSd: 1 }],
    ] as const) {
      const found = extractFeatures(image, mask, { definitions: 'ibsi', ...ibsi });
      const expected = extractFeatures(image, mask, { binWidth: 1, ...pyradiomics });
      expect(found['stat_mean']).toBe(expected['original_firstorder_Mean']);
      expect(found['stat_mean']).not.toBe(whole['stat_mean']);
      expect(found['morph_volume']).toBe(whole['morph_volume']);
    }
  });

  it('differ in the form of a region that re-segmentation makes smaller', () => {
    // PyRadiomics 3.1.0 on the same phantom; the mesh of the whole mask has 556.3 mm³.
    const { image, mask } = phantom;
    const volumeOf = (settings: Settings) =>
      extractFeatures(image, mask, { resegmentRange: [3, 6], ...settings })[
        'original_shape_MeshVolume'
      ];
    expect(volumeOf({})).toBeCloseTo(448.3333333333333, 9);
    expect(volumeOf({ resegmentShape: true })).toBeCloseTo(144.66666666666666, 9);
  });

  it('resample onto different grids', () => {
    const image = createVolume(
      Int16Array.from({ length: 45 }, (_, i) => i % 9),
      [9, 5, 1],
    );
    const mask = createVolume(new Uint8Array(45).fill(1), [9, 5, 1]);
    const centred = extractWithDiagnostics(image, mask, {
      definitions: 'ibsi',
      resampling: { spacing: [2, 2, 0] },
      families: ['stat'],
    });
    // Centres at 0, 2, …, 8: the corner of PyRadiomics' grid puts them at 0.5, 2.5, …, 8.5.
    expect(centred.features).toMatchObject({ stat_min: 0, stat_max: 8 });
    expect(centred.diagnostics).toMatchObject({ img_dim_x_interp_img: 5, img_dim_y_interp_img: 3 });
    const cornered = extractFeatures(image, mask, {
      resampledPixelSpacing: [2, 2, 0],
      interpolator: 'sitkLinear',
      featureClasses: ['firstorder'],
    });
    expect(cornered['original_firstorder_Minimum']).toBe(0);
    expect(cornered['original_firstorder_Mean']).not.toBe(centred.features['stat_mean']);
  });
});
