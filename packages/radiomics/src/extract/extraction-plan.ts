import type { FeatureChoices } from '../settings/feature-selection.js';
import type { ImageTypes, ResolvedImageType } from '../settings/image-types.js';
import type { ResolvedSettings } from '../settings/settings.js';

/** What is to be done to every region: settings, checked and complete. */
export interface ExtractionPlan {
  settings: ResolvedSettings;
  imageTypes: readonly ResolvedImageType[];
  /** The image types as they were given. */
  givenImageTypes: ImageTypes;
  features: FeatureChoices;
}
