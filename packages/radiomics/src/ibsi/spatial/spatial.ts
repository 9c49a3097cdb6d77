import type { IbsiTable } from '../ibsi-feature.js';
import type { SpatialMeasures } from './spatial-measures.js';

/**
 * Spatial autocorrelation of the N gray values x of the intensity mask, with weights w_ij = 1/d_ij, d_ij
 * the distance of two voxel centres in mm, over all pairs i ≠ j. IBSI counts them among the
 * morphological features.
 */
export const spatialTable = {
  /**
   * N/Σ w_ij · Σ w_ij·(x_i − μ)(x_j − μ) / Σ (x_i − μ)².
   *
   * Near −1/(N − 1) for values without spatial order, higher where like values lie together.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: IBSI N365; Moran 1950; Dale et al. 2002.
   */
  morph_moran_i: {
    tag: 'morph_moran_i',
    name: "Moran's I index",
    compute: (m) => (m.squares === 0 ? 1 : (m.count * m.products) / (m.weights * m.squares)),
  },
  /**
   * (N − 1)/(2·Σ w_ij) · Σ w_ij·(x_i − x_j)² / Σ (x_i − μ)².
   *
   * Near 1 for values without spatial order, lower where like values lie together.
   * Degenerate: 0 in a flat region.
   * Unit: none.
   * Source: IBSI NPT7; Geary 1954; Dale et al. 2002.
   */
  morph_geary_c: {
    tag: 'morph_geary_c',
    name: "Geary's C measure",
    compute: (m) =>
      m.squares === 0 ? 0 : ((m.count - 1) * m.differences) / (2 * m.weights * m.squares),
  },
} as const satisfies IbsiTable<SpatialMeasures>;
