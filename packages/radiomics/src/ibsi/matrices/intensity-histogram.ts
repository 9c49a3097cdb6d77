import type { Volume } from '@steatosis/core';
import { prepareLevels } from '../../matrices/level-volume.js';
import { evaluateTable } from '../ibsi-feature.js';
import { type HistogramTag, histogramTable } from '../intensity/histogram.js';
import { measureHistogram } from '../intensity/histogram-measures.js';

/**
 * The 23 intensity histogram features of IBSI of gray levels, by tag.
 *
 * @param levels gray levels ≥ 1 inside the region, as {@link discretise} returns them
 * @param mask integers on the same grid
 * @param options `label`: value of the region's voxels in the mask, default 1
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { intensityHistogramFeatures } from '@steatosis/radiomics';
 *
 * const levels = createVolume(Uint8Array.of(1, 1, 2, 4), [2, 2, 1]);
 * const mask = createVolume(new Uint8Array(4).fill(1), [2, 2, 1]);
 * const features = intensityHistogramFeatures(levels, mask);
 * console.log(features.ih_mode, features.ih_entropy); // 1 1.5
 * ```
 */
export function intensityHistogramFeatures(
  levels: Volume,
  mask: Volume,
  options: { label?: number } = {},
): Record<HistogramTag, number> {
  const { grid } = prepareLevels(levels, mask, options);
  const { grayLevels, frequencies, highest } = grid;
  return evaluateTable(histogramTable, measureHistogram(grayLevels, frequencies, highest));
}
