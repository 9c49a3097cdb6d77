import type { FeatureTable } from './family.js';
import { visualInformation } from './visual-information.js';

/** The neighbouring gray-tone difference matrix: one entry per level that is present. */
export interface NgtdmMeasures {
  /** Gray level i. */
  readonly levels: Float64Array;
  /** p_i = n_i/N_v: share of the voxels. */
  readonly p: Float64Array;
  /** s_i: sum over the voxels of level i of |i − mean of their neighbours|. */
  readonly s: Float64Array;
  /** N_v. */
  readonly voxels: number;
}

/**
 * The five features of the neighbouring gray-tone difference matrix (Amadasun and King 1989). p_i is the
 * share of the voxels with level i, s_i the sum over them of |i − mean level of the neighbours|, N_v the
 * number of voxels, N_gp that of the levels with p_i > 0. Voxels without a neighbour in the region count
 * in p_i, with a difference of 0: PyRadiomics' manual leaves them out, its code does not.
 */
export const ngtdmTable = {
  /**
   * Σ p_i·s_i / Σ_ij |i·p_i − j·p_j|.
   *
   * High for rapid changes from a voxel to its neighbours.
   * Degenerate: 0 in a flat region.
   * Unit: voxels.
   * Source: Amadasun and King 1989; IBSI NQ30.
   */
  Busyness: (m) => {
    const spread = sumOfDistances(m.levels.map((level, i) => level * m.p[i]));
    return spread === 0 ? 0 : weightedDifference(m) / spread;
  },
  /**
   * 1/Σ p_i·s_i.
   *
   * High for coarse, smooth texture, where a voxel differs little from its neighbours.
   * Degenerate: 1000000 in a flat region, and wherever the sum is 0.
   * Unit: 1/(gray levels × voxels).
   * Source: Amadasun and King 1989; IBSI QCDE.
   */
  Coarseness: (m) => {
    const sum = weightedDifference(m);
    return sum === 0 ? 1e6 : 1 / sum;
  },
  /**
   * Σ_ij |i − j|·(p_i·s_i + p_j·s_j)/(p_i + p_j) / N_v.
   *
   * High for many rapid changes between levels that differ much: visual information.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Source: Amadasun and King 1989; IBSI HDEZ.
   */
  Complexity: (m) => visualInformation(m) / m.voxels,
  /**
   * Σ_ij p_i·p_j·(i − j)² / (N_gp·(N_gp − 1)) · Σ s_i / N_v.
   *
   * High where levels differ much and neighbours differ too.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels cubed.
   * Source: Amadasun and King 1989; IBSI 65HE.
   */
  Contrast: (m) => {
    const present = m.levels.length;
    if (present < 2) return 0;
    // Σ_ij p_i·p_j·(i − j)² is twice the variance of i.
    const spread = 2 * sumOfSquares(m.levels, m.p) * m.p.reduce((a, b) => a + b, 0);
    return (spread * totalDifference(m)) / m.voxels / (present * (present - 1));
  },
  /**
   * Σ_ij (p_i + p_j)·(i − j)² / Σ s_i.
   *
   * High for distinct, well visible primitives.
   * Degenerate: 0 in a flat region, and wherever Σ s_i is 0.
   * Unit: gray levels per voxel.
   * Source: Amadasun and King 1989; IBSI 1X9X.
   */
  Strength: (m) => {
    const total = totalDifference(m);
    return total === 0 ? 0 : spreadFromAll(m) / total;
  },
} as const satisfies FeatureTable<NgtdmMeasures>;

/** Names of the gray-tone difference features. */
export type NgtdmFeatureName = keyof typeof ngtdmTable;

/** Σ_ij |x_i − x_j|, by the gaps between the sorted values. */
function sumOfDistances(x: Float64Array): number {
  const sorted = x.sort();
  let sum = 0;
  for (let k = 1; k < sorted.length; k++) {
    sum += (sorted[k] - sorted[k - 1]) * k * (sorted.length - k);
  }
  return 2 * sum;
}

/** Σ w_i·(i − μ)² about the mean level under the weights, or under equal ones. */
function sumOfSquares(levels: Float64Array, weights?: Float64Array): number {
  const weightOf = (k: number) => weights?.[k] ?? 1;
  const mean = meanLevel(levels, weightOf);
  let sum = 0;
  for (let k = 0; k < levels.length; k++) sum += weightOf(k) * (levels[k] - mean) ** 2;
  return sum;
}

function meanLevel(levels: Float64Array, weightOf: (k: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let k = 0; k < levels.length; k++) {
    sum += weightOf(k) * levels[k];
    total += weightOf(k);
  }
  return sum / total;
}

/** Σ_ij (p_i + p_j)·(i − j)² = 2·Σ_i p_i·(n·(i − m)² + Σ_j (j − m)²), m the mean of the n levels. */
function spreadFromAll({ levels, p }: NgtdmMeasures): number {
  const mean = meanLevel(levels, () => 1);
  const squares = sumOfSquares(levels);
  let sum = 0;
  for (let i = 0; i < levels.length; i++) {
    sum += p[i] * (levels.length * (levels[i] - mean) ** 2 + squares);
  }
  return 2 * sum;
}

function weightedDifference(m: NgtdmMeasures): number {
  let sum = 0;
  for (let i = 0; i < m.p.length; i++) sum += m.p[i] * m.s[i];
  return sum;
}

function totalDifference(m: NgtdmMeasures): number {
  let sum = 0;
  for (let i = 0; i < m.s.length; i++) sum += m.s[i];
  return sum;
}
