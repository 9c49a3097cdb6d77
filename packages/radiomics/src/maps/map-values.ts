import type { LevelVolume } from './level-volume.js';
import type { MapRequest } from './map-request.js';
import { Neighbourhood } from './neighbourhood.js';
import { neighbourhoodFeatures } from './neighbourhood-features.js';

/**
 * The features of the neighbourhoods of some voxels.
 *
 * @param places of the voxels in the volume, x fastest
 * @returns one array per feature, in the order of the request, with one value per voxel
 */
export function mapValues(
  volume: LevelVolume,
  places: Uint32Array,
  request: MapRequest,
): Float64Array<ArrayBuffer>[] {
  const neighbourhood = new Neighbourhood(volume, request.shape);
  const parts = request.features.map(({ family, names }) =>
    neighbourhoodFeatures(family, names, neighbourhood, request),
  );
  const maps = request.features.flatMap(({ names }) =>
    names.map(() => new Float64Array(places.length)),
  );
  const [nx, ny] = volume.size;
  for (let k = 0; k < places.length; k++) {
    const row = Math.floor(places[k] / nx);
    const z = Math.floor(row / ny);
    neighbourhood.load(places[k] - row * nx, row - z * ny, z);
    let map = 0;
    for (const part of parts) for (const value of part()) maps[map++][k] = value;
  }
  return maps;
}
