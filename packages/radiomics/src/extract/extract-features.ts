import { type LongTaskOptions, throwIfAborted, type Volume } from '@steatosis/core';
import { extractIbsiFeatures } from '../ibsi/extract-ibsi.js';
import { type AnyIbsiSettings, isIbsi } from '../ibsi/any-settings.js';
import type { Settings } from '../settings/settings.js';
import { splitTaskOptions, type WithTaskOptions } from '../settings/task-options.js';
import { computeFeatures } from './compute-features.js';
import { planOf } from './extraction-plan.js';
import { prepareCase } from './prepare-case.js';

/**
 * With `workers` among its settings, or with options, `extractFeatures` returns a promise. The image types,
 * or the families of each image where types are few, are shared out among threads; the values are the same
 * to the last bit. Threads are kept for the next call and do not hold up the end of a process.
 */
export function extractFeatures(
  image: Volume,
  mask: Volume,
  settings: Settings & LongTaskOptions & { workers: number },
): Promise<Record<string, number>>;
export function extractFeatures(
  image: Volume,
  mask: Volume,
  settings: Settings | undefined,
  options: LongTaskOptions,
): Promise<Record<string, number>>;
/**
 * Radiomics features of one region of an image, with the names, defaults and values of PyRadiomics or, with
 * `settings: 'ibsi'` or {@link IbsiSettings}, with those of IBSI (see {@link extractIbsiFeatures}).
 *
 * In PyRadiomics' order: the image is normalised, image and mask are resampled or cropped, the region is
 * checked and resegmented, and from each image type features are taken, if the settings ask for it. Of
 * the image only what these steps need is read. Of a large volume the whole mask is searched: to
 * extract many small regions of one volume, give views made by `cropVolume`, which are searched faster.
 *
 * @param image values, three dimensions
 * @param mask integers on the same grid; the region is where it equals `settings.label` (1)
 * @param settings see {@link Settings}; by default bins of width 25 and the 107 features that
 * PyRadiomics computes by default
 * @returns features by PyRadiomics' keys, `<image>_<family>_<name>`, in the order they were asked for.
 * A feature that is not defined for the region is NaN.
 * @throws GridMismatchError when the mask lies on another grid
 * @throws EmptyMaskError, LabelAbsentError when there is no region
 * @throws RegionTooSmallError for a region of one voxel or one dimension
 * @throws NonFiniteRegionError for NaN or infinite values in the region
 * @throws NonIntegerMaskError, RegionOutsideImageError for a mask that cannot be used with the image
 * @throws CannotNormaliseError, ResampledTooLargeError when a step of preparation is impossible
 * @throws TooManyGrayLevelsError when bins are too narrow for the range of the image
 * @throws NotPlanarError when `shape2D` is asked for and the region spans several slices
 * @throws SettingsError for settings that cannot be
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { extractFeatures } from '@steatosis/radiomics';
 *
 * const image = createVolume(Float32Array.from({ length: 256 }, (_, i) => (i * 37) % 256), [16, 16, 1]);
 * const mask = createVolume(new Uint8Array(256).fill(1), [16, 16, 1]);
 * const features = extractFeatures(image, mask, { binWidth: 32, featureClasses: ['firstorder', 'glcm'] });
 * console.log(features['original_firstorder_Median']); // 127.5
 * console.log(Object.keys(features).length); // 42
 * ```
 */
export function extractFeatures(
  image: Volume,
  mask: Volume,
  settings?: Settings | AnyIbsiSettings,
): Record<string, number>;
export function extractFeatures(
  image: Volume,
  mask: Volume,
  settings: WithTaskOptions<Settings> | AnyIbsiSettings = {},
  options?: LongTaskOptions,
): Record<string, number> | Promise<Record<string, number>> {
  if (isIbsi(settings)) return extractIbsiFeatures(image, mask, settings);
  const { settings: given, task } = splitTaskOptions(settings, options);
  if (task !== undefined) return extractAtLength(image, mask, given, task);
  const plan = planOf(given);
  return computeFeatures(prepareCase(image, mask, plan.settings), plan);
}

async function extractAtLength(
  image: Volume,
  mask: Volume,
  settings: Settings,
  task: LongTaskOptions,
): Promise<Record<string, number>> {
  throwIfAborted(task.signal);
  // On demand: it carries the code of the workers, larger than all the rest.
  const { extractRegionParallel } = await import('./parallel/extract-region-parallel.js');
  const plan = planOf(settings);
  return extractRegionParallel(prepareCase(image, mask, plan.settings), plan, settings, task);
}
