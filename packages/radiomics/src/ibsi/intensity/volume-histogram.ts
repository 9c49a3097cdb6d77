import type { IbsiTable } from '../ibsi-feature.js';
import type { VolumeHistogram } from './volume-histogram-measures.js';

/**
 * Features of the intensity–volume histogram (IBSI 1, family P88C): of the volume fraction ν(i), the share
 * of voxels with gray value i or more, and the intensity fraction γ(i) of the range of i.
 */
export const volumeHistogramTable = {
  /**
   * The largest ν with γ ≥ 0.1.
   *
   * Volume of all but the lowest tenth of the range.
   * Degenerate: 1 where the range has one value only.
   * Unit: none.
   * Source: IBSI BC2M.
   */
  ivh_v10: {
    tag: 'ivh_v10',
    name: 'Volume fraction at 10% intensity',
    compute: (h) => h.volumeAtIntensityFraction(0.1),
  },
  /**
   * The largest ν with γ ≥ 0.9.
   *
   * Volume of the highest tenth of the range.
   * Degenerate: 1 where the range has one value only.
   * Unit: none.
   * Source: IBSI BC2M.
   */
  ivh_v90: {
    tag: 'ivh_v90',
    name: 'Volume fraction at 90% intensity',
    compute: (h) => h.volumeAtIntensityFraction(0.9),
  },
  /**
   * The lowest i with ν ≤ 0.1.
   *
   * The value that the highest tenth of the volume reaches.
   * Degenerate: the highest i of the range where more voxels than that have it.
   * Unit: that of the image; the number of the bin where the number of bins is fixed.
   * Source: IBSI GBPN.
   */
  ivh_i10: {
    tag: 'ivh_i10',
    name: 'Intensity at 10% volume',
    compute: (h) => h.intensityAtVolumeFraction(0.1),
  },
  /**
   * The lowest i with ν ≤ 0.9.
   *
   * The value that nine tenths of the volume reach.
   * Degenerate: the highest i of the range where more voxels than that have it.
   * Unit: that of the image; the number of the bin where the number of bins is fixed.
   * Source: IBSI GBPN.
   */
  ivh_i90: {
    tag: 'ivh_i90',
    name: 'Intensity at 90% volume',
    compute: (h) => h.intensityAtVolumeFraction(0.9),
  },
  /**
   * `ivh_v10` − `ivh_v90`.
   *
   * Volume between the two: low where values are either low or high.
   * Degenerate: 0 where the range has one value only.
   * Unit: none.
   * Source: IBSI DDTU.
   */
  ivh_diff_v10_v90: {
    tag: 'ivh_diff_v10_v90',
    name: 'Volume fraction difference between 10% and 90% intensity',
    compute: (h) => h.volumeAtIntensityFraction(0.1) - h.volumeAtIntensityFraction(0.9),
  },
  /**
   * `ivh_i10` − `ivh_i90`.
   *
   * Spread of the values by volume.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image; the number of the bin where the number of bins is fixed.
   * Source: IBSI CNV2.
   */
  ivh_diff_i10_i90: {
    tag: 'ivh_diff_i10_i90',
    name: 'Intensity difference between 10% and 90% volume',
    compute: (h) => h.intensityAtVolumeFraction(0.1) - h.intensityAtVolumeFraction(0.9),
  },
  /**
   * Area under ν(γ), by trapezoids.
   *
   * High where most of the volume has high values. IBSI found no consensus on its value.
   * Degenerate: 1 where the range has one value only.
   * Unit: none.
   * Source: IBSI 9CMM; van Velden et al. 2011.
   */
  ivh_auc: { tag: 'ivh_auc', name: 'Area under the IVH curve', compute: (h) => h.area() },
} as const satisfies IbsiTable<VolumeHistogram>;
