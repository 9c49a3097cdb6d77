import type { Vector3, Volume } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { LevelSizeMeasures } from '../../features/level-size-measures.js';
import { axisAcross } from '../../kernels/directions.js';
import { sharedWorkspace } from '../../kernels/workspace.js';
import { type MatrixOptions, prepareLevels } from '../../matrices/level-volume.js';
import { evaluateTable } from '../ibsi-feature.js';
import { type DistanceZoneTag, distanceZoneTable } from '../texture/distance-zone.js';
import { edgeDistances } from '../texture/edge-distances.js';
import { zoneDistances } from '../texture/zone-distances.js';
import { matrixTable } from './matrix-table.js';

/**
 * Gray-level distance-zone matrix: how many connected zones of level i there are (26-connected, 8-connected
 * in a plane) whose voxel nearest to the edge of the region is j steps through faces from the outside.
 *
 * @param levels gray levels ≥ 1 inside the region, as {@link discretise} returns them
 * @param mask integers on the same grid
 * @returns counts, shape [Ng, largest distance]; index 0 is level 1 and distance 1
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { gldzm, gldzmFeatures } from '@steatosis/radiomics';
 *
 * const levels = createVolume(Uint8Array.of(1, 1, 1, 1, 2, 1, 1, 1, 1), [3, 3, 1]);
 * const mask = createVolume(new Uint8Array(9).fill(1), [3, 3, 1]);
 * const matrix = gldzm(levels, mask);
 * console.log(matrix.shape, [...matrix.data]); // [ 2, 2 ] [ 1, 0, 0, 1 ]
 * console.log(gldzmFeatures(matrix, { voxels: 9 }).dzm_lde); // 2.5
 * ```
 */
export function gldzm(
  levels: Volume,
  mask: Volume,
  options: MatrixOptions = {},
): NdArray<Float64Array> {
  const { grid, directions } = prepareLevels(levels, mask, options);
  const { size, pad, rowStep, sliceStep, paddedLength, runs } = grid;
  const place = { start: [0, 0, 0] as Vector3, size, pad, rowStep, sliceStep, paddedLength, runs };
  const across = options.force2D === true ? axisAcross(options.force2Ddimension ?? 0) : undefined;
  const edge = edgeDistances(place, place, across);
  const zones = zoneDistances(grid, directions([1]), edge, sharedWorkspace());
  const shape = [grid.highest, zones.furthest];
  const matrix = ndarray(new Float64Array(grid.highest * zones.furthest), shape);
  for (let k = 0; k < zones.count; k++) {
    const level = grid.grayLevels[zones.ranks[k] - 1];
    const distance = zones.distances[k];
    matrix.set(level - 1, distance - 1, matrix.get(level - 1, distance - 1) + 1);
  }
  return matrix;
}

/**
 * The 16 features of a distance-zone matrix by IBSI's tags, without aggregation.
 *
 * @param matrix counts, shape [Ng, distances]
 * @param region its number of voxels, which the matrix does not tell
 */
export function gldzmFeatures(
  matrix: NdArray<Float64Array | Uint32Array>,
  { voxels }: { voxels: number },
): Record<DistanceZoneTag, number> {
  const table = new LevelSizeMeasures();
  table.load(matrixTable(matrix, '[level, edge distance]'));
  return evaluateTable(distanceZoneTable, { table, voxels });
}
