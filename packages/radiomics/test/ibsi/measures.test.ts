import { createVolume, type Volume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { extractIbsiFeatures, extractIbsiWithDiagnostics } from '../../src/ibsi/extract-ibsi.js';
import type { IbsiSettings } from '../../src/ibsi/settings.js';

type Values = readonly number[];

/** One row of voxels, or several rows of a slice. */
function extract(
  rows: Values | readonly Values[],
  settings: Partial<IbsiSettings>,
  inside?: Values,
) {
  const values = rows.flat();
  const width = Array.isArray(rows[0]) ? rows[0].length : rows.length;
  const size = [width, values.length / width, 1];
  const image = createVolume(Float64Array.from(values), size);
  const mask = createVolume(Uint8Array.from(inside ?? values.map(() => 1)), size);
  return extractIbsiFeatures(image, mask, { definitions: 'ibsi', ...settings });
}

describe('intensity-based statistics', () => {
  it('are those of a small sample', () => {
    // Mean 4, median 3, deviations −3 −2 −1 0 6; numpy.percentile for the ranks.
    const features = extract([1, 2, 3, 4, 10], { families: ['stat'] });
    const expected = {
      stat_mean: 4,
      stat_var: 10,
      stat_skew: 180 / 5 / 10 ** 1.5,
      stat_kurt: 1394 / 5 / 100 - 3,
      stat_median: 3,
      stat_p10: 1.4,
      stat_p90: 7.6,
      stat_iqr: 2,
      stat_range: 9,
      stat_mad: 12 / 5,
      stat_rmad: 2 / 3,
      stat_medad: 11 / 5,
      stat_cov: Math.sqrt(10) / 4,
      stat_qcod: 2 / 6,
      stat_energy: 130,
      stat_rms: Math.sqrt(26),
    };
    for (const [tag, value] of Object.entries(expected))
      expect(features[tag]).toBeCloseTo(value, 12);
  });

  it('of a flat region are 0 where the manual divides by its deviation', () => {
    const features = extract([2, 2, 2], { families: ['stat'] });
    expect(features).toMatchObject({ stat_var: 0, stat_skew: 0, stat_kurt: 0, stat_cov: 0 });
  });
});

describe('the intensity–volume histogram', () => {
  const ivh = (values: Values, settings: Partial<IbsiSettings> = {}) =>
    extract(values, { families: ['ivh'], ...settings });

  it('counts integers one by one', () => {
    // ν(1 … 6) = 1, .6, .6, .4, .2, .2.
    const features = ivh([1, 1, 3, 4, 6]);
    expect(features).toMatchObject({ ivh_v10: 0.6, ivh_v90: 0.2, ivh_i10: 6, ivh_i90: 2 });
    expect(features['ivh_auc']).toBeCloseTo((0.8 + 0.6 + 0.5 + 0.3 + 0.2) / 5, 12);
  });

  it('runs over the re-segmentation range, also where no value lies', () => {
    const features = ivh([1, 1, 3, 4, 6], { resegmentRange: [-9, 11] });
    expect(features).toMatchObject({ ivh_v10: 1, ivh_v90: 0, ivh_i10: 7, ivh_i90: 2 });
  });

  it('takes bins of a fixed size by their centres', () => {
    const features = ivh([0, 1, 2.5, 7.4, 9.9], { ivhDiscretisation: { binWidth: 2.5, start: 0 } });
    // Bins 1 1 2 3 4: ν = 1, .6, .4, .2.
    expect(features).toMatchObject({ ivh_v10: 0.6, ivh_v90: 0.2, ivh_i10: 8.75, ivh_i90: 3.75 });
  });

  it('takes bins of a fixed number by their index', () => {
    const features = ivh([0, 1, 2.5, 7.4, 10], { ivhDiscretisation: { binCount: 10 } });
    // Bins 1 2 3 8 10.
    expect(features).toMatchObject({ ivh_v10: 0.8, ivh_v90: 0.2, ivh_i10: 10, ivh_i90: 2 });
  });

  it('is defined for a flat region', () => {
    expect(ivh([3, 3])).toEqual({
      ivh_v10: 1,
      ivh_v90: 1,
      ivh_i10: 3,
      ivh_i90: 3,
      ivh_diff_v10_v90: 0,
      ivh_diff_i10_i90: 0,
      ivh_auc: 1,
    });
  });

  it('needs no memory for a wide range', () => {
    const features = ivh([-1e15, 0, 1e15]);
    expect(features['ivh_i90']).toBe(-1e15 + 1);
  });
});

describe('discretisation', () => {
  const levels = (values: Values, settings: Partial<IbsiSettings>) => {
    const features = extract(values, { families: ['ih'], ...settings });
    return [features['ih_min'], features['ih_max'], features['ih_mean']];
  };

  it('by size starts at the lower end of the re-segmentation range, or at the minimum', () => {
    expect(levels([10, 34, 35], { discretisation: { binWidth: 25 } })).toEqual([1, 2, 4 / 3]);
    expect(
      levels([10, 34, 35], { discretisation: { binWidth: 25 }, resegmentRange: [0, 100] }),
    ).toEqual([1, 2, 5 / 3]);
    expect(levels([10, 34, 35], { discretisation: { binWidth: 25, start: -15 } })).toEqual([
      2,
      3,
      7 / 3,
    ]);
  });

  it('by number puts the maximum into the last bin', () => {
    expect(levels([0, 4.9, 5, 10], { discretisation: { binCount: 2 } })).toEqual([1, 2, 1.5]);
    expect(levels([7, 7], { discretisation: { binCount: 8 } })).toEqual([1, 1, 1]);
  });
});

describe('texture', () => {
  it('averages over slices that have a matrix', () => {
    // The second slice has one voxel: no pair of neighbours there, but a run of length 1.
    const image = createVolume(Uint8Array.of(1, 2, 3, 1), [2, 1, 2]);
    const mask = createVolume(Uint8Array.of(1, 1, 1, 0), [2, 1, 2]);
    const features = extractIbsiFeatures(image, mask, { definitions: 'ibsi' });
    expect(features['cm_contrast_2D_avg']).toBe(1);
    expect(features['rlm_hgre_2D_avg']).toBe((2.5 + 9) / 2);
    expect(features['szm_hgze_2D']).toBe((2.5 + 9) / 2);
  });

  it('counts a run for every voxel in a direction in which none has a neighbour', () => {
    // Two voxels on a diagonal; PyRadiomics drops the directions whose lines hold one voxel only.
    const features = extract(
      [
        [1, 9],
        [9, 1],
      ],
      { families: ['rlm'] },
      [1, 0, 0, 1],
    );
    expect(features['rlm_r_perc_3D_avg']).toBe((1 + 1 + 1 + 0.5) / 4);
    expect(features['rlm_r_perc_3D_comb']).toBe(7 / 8);
  });

  it('leaves voxels without a neighbour out of the gray-tone differences', () => {
    // 1 and 2 are neighbours, 5 has none: s = 1, 1 and p = ½, ½.
    const features = extract([1, 2, 0, 5], { families: ['ngt'] }, [1, 1, 0, 1]);
    expect(features).toMatchObject({ ngt_coarseness_3D: 1, ngt_busyness_3D: 1 });
    expect(features['ngt_contrast_3D']).toBe(0.25);
  });

  it('has no gray-tone differences where no voxel has a neighbour', () => {
    const features = extract([1, 0, 5], { families: ['ngt', 'cm'] }, [1, 0, 1]);
    expect(Object.values(features).every(Number.isNaN)).toBe(true);
  });

  it('measures edge distances in the mask before re-segmentation', () => {
    const values = [1, 1, 1, 1, 9, 1, 1, 1, 1, 1];
    const whole = extract(values, { families: ['dzm'] });
    const without9 = extract(values, { families: ['dzm'], resegmentRange: [1, 5] });
    // Zones 1111 and 11111 at the ends; the 9 is 5 steps inside.
    expect(whole['dzm_lde_3D']).toBe((1 + 25 + 1) / 3);
    expect(without9['dzm_lde_3D']).toBe(1);
    const inner = extract([3, 1, 2, 1, 3], { families: ['dzm'], resegmentRange: [1, 2] });
    // The 1s are two steps inside the mask although re-segmentation makes them the edge.
    expect(inner['dzm_sde_3D']).toBe((1 / 4 + 1 / 9 + 1 / 4) / 3);
  });

  it('normalises by the levels of the whole region also in slices that have fewer', () => {
    const image = createVolume(Uint8Array.of(1, 2, 4, 4), [2, 1, 2]);
    const mask = createVolume(new Uint8Array(4).fill(1), [2, 1, 2]);
    const features = extractIbsiFeatures(image, mask, { definitions: 'ibsi', families: ['cm'] });
    expect(features['cm_inv_diff_norm_2D_avg']).toBe((1 / (1 + 1 / 4) + 1) / 2);
  });

  it('takes neighbours at the distance, and for neighbourhoods up to it', () => {
    const values = [1, 5, 2, 7, 4];
    const features = extract(values, { families: ['cm', 'ngl'], distance: 2 });
    expect(features['cm_contrast_3D_avg']).toBe((1 + 4 + 4) / 3);
    expect(extract([1, 1, 1, 1, 1], { families: ['ngl'], distance: 2 })['ngl_hde_3D']).toBe(
      (9 + 16 + 25 + 16 + 9) / 5,
    );
    expect(extract(values, { families: ['ngl'], dependenceCoarseness: 4 })['ngl_hde_3D']).toBe(
      (4 + 9 + 4 + 4 + 4) / 5,
    );
  });
});

describe('the processing chain', () => {
  const image = createVolume(Float64Array.of(0, 30, 60, 90, 120), [5, 1, 1]);
  const mask = createVolume(Uint8Array.of(0, 1, 1, 1, 1), [5, 1, 1]);

  it('interpolates on the centred grid and rounds', () => {
    const resampling = { spacing: [2, 0, 0], round: true } as const;
    const { features, diagnostics } = extractIbsiWithDiagnostics(image, mask, {
      definitions: 'ibsi',
      resampling,
      families: ['stat'],
    });
    // New voxels at 0, 2 and 4; the last two are in the mask.
    expect(features).toMatchObject({ stat_min: 60, stat_max: 120 });
    expect(diagnostics).toMatchObject({
      img_dim_x_init_img: 5,
      img_dim_x_interp_img: 3,
      vox_dim_x_interp_img: 2,
      mean_int_init_img: 60,
      int_mask_vox_count_init_roi: 4,
      int_mask_vox_count_interp_roi: 2,
      int_mask_vox_count_reseg_roi: 2,
      int_mask_mean_int_init_roi: 75,
    });
  });

  it('re-segments the intensity mask alone, outliers by the values before the range', () => {
    const { features, diagnostics } = extractIbsiWithDiagnostics(image, mask, {
      definitions: 'ibsi',
      resegmentRange: [30, 90],
      outlierSd: 1,
      families: ['stat'],
    });
    // Of 30 60 90 120 the mean is 75 and the deviation 33.5: 42 to 108 and at most 90 leaves 60 and 90.
    expect(features).toMatchObject({ stat_min: 60, stat_max: 90 });
    expect(diagnostics).toMatchObject({
      int_mask_vox_count_reseg_roi: 2,
      morph_mask_vox_count_reseg_roi: 4,
      int_mask_bb_dim_x_reseg_roi: 2,
      morph_mask_bb_dim_x_reseg_roi: 4,
    });
  });

  it('describes the response of a filter within the mask of the unfiltered image', () => {
    const halved = (volume: Volume) =>
      createVolume(
        Float64Array.from(volume.data.data, (value) => -value / 2),
        volume.data.shape,
      );
    const features = extractIbsiFeatures(image, mask, {
      definitions: 'ibsi',
      resegmentRange: [60, 120],
      filter: halved,
      ivhDiscretisation: { binWidth: 10 },
      families: ['stat', 'ivh', 'loc'],
    });
    expect(features).toMatchObject({ stat_min: -60, stat_max: -30, ivh_v90: 1 / 3 });
    expect(features['loc_peak_glob']).toBeGreaterThan(0);
  });
});
