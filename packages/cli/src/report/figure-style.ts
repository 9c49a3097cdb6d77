import type { DesignName, ModelName } from '../study/designs.js';

/** Names of the models in tables and legends. */
export const MODEL_NAMES: Readonly<Record<ModelName, string>> = {
  adaboost: 'AdaBoost',
  gbdt: 'GBDT',
  xgboost: 'XGBoost',
  densenet: 'DenseNet',
  meanPdff: 'Mean PDFF',
  majority: 'Majority class',
};

/** Colours that people with colour-vision deficiency can tell apart (Okabe and Ito). */
export const MODEL_COLOURS: Readonly<Record<ModelName, string>> = {
  adaboost: '#0072B2',
  gbdt: '#E69F00',
  xgboost: '#009E73',
  densenet: '#CC79A7',
  meanPdff: '#D55E00',
  majority: '#888888',
};

export const DESIGN_COLOURS: Readonly<Record<DesignName, string>> = {
  augmentThenSplit: '#D55E00',
  byRoi: '#E69F00',
  byPatient: '#0072B2',
};
