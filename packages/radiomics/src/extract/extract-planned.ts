import type { Volume } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { doubtsAbout, type RegionCircumstances } from '../prepare/doubts.js';
import { computeFeatures } from './compute-features.js';
import {
  describeExtraction,
  describeWhole,
  type Diagnostics,
  type WholeDescription,
} from './diagnostics.js';
import type { ExtractionPlan } from './extraction-plan.js';
import { prepareCase, type PreparationStage, type PreparedCase } from './prepare-case.js';
import type { ExtractionWarning } from './warnings.js';

/**
 * Features by a plan, with what made them.
 *
 * @param describe what is the same for every region of image and mask
 */
export function extractPlanned(
  image: Volume,
  mask: Volume,
  plan: ExtractionPlan,
  describe: (stage: PreparationStage) => WholeDescription = describeWhole,
): { features: Record<string, number>; diagnostics: Diagnostics } {
  const prepared = prepareCase(image, mask, plan.settings);
  const whole = plan.settings.additionalInfo ? describe(prepared.original) : undefined;
  const warnings: ExtractionWarning[] = [];
  const features = computeFeatures(prepared, plan, {
    onRegion(region, grid) {
      warnings.push(...doubtsAbout(region, circumstances(prepared, plan, whole, grid)));
    },
    onWarning(message) {
      warnings.push({ code: 'IMAGE_TYPE', message });
    },
  });
  return { features, diagnostics: describeExtraction(prepared, plan, warnings, whole) };
}

function circumstances(
  { original, texture }: PreparedCase,
  { imageTypes }: ExtractionPlan,
  whole: WholeDescription | undefined,
  grid: LevelGrid | undefined,
): RegionCircumstances {
  const unchanged = texture.image === original.image;
  const alone = imageTypes.every(({ name }) => name === 'Original');
  return {
    grayLevels: grid && { present: grid.grayLevels.length, highest: grid.highest },
    // Of a changed image the background has no one value any more.
    imageMinimum: unchanged ? whole?.image.minimum : undefined,
    imageNonFinite: unchanged && alone ? undefined : whole?.image.nonFiniteCount,
  };
}
