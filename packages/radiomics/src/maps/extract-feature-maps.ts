import {
  type LongTaskOptions,
  TaskPool,
  throwIfAborted,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import { SettingsError } from '../errors.js';
import { type ExtractionPlan, planOf } from '../extract/extraction-plan.js';
import { isShape } from '../settings/feature-selection.js';
import type { Settings } from '../settings/settings.js';
import { splitTaskOptions, type WithTaskOptions } from '../settings/task-options.js';
import { slicesOf } from './level-volume.js';
import { type MapImage, mapImages } from './map-images.js';
import { mapValues } from './map-values.js';
import { mapTasks } from './maps.tasks.js';
import workerSource from './maps.worker.ts?worker-source';

/** Options of {@link extractFeatureMaps} that make it a long task. */
export interface FeatureMapOptions extends LongTaskOptions {
  /** Told of images that cannot be derived and are left out. */
  onWarning?: ((message: string) => void) | undefined;
}

/** Maps of features by PyRadiomics' keys. */
export type FeatureMaps = Record<string, Volume<Float64Array>>;

/** Voxels that are done at a time: progress is told and an abort noticed between them. */
const VOXELS_AT_ONCE = 1024;

/**
 * Radiomics features of the neighbourhood of every voxel of a region, as maps, with the values of
 * PyRadiomics' voxel-based extraction.
 *
 * A neighbourhood is the cube of `2·kernelRadius + 1` voxels around a voxel (a square with `force2D`); with
 * `maskedKernel` only voxels of the region count in it. Bins are laid over the whole region, so that maps
 * hang together: Ng in Idn and Idmn is that of the region, and MCC of a flat neighbourhood is 0. Directions
 * without pairs are left out of a mean; a feature that is not defined is NaN. Shape has no maps.
 *
 * Memory is bounded by the maps themselves: one number per voxel of the box and feature. `voxelBatch`, by which
 * PyRadiomics bounds its own, is accepted and needed for nothing.
 *
 * @param image values, three dimensions
 * @param mask integers on the same grid
 * @param settings as for {@link extractFeatures}; `kernelRadius` (1), `maskedKernel` (true) and `initValue` (0,
 * the value outside the region) are for maps alone
 * @param options with options, or `workers` among the settings, the function returns a promise; the maps are
 * the same to the last bit
 * @returns maps by key (`original_glcm_Contrast`), on the grid of the region's box with a margin of
 * `kernelRadius` voxels, as far as the image goes
 * @throws what {@link extractFeatures} throws; AbortedError (the promise) when stopped
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { extractFeatureMaps } from '@steatosis/radiomics';
 *
 * const image = createVolume(Float32Array.from({ length: 400 }, (_, i) => (i * 37) % 256), [20, 20, 1]);
 * const mask = createVolume(new Uint8Array(400).fill(1), [20, 20, 1]);
 * const settings = { binWidth: 32, featureClasses: { glcm: ['Contrast'], firstorder: ['Mean'] } };
 * const maps = extractFeatureMaps(image, mask, settings);
 * console.log(Object.keys(maps)); // ['original_glcm_Contrast', 'original_firstorder_Mean']
 * console.log(maps.original_firstorder_Mean.data.get(0, 0, 0)); // 68.5: of the four voxels in the corner
 * const same = await extractFeatureMaps(image, mask, settings, { workers: 2 });
 * console.log(same.original_glcm_Contrast.data.shape); // [20, 20, 1]
 * ```
 */
export function extractFeatureMaps(
  image: Volume,
  mask: Volume,
  settings: Settings & LongTaskOptions & { workers: number },
): Promise<FeatureMaps>;
export function extractFeatureMaps(
  image: Volume,
  mask: Volume,
  settings: Settings | undefined,
  options: FeatureMapOptions,
): Promise<FeatureMaps>;
export function extractFeatureMaps(image: Volume, mask: Volume, settings?: Settings): FeatureMaps;
export function extractFeatureMaps(
  image: Volume,
  mask: Volume,
  settings: WithTaskOptions<Settings> = {},
  options?: FeatureMapOptions,
): FeatureMaps | Promise<FeatureMaps> {
  const { settings: given, task } = splitTaskOptions(settings, options);
  const plan = planOf(given);
  if (task !== undefined) return extractAtLength(image, mask, plan, task);
  const maps: FeatureMaps = {};
  for (const one of mapImages(image, mask, plan, () => undefined)) {
    const empty = emptyMaps(one, plan.settings.initValue);
    write(empty, one.places, mapValues(one.volume, one.places, one.request));
    Object.assign(maps, named(one, empty));
  }
  return finished(maps, plan);
}

async function extractAtLength(
  image: Volume,
  mask: Volume,
  plan: ExtractionPlan,
  { workers = 0, signal, onProgress, onWarning = () => undefined }: FeatureMapOptions,
): Promise<FeatureMaps> {
  const pool = new TaskPool({ tasks: mapTasks(), code: workerSource, workers });
  const stop = new AbortController();
  const abort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', abort);
  const maps: FeatureMaps = {};
  try {
    throwIfAborted(signal);
    for (const one of mapImages(image, mask, plan, onWarning)) {
      const empty = emptyMaps(one, plan.settings.initValue);
      const parts = partsOf(one);
      let next = 0;
      let done = 0;
      const lane = async (): Promise<void> => {
        while (next < parts.length) {
          const places = parts[next++];
          // With nobody else to work, let events of this thread through, so that an abort can arrive.
          if (pool.size === 0) await nextTurn();
          const task = partOf(one, places);
          const values = await pool.run('mapPart', task, { signal: stop.signal });
          write(empty, places, values);
          done += places.length;
          onProgress?.({ done, total: one.places.length, message: one.image });
        }
      };
      await Promise.all(Array.from({ length: Math.max(1, pool.size) }, lane));
      Object.assign(maps, named(one, empty));
    }
  } catch (error) {
    stop.abort(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    pool.close();
  }
  return finished(maps, plan);
}

function partsOf({ places }: MapImage): Uint32Array[] {
  return Array.from({ length: Math.ceil(places.length / VOXELS_AT_ONCE) }, (_, k) =>
    places.slice(k * VOXELS_AT_ONCE, (k + 1) * VOXELS_AT_ONCE),
  );
}

/** The slices that some voxels' neighbourhoods lie in, with the voxels' places in them. */
function partOf(
  { volume, request }: MapImage,
  places: Uint32Array,
): { volume: MapImage['volume']; places: Uint32Array; request: MapImage['request'] } {
  const slice = volume.size[0] * volume.size[1];
  const { radius } = request.shape;
  const first = Math.max(0, Math.floor(places[0] / slice) - radius);
  const last = Math.floor(places[places.length - 1] / slice) + radius;
  const end = Math.min(volume.size[2], last + 1);
  return {
    volume: slicesOf(volume, first, end),
    places: places.map((place) => place - first * slice),
    request,
  };
}

function emptyMaps({ keys, volume }: MapImage, initValue: number): Float64Array<ArrayBuffer>[] {
  const [nx, ny, nz] = volume.size;
  return keys.map(() => new Float64Array(nx * ny * nz).fill(initValue));
}

function write(
  maps: readonly Float64Array[],
  places: Uint32Array,
  values: readonly Float64Array[],
): void {
  for (let m = 0; m < maps.length; m++) {
    const map = maps[m];
    const from = values[m];
    for (let k = 0; k < places.length; k++) map[places[k]] = from[k];
  }
}

function named({ keys, grid }: MapImage, maps: readonly Float64Array<ArrayBuffer>[]): FeatureMaps {
  return Object.fromEntries(keys.map((key, m) => [key, volumeLike(grid, maps[m])]));
}

/** @throws SettingsError when features of images were asked for by name that were not derived, or none at all */
function finished(maps: FeatureMaps, { features }: ExtractionPlan): FeatureMaps {
  for (const image of features.namedImages) {
    const { keys, families } = features.of(image);
    if (families.every(({ name }) => isShape(name))) continue;
    if (keys.some((key) => Object.hasOwn(maps, key))) continue;
    throw new SettingsError(
      'featureClasses',
      image,
      `featureClasses asks for maps of the image ${image}, which no image type gives: add it to imageTypes.`,
    );
  }
  if (Object.keys(maps).length > 0) return maps;
  throw new SettingsError(
    'featureClasses',
    [],
    'Nothing that was asked for has a map: shape describes the region as a whole. Choose another family.',
  );
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
