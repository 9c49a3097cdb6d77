/** The three ways to hold rows out, in the order of the report. */
export const DESIGNS = ['augmentThenSplit', 'byRoi', 'byPatient'] as const;
export type DesignName = (typeof DESIGNS)[number];

/** Models that learn, then the two baselines that hardly do. */
export const LEARNED_MODELS = ['adaboost', 'gbdt', 'xgboost', 'densenet'] as const;
export type LearnedModelName = (typeof LEARNED_MODELS)[number];
export const MODELS = [...LEARNED_MODELS, 'meanPdff', 'majority'] as const;
export type ModelName = (typeof MODELS)[number];

/** What a design does, in words for the report and for `results.json`. */
export interface DesignDescription {
  readonly title: string;
  readonly leaks: boolean;
  readonly how: string;
}

export const DESIGN_DESCRIPTIONS: Readonly<Record<DesignName, DesignDescription>> = {
  augmentThenSplit: {
    title: 'Augment, then split',
    leaks: true,
    how: 'Every ROI is augmented first and the augmented rows are split at random: variants of one and the same ROI stand on both sides.',
  },
  byRoi: {
    title: 'Split by ROI',
    leaks: true,
    how: 'ROIs are split at random and only training ROIs are augmented: the six ROIs of one patient, which share the label, stand on both sides.',
  },
  byPatient: {
    title: 'Split by patient',
    leaks: false,
    how: 'Patients are split, training ROIs are augmented, and the test rows are the original ROIs of patients that no model has seen.',
  },
};
