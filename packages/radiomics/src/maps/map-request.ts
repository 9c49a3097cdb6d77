import type { Vector3 } from '@steatosis/core';
import type { FamilyName } from '../features/families.js';
import type { NeighbourhoodShape } from './neighbourhood.js';

/** Families that have maps: all but those that describe the form of the region. */
export type MapFamily = Exclude<FamilyName, 'shape' | 'shape2D'>;

/** What to compute for each voxel; plain data, which can go to a worker. */
export interface MapRequest {
  shape: NeighbourhoodShape;
  /** Half of the steps to neighbours, for GLCM, GLDM and NGTDM. */
  directions: readonly Vector3[];
  /** The same of one voxel's length, for GLRLM and GLSZM. */
  nearest: readonly Vector3[];
  /** Weights of the directions where they are added up, for GLCM and for GLRLM. */
  pairWeights: readonly number[] | undefined;
  runWeights: readonly number[] | undefined;
  symmetricalGLCM: boolean;
  gldm_a: number;
  voxelArrayShift: number;
  /** mm³ */
  voxelVolume: number;
  /** Features by family, in the order of the maps. */
  features: readonly { family: MapFamily; names: readonly string[] }[];
}
