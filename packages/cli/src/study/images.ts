/** Images that the radiomic features can be computed from. */
export const FEATURE_IMAGES = ['pdff', 'water', 'fat', 'firstEcho'] as const;
export type FeatureImage = (typeof FEATURE_IMAGES)[number];

/** What the DenseNet can be shown. */
export const DENSENET_INPUTS = ['magnitudes', 'pdff'] as const;
export type DenseNetInput = (typeof DENSENET_INPUTS)[number];

/** In words, for the report. */
export const FEATURE_IMAGE_NAMES: Readonly<Record<FeatureImage, string>> = {
  pdff: 'PDFF map (percent)',
  water: 'water image',
  fat: 'fat image',
  firstEcho: 'magnitude of the first echo',
};
export const DENSENET_INPUT_NAMES: Readonly<Record<DenseNetInput, string>> = {
  magnitudes: 'magnitudes of the six echoes',
  pdff: 'PDFF map (percent)',
};
