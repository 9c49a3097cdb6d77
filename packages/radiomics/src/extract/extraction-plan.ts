import { chooseFeatures, type FeatureChoices } from '../settings/feature-selection.js';
import {
  type ImageTypes,
  type ResolvedImageType,
  resolveImageTypes,
} from '../settings/image-types.js';
import { resolveSettings } from '../settings/resolve-settings.js';
import type { ResolvedSettings, Settings } from '../settings/settings.js';

/** What is to be done to every region: settings, checked and complete. */
export interface ExtractionPlan {
  settings: ResolvedSettings;
  imageTypes: readonly ResolvedImageType[];
  /** The image types as they were given. */
  givenImageTypes: ImageTypes;
  features: FeatureChoices;
}

/** Check settings and choose what is to be done. */
export function planOf(settings: Settings): ExtractionPlan {
  const resolved = resolveSettings(settings);
  return {
    settings: resolved,
    imageTypes: resolveImageTypes(settings.imageTypes, resolved),
    givenImageTypes: settings.imageTypes ?? { Original: {} },
    features: chooseFeatures(settings.featureClasses),
  };
}
