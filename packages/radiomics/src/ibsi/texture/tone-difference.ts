import { type NgtdmMeasures, ngtdmTable } from '../../features/ngtdm.js';
import type { IbsiTable } from '../ibsi-feature.js';

/**
 * The five features of the neighbourhood gray-tone difference matrix (IBSI 1, family IPET; Amadasun and King
 * 1989), with PyRadiomics' formulas: p_i is the share of the voxels with level i, s_i the sum over them of
 * |i − mean level of the neighbours|, N_v the number of voxels. Voxels without a neighbour in the region do
 * not count, in p_i as in N_v; PyRadiomics counts them.
 */
export const toneDifferenceTable = {
  /**
   * 1/Σ p_i·s_i, 10⁶ where that sum is 0.
   *
   * High for coarse, smooth texture, where a voxel differs little from its neighbours.
   * Degenerate: 1000000 in a flat region.
   * Unit: 1/(gray levels × voxels).
   * Source: IBSI QCDE.
   */
  ngt_coarseness: {
    tag: 'ngt_coarseness',
    name: 'Coarseness',
    compute: (m) => ngtdmTable.Coarseness(m),
  },
  /**
   * Dynamic range of the levels times the mean s.
   *
   * High where levels differ much and neighbours differ too.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels cubed.
   * Source: IBSI 65HE.
   */
  ngt_contrast: { tag: 'ngt_contrast', name: 'Contrast', compute: (m) => ngtdmTable.Contrast(m) },
  /**
   * Σ p_i·s_i over Σ |i·p_i − j·p_j|, 0 for one level.
   *
   * High for rapid changes from a voxel to its neighbours.
   * Degenerate: 0 in a flat region.
   * Unit: voxels.
   * Source: IBSI NQ30.
   */
  ngt_busyness: { tag: 'ngt_busyness', name: 'Busyness', compute: (m) => ngtdmTable.Busyness(m) },
  /**
   * Σ |i − j|·(p_i·s_i + p_j·s_j)/(p_i + p_j) over N_v.
   *
   * High for many rapid changes between levels that differ much.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Source: IBSI HDEZ.
   */
  ngt_complexity: {
    tag: 'ngt_complexity',
    name: 'Complexity',
    compute: (m) => ngtdmTable.Complexity(m),
  },
  /**
   * Σ (p_i + p_j)(i − j)² over Σ s_i, 0 where that sum is 0.
   *
   * High for distinct, well visible primitives.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels per voxel.
   * Source: IBSI 1X9X.
   */
  ngt_strength: { tag: 'ngt_strength', name: 'Strength', compute: (m) => ngtdmTable.Strength(m) },
} as const satisfies IbsiTable<NgtdmMeasures>;
