import type { IbsiTable } from '../ibsi-feature.js';
import type { DistanceZoneMeasures } from './distance-zone-measures.js';

/**
 * The 16 features of the gray-level distance-zone matrix (IBSI 1, family VMDZ; Thibault et al. 2014):
 * d(i, j) zones of level i whose voxel nearest to the edge of the region is j steps from the outside, N_s
 * in all.
 */
export const distanceZoneTable = {
  /**
   * Σ d/j² over N_s.
   *
   * High for zones near the edge.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: 1/voxels squared.
   * Source: IBSI 0GBI.
   */
  dzm_sde: {
    tag: 'dzm_sde',
    name: 'Small distance emphasis',
    compute: (m) => m.table.bySize.inverseEmphasis / m.table.total,
  },
  /**
   * Σ d·j² over N_s.
   *
   * High for zones far from the edge.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: voxels squared.
   * Source: IBSI MB4I.
   */
  dzm_lde: {
    tag: 'dzm_lde',
    name: 'Large distance emphasis',
    compute: (m) => m.table.bySize.emphasis / m.table.total,
  },
  /**
   * Σ d/i² over N_s.
   *
   * High for zones of low levels.
   * Degenerate: 1 in a flat region.
   * Unit: 1/gray levels squared.
   * Source: IBSI S1RA.
   */
  dzm_lgze: {
    tag: 'dzm_lgze',
    name: 'Low grey level zone emphasis',
    compute: (m) => m.table.byLevel.inverseEmphasis / m.table.total,
  },
  /**
   * Σ d·i² over N_s.
   *
   * High for zones of high levels.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels squared.
   * Source: IBSI K26C.
   */
  dzm_hgze: {
    tag: 'dzm_hgze',
    name: 'High grey level zone emphasis',
    compute: (m) => m.table.byLevel.emphasis / m.table.total,
  },
  /**
   * Σ d/(i²j²) over N_s.
   *
   * High for zones of low levels near the edge.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: 1/(gray levels squared × voxels squared).
   * Source: IBSI RUVG.
   */
  dzm_sdlge: {
    tag: 'dzm_sdlge',
    name: 'Small distance low grey level emphasis',
    compute: (m) => m.table.smallLow / m.table.total,
  },
  /**
   * Σ d·i²/j² over N_s.
   *
   * High for zones of high levels near the edge.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: gray levels squared per voxel squared.
   * Source: IBSI DKNJ.
   */
  dzm_sdhge: {
    tag: 'dzm_sdhge',
    name: 'Small distance high grey level emphasis',
    compute: (m) => m.table.smallHigh / m.table.total,
  },
  /**
   * Σ d·j²/i² over N_s.
   *
   * High for zones of low levels far from the edge.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: voxels squared per gray level squared.
   * Source: IBSI A7WM.
   */
  dzm_ldlge: {
    tag: 'dzm_ldlge',
    name: 'Large distance low grey level emphasis',
    compute: (m) => m.table.largeLow / m.table.total,
  },
  /**
   * Σ d·i²j² over N_s.
   *
   * High for zones of high levels far from the edge.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: gray levels squared × voxels squared.
   * Source: IBSI KLTH.
   */
  dzm_ldhge: {
    tag: 'dzm_ldhge',
    name: 'Large distance high grey level emphasis',
    compute: (m) => m.table.largeHigh / m.table.total,
  },
  /**
   * Σ_i (Σ_j d)² over N_s.
   *
   * Low where the gray levels of the zones are spread evenly.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: zones.
   * Source: IBSI VFT7.
   */
  dzm_glnu: {
    tag: 'dzm_glnu',
    name: 'Grey level non-uniformity',
    compute: (m) => m.table.byLevel.squares / m.table.total,
  },
  /**
   * Σ_i (Σ_j d)² over N_s².
   *
   * Low where the gray levels of the zones are spread evenly, whatever their number.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: IBSI 7HP3.
   */
  dzm_glnu_norm: {
    tag: 'dzm_glnu_norm',
    name: 'Normalised grey level non-uniformity',
    compute: (m) => m.table.byLevel.squares / m.table.total ** 2,
  },
  /**
   * Σ_j (Σ_i d)² over N_s.
   *
   * Low where the distances of the zones are spread evenly.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: zones.
   * Source: IBSI V294.
   */
  dzm_zdnu: {
    tag: 'dzm_zdnu',
    name: 'Zone distance non-uniformity',
    compute: (m) => m.table.bySize.squares / m.table.total,
  },
  /**
   * Σ_j (Σ_i d)² over N_s².
   *
   * Low where the distances of the zones are spread evenly, whatever their number. 1 where all zones
   * touch the edge.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: none.
   * Source: IBSI IATH.
   */
  dzm_zdnu_norm: {
    tag: 'dzm_zdnu_norm',
    name: 'Normalised zone distance non-uniformity',
    compute: (m) => m.table.bySize.squares / m.table.total ** 2,
  },
  /**
   * N_s over the number of voxels.
   *
   * High for fine texture. Equal to that of the size-zone matrix.
   * Degenerate: 1/N_v in a flat region without gaps.
   * Unit: none.
   * Source: IBSI VIWW.
   */
  dzm_z_perc: {
    tag: 'dzm_z_perc',
    name: 'Zone percentage',
    compute: (m) => m.table.total / m.voxels,
  },
  /**
   * Variance of i over the zones.
   *
   * Spread of the gray levels of the zones.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Source: IBSI QK93.
   */
  dzm_gl_var: {
    tag: 'dzm_gl_var',
    name: 'Grey level variance',
    compute: (m) => m.table.byLevel.variance,
  },
  /**
   * Variance of j over the zones.
   *
   * Spread of the distances of the zones.
   * Degenerate: 0 in a flat region without gaps.
   * Unit: voxels squared.
   * Source: IBSI 7WT1.
   */
  dzm_zd_var: {
    tag: 'dzm_zd_var',
    name: 'Zone distance variance',
    compute: (m) => m.table.bySize.variance,
  },
  /**
   * −Σ p·log₂ p, p = d/N_s, bits.
   *
   * Disorder of levels and distances of the zones.
   * Degenerate: 0 in a flat region without gaps.
   * Unit: bits.
   * Source: IBSI GBDU.
   */
  dzm_zd_entr: {
    tag: 'dzm_zd_entr',
    name: 'Zone distance entropy',
    compute: (m) => m.table.entropy(),
  },
} as const satisfies IbsiTable<DistanceZoneMeasures>;

/** Tags of the distance-zone features, without aggregation. */
export type DistanceZoneTag = keyof typeof distanceZoneTable;
