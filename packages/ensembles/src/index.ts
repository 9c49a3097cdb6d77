export { AdaBoostClassifier } from './adaboost/adaboost-classifier.js';
export { AdaBoostRegressor } from './adaboost/adaboost-regressor.js';
export type { AdaBoostParameters, AdaBoostRegressorParameters } from './adaboost/parameters.js';
export type { SerialisedAdaBoost, SerialisedAdaBoostRegressor } from './adaboost/stored.js';
export type { FitOptions } from './data/fit-options.js';
export type { DenseMatrix, FeatureInput } from './data/matrix.js';
export type { NumericVector } from './data/targets.js';
export {
  InvalidDataError,
  ModelFormatError,
  NotFittedError,
  UnsupportedParameterError,
} from './errors.js';
export type { ShapInteractionOptions, ShapOptions } from './explain/shap-options.js';
export { shapInteractionValues } from './explain/shap-interaction-values.js';
export { shapValues } from './explain/shap-values.js';
export type {
  ExplainableTree,
  PlainTree,
  TreeEnsemble,
  TreeModel,
} from './explain/tree-ensemble.js';
export type { SerialisedGradientBoosting } from './gradient-boosting/fitted.js';
export { GradientBoostingClassifier } from './gradient-boosting/gradient-boosting-classifier.js';
export { GradientBoostingRegressor } from './gradient-boosting/gradient-boosting-regressor.js';
export type {
  GradientBoostingParameters,
  GradientBoostingRegressorParameters,
} from './gradient-boosting/parameters.js';
export type { Fold, KFoldOptions } from './model-selection/folds.js';
export { GroupKFold } from './model-selection/group-k-fold.js';
export { type GroupVector, sharedGroups, type SplitWarning } from './model-selection/groups.js';
export { StratifiedGroupKFold } from './model-selection/stratified-group-k-fold.js';
export { StratifiedKFold } from './model-selection/stratified-k-fold.js';
export { trainTestSplit, type TrainTestSplitOptions } from './model-selection/train-test-split.js';
export type { SerialisedScaler } from './scaling/linear.js';
export { MinMaxScaler } from './scaling/min-max-scaler.js';
export { StandardScaler } from './scaling/standard-scaler.js';
export { Booster } from './xgb/booster.js';
export type { XGBParameters } from './xgb/parameters.js';
export type { SerialisedXGB } from './xgb/serialise.js';
export type { RegressionTree } from './xgb/tree.js';
export { XGBClassifier } from './xgb/xgb-classifier.js';
export { XGBRegressor } from './xgb/xgb-regressor.js';
