import type { Volume } from '@steatosis/core';
import { sharedWorkspace } from '../kernels/workspace.js';
import { cutRegion, type Region } from '../roi/region.js';
import { selectFeatures } from '../settings/feature-selection.js';
import { resolveSettings, type ResolvedSettings, type Settings } from '../settings/settings.js';
import { describeExtraction, type Diagnostics } from './diagnostics.js';
import { RegionExtraction } from './region-extraction.js';

/**
 * Radiomics features of one region of an image, with the names, defaults and values of PyRadiomics.
 *
 * Of the image only the region's voxels are read, and of large volumes only the mask is searched: to
 * extract many small regions of one volume, give views made by `cropVolume`, which are searched faster.
 *
 * @param image values, three dimensions
 * @param mask integers on the same grid; the region is where it equals `settings.label` (1)
 * @param settings see {@link Settings}; by default bins of width 25 and the 107 features that
 * PyRadiomics computes by default
 * @returns features by PyRadiomics' keys, `original_<family>_<name>`, in the order they were asked for.
 * A feature that is not defined for the region is NaN.
 * @throws GridMismatchError when the mask lies on another grid
 * @throws EmptyMaskError, LabelAbsentError when there is no region
 * @throws RegionTooSmallError for a region of one voxel or one dimension
 * @throws NonFiniteRegionError for NaN or infinite values in the region
 * @throws TooManyGrayLevelsError when bins are too narrow for the range of the image
 * @throws NotPlanarError when `shape2D` is asked for and the region spans several slices
 * @throws SettingsError, NotSupportedYetError for settings that cannot be
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
  settings: Settings = {},
): Record<string, number> {
  const resolved = resolveSettings(settings);
  return computeFeatures(regionOf(image, mask, resolved), resolved, settings);
}

/**
 * The same as {@link extractFeatures}, together with a record of what made the values: package version,
 * settings, grid, and statistics of the mask.
 */
export function extractWithDiagnostics(
  image: Volume,
  mask: Volume,
  settings: Settings = {},
): { features: Record<string, number>; diagnostics: Diagnostics } {
  const resolved = resolveSettings(settings);
  const region = regionOf(image, mask, resolved);
  const diagnostics = describeExtraction(image, region, resolved);
  return { features: computeFeatures(region, resolved, settings), diagnostics };
}

function regionOf(image: Volume, mask: Volume, settings: ResolvedSettings): Region {
  return cutRegion(
    image,
    mask,
    {
      label: settings.label,
      reach: Math.max(...settings.distances),
      minimumDimensions: settings.minimumROIDimensions,
      minimumSize: settings.minimumROISize ?? 0,
      allowNaN: settings.nanPolicy === 'pyradiomics',
    },
    sharedWorkspace(),
  );
}

function computeFeatures(
  region: Region,
  resolved: ResolvedSettings,
  settings: Settings,
): Record<string, number> {
  const selection = selectFeatures(settings.featureClasses);
  const extraction = new RegionExtraction(region, resolved, sharedWorkspace());
  const values = new Float64Array(selection.keys.length);
  for (const { family, features, places } of selection.families) {
    const computed = family.evaluate(features, extraction);
    for (let f = 0; f < places.length; f++) values[places[f]] = computed[f];
  }
  const result: Record<string, number> = {};
  for (let k = 0; k < values.length; k++) result[selection.keys[k]] = values[k];
  return result;
}
