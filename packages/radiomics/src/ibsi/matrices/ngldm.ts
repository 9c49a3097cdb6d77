import type { Volume } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import { gldm } from '../../matrices/gldm.js';
import type { MatrixOptions } from '../../matrices/level-volume.js';
import { evaluateTable } from '../ibsi-feature.js';
import { type DependenceTag, dependenceTable } from '../texture/dependence.js';
import { measuresOfCells } from '../texture/dependence-measures.js';
import { matrixTable } from './matrix-table.js';

/** Options of {@link ngldm}. */
export interface NgldmOptions extends MatrixOptions {
  /** Chebyshev distance in voxels up to which voxels are neighbours, an integer 1 to 15. Default 1. */
  distance?: number;
  /** Largest difference of gray levels at which neighbours depend on each other, an integer ≥ 0. Default 0. */
  coarseness?: number;
}

/**
 * Neighbouring gray-level dependence matrix: how many voxels of level i have j − 1 neighbours in the region
 * whose level differs by at most the coarseness. With distance 1 it is PyRadiomics' {@link gldm}.
 *
 * @param levels gray levels ≥ 1 inside the region, as {@link discretise} returns them
 * @param mask integers on the same grid
 * @returns counts, shape [Ng, neighbours + 1]; index 0 is level 1 and no dependent neighbour
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { ngldm, ngldmFeatures } from '@steatosis/radiomics';
 *
 * const levels = createVolume(Uint8Array.of(1, 1, 2, 2), [2, 2, 1]);
 * const mask = createVolume(new Uint8Array(4).fill(1), [2, 2, 1]);
 * const matrix = ngldm(levels, mask);
 * console.log(matrix.get(0, 1), matrix.get(1, 1)); // 2 2
 * console.log(ngldmFeatures(matrix).ngl_dc_energy); // 0.5
 * ```
 */
export function ngldm(
  levels: Volume,
  mask: Volume,
  options: NgldmOptions = {},
): NdArray<Float64Array> {
  const { distance = 1, coarseness = 0, ...others } = options;
  const distances = Array.from({ length: Math.min(16, distance) }, (_, d) => d + 1);
  return gldm(levels, mask, {
    ...others,
    distances: Number.isInteger(distance) ? distances : [distance],
    gldm_a: coarseness,
  });
}

/**
 * The 17 features of a neighbouring dependence matrix by IBSI's tags, without aggregation.
 *
 * @param matrix counts, shape [Ng, dependences]
 */
export function ngldmFeatures(
  matrix: NdArray<Float64Array | Uint32Array>,
): Record<DependenceTag, number> {
  const { cells, width, levels } = matrixTable(matrix, '[level, dependence]');
  let voxels = 0;
  for (const count of cells) voxels += count;
  return evaluateTable(dependenceTable, measuresOfCells(cells, width, levels, voxels));
}
