import type { Volume } from '@steatosis/core';
import { sharedWorkspace } from '../kernels/workspace.js';
import { evaluateTable, type IbsiTable } from './ibsi-feature.js';
import { histogramTable } from './intensity/histogram.js';
import { measureHistogram } from './intensity/histogram-measures.js';
import { statisticsTable } from './intensity/statistics.js';
import { volumeHistogramTable } from './intensity/volume-histogram.js';
import { localIntensityTable } from './local-intensity/local-intensity.js';
import { measureLocalIntensity } from './local-intensity/local-intensity-measures.js';
import { morphologyTable } from './morphology/morphology.js';
import { measureMorphology } from './morphology/morphology-measures.js';
import { type GrayLevelRule, grayLevelRule } from './prepare/discretise.js';
import { describeStages } from './prepare/image-diagnostics.js';
import { interpolate } from './prepare/interpolate.js';
import { type IbsiRegion, prepareRegion } from './prepare/prepare-region.js';
import { levelCounts, volumeHistogram } from './prepare/volume-histogram.js';
import { resolveIbsiSettings } from './resolve-settings.js';
import type { IbsiSettings, ResolvedIbsiSettings } from './settings.js';
import { measureSpatial } from './spatial/spatial-measures.js';
import { spatialTable } from './spatial/spatial.js';
import { discretiseRegion } from './texture/discretise-region.js';
import { evaluateTexture, type TextureFamilyName } from './texture/evaluate-texture.js';
import { textureFamilies } from './texture/texture-families.js';

/**
 * The features of IBSI 1 of one region of an image, by IBSI's definitions and tags.
 *
 * Slices, for the 2-D and 2.5-D aggregations of texture, are planes of constant z. Along an axis on which
 * the region has one voxel only no step is taken, so that for a region of one slice 3-D equals 2-D.
 *
 * @param image values, three dimensions
 * @param mask integers on the same grid; the region is where it equals `settings.label` (1)
 * @param settings see {@link IbsiSettings}; `'ibsi'` takes integer values as gray levels and changes nothing
 * @returns features by tag, texture with its aggregation: `stat_mean`, `cm_contrast_3D_avg`, …. A feature
 * that is not defined for the region is NaN
 * @throws GridMismatchError when the mask lies on another grid
 * @throws NonIntegerMaskError for a mask with fractions
 * @throws EmptyMaskError, LabelAbsentError when there is no region
 * @throws RegionTooSmallError for a region of one voxel, also after re-segmentation
 * @throws NonFiniteRegionError for NaN or infinite values in the region
 * @throws TooManyGrayLevelsError when bins are too narrow for the range of the image
 * @throws SettingsError for settings that cannot be, or that do not suit the values of the region
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { extractIbsiFeatures } from '@steatosis/radiomics';
 *
 * const hounsfield = Int16Array.from({ length: 512 }, (_, i) => ((i * 37) % 256) - 100);
 * const image = createVolume(hounsfield, [8, 8, 8], { spacing: [1, 1, 2] });
 * const mask = createVolume(new Uint8Array(512).fill(1), [8, 8, 8], { spacing: [1, 1, 2] });
 * const features = extractIbsiFeatures(image, mask, {
 *   definitions: 'ibsi',
 *   resegmentRange: [-50, 150],
 *   discretisation: { binWidth: 25 },
 * });
 * console.log(features['stat_median']); // 50
 * console.log(Object.keys(features).length); // 487
 * ```
 */
export function extractIbsiFeatures(
  image: Volume,
  mask: Volume,
  settings: 'ibsi' | IbsiSettings = 'ibsi',
): Record<string, number> {
  const resolved = resolveIbsiSettings(settings);
  const stage = interpolate({ image, mask, label: resolved.label }, resolved);
  return computeFeatures(prepareRegion(stage, resolved), resolved);
}

/**
 * The same as {@link extractIbsiFeatures}, together with what IBSI reports on image and masks at each stage:
 * sizes, voxel sizes, intensities and voxel counts, by its tags (`img_dim_x_init_img`,
 * `int_mask_vox_count_reseg_roi`, …).
 */
export function extractIbsiWithDiagnostics(
  image: Volume,
  mask: Volume,
  settings: 'ibsi' | IbsiSettings = 'ibsi',
): { features: Record<string, number>; diagnostics: Record<string, number> } {
  const resolved = resolveIbsiSettings(settings);
  const initial = { image, mask, label: resolved.label };
  const interpolated = interpolate(initial, resolved);
  const region = prepareRegion(interpolated, resolved);
  return {
    diagnostics: describeStages(initial, interpolated, region),
    features: computeFeatures(region, resolved),
  };
}

function computeFeatures(
  region: IbsiRegion,
  settings: ResolvedIbsiSettings,
): Record<string, number> {
  const { image, intensityMask, morphologicalMask, distribution } = region;
  const wanted = new Set<string>(settings.families);
  const features: Record<string, number> = {};
  const add = <Measured>(table: IbsiTable<Measured>, measured: Measured): void => {
    Object.assign(features, evaluateTable(table, measured));
  };
  if (wanted.has('morph')) {
    add(morphologyTable, measureMorphology(image, intensityMask, morphologicalMask));
    add(spatialTable, measureSpatial(image, intensityMask));
  }
  if (wanted.has('loc')) {
    add(localIntensityTable, measureLocalIntensity(image, intensityMask));
  }
  if (wanted.has('stat')) add(statisticsTable, distribution);
  if (wanted.has('ih')) {
    const { levels, counts } = levelCounts(distribution, grayLevels(region, settings));
    add(histogramTable, measureHistogram(levels, counts, levels.at(-1)!));
  }
  if (wanted.has('ivh')) {
    add(
      volumeHistogramTable,
      volumeHistogram(distribution, settings.ivhDiscretisation, region.valueRange),
    );
  }
  const textures = (Object.keys(textureFamilies) as TextureFamilyName[]).filter((name) =>
    wanted.has(name),
  );
  if (textures.length > 0) {
    const discretised = discretiseRegion(region, grayLevels(region, settings), settings);
    const { aggregations } = settings;
    Object.assign(
      features,
      evaluateTexture(discretised, textures, aggregations, sharedWorkspace()),
    );
  }
  return features;
}

function grayLevels(
  { distribution, valueRange }: IbsiRegion,
  { discretisation }: ResolvedIbsiSettings,
): GrayLevelRule {
  return grayLevelRule(discretisation, distribution, valueRange[0]);
}
