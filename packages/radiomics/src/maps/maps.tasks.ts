import type { LevelVolume } from './level-volume.js';
import type { MapRequest } from './map-request.js';
import { mapValues } from './map-values.js';

/** Input of the task `mapPart`. */
interface PartInput {
  volume: LevelVolume;
  places: Uint32Array;
  request: MapRequest;
}

function mapPart({ volume, places, request }: PartInput): Float64Array[] {
  return mapValues(volume, places, request);
}

/** What a worker of voxel maps can do. */
export function mapTasks(): { mapPart: typeof mapPart } {
  return { mapPart };
}
