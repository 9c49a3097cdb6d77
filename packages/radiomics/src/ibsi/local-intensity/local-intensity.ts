import type { IbsiTable } from '../ibsi-feature.js';
import type { LocalIntensityMeasures } from './local-intensity-measures.js';

/**
 * Means over spheres of 1 cm³ (radius 6.2 mm) around voxels of the intensity mask: over all voxels of the
 * image whose centres lie within the radius, whether they belong to the region or not.
 */
export const localIntensityTable = {
  /**
   * The mean of the sphere around the voxel with the highest value.
   *
   * The peak value without its noise. Of several highest voxels the one with the largest mean counts.
   * Degenerate: the value itself where image and region are flat.
   * Unit: that of the image.
   * Source: IBSI VJGA.
   */
  loc_peak_loc: {
    tag: 'loc_peak_loc',
    name: 'Local intensity peak',
    compute: (m) => m.localPeak,
  },
  /**
   * The largest of the means of the spheres around all voxels.
   *
   * The brightest cubic centimetre, as the peak standardised uptake value is defined.
   * Degenerate: the value itself where image and region are flat.
   * Unit: that of the image.
   * Source: IBSI 0F91.
   */
  loc_peak_glob: {
    tag: 'loc_peak_glob',
    name: 'Global intensity peak',
    compute: (m) => m.globalPeak,
  },
} as const satisfies IbsiTable<LocalIntensityMeasures>;
