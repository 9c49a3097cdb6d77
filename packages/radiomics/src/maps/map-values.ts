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
  let count = 0;
  const parts = request.features.map(({ family, names }) => {
    const write = neighbourhoodFeatures(family, names, neighbourhood, request);
    const first = count;
    count += names.length;
    return { write, first };
  });
  const maps = request.features.flatMap(({ names }) =>
    names.map(() => new Float64Array(places.length)),
  );
  const [nx, ny] = volume.size;
  for (let k = 0; k < places.length; k++) {
    const row = Math.floor(places[k] / nx);
    const z = Math.floor(row / ny);
    neighbourhood.load(places[k] - row * nx, row - z * ny, z);
    for (const { write, first } of parts) write(maps, first, k);
  }
  return maps;
}
