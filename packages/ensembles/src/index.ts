export { AdaBoostClassifier } from './adaboost/adaboost-classifier.js';
export { AdaBoostRegressor } from './adaboost/adaboost-regressor.js';
export type { AdaBoostParameters, AdaBoostRegressorParameters } from './adaboost/parameters.js';
export type { SerialisedAdaBoost, SerialisedAdaBoostRegressor } from './adaboost/stored.js';
export {
  CalibratedClassifier,
  type CalibrationParameters,
  type SerialisedCalibration,
} from './calibration/calibrated-classifier.js';
export type { CalibratedMember } from './calibration/calibrated-member.js';
export type { CalibrationMethod, Calibrator } from './calibration/calibrator.js';
export {
  IsotonicRegression,
  type IsotonicRegressionParameters,
  type SerialisedIsotonic,
} from './calibration/isotonic-regression.js';
export type { FitOptions } from './data/fit-options.js';
export type { DenseMatrix, FeatureInput } from './data/matrix.js';
export type { NumericVector } from './data/targets.js';
export {
  InvalidDataError,
  ModelFormatError,
  NotFittedError,
  UnsupportedParameterError,
} from './errors.js';
export type { FittedModel } from './explain/fitted-model.js';
export {
  partialDependence,
  type PartialDependence,
  type PartialDependenceOptions,
  type PartialDependenceResponse,
} from './explain/partial-dependence.js';
export {
  permutationImportance,
  type PermutationImportance,
  type PermutationImportanceOptions,
} from './explain/permutation-importance.js';
export type {
  ShapInteractionOptions,
  ShapOptions,
  WithoutWorkers,
  WithWorkers,
} from './explain/shap-options.js';
export { shapInteractionValues } from './explain/shap-interaction-values.js';
export { type ShapFeatureSummary, shapSummary } from './explain/shap-summary.js';
export { shapValues } from './explain/shap-values.js';
export type {
  ExplainableTree,
  PlainTree,
  TreeEnsemble,
  TreeModel,
} from './explain/tree-ensemble.js';
export {
  CorrelationFilter,
  type CorrelationFilterParameters,
  type SerialisedCorrelationFilter,
} from './filters/correlation-filter.js';
export {
  type SerialisedVarianceFilter,
  VarianceFilter,
  type VarianceFilterParameters,
} from './filters/variance-filter.js';
export type { SerialisedGradientBoosting } from './gradient-boosting/fitted.js';
export { GradientBoostingClassifier } from './gradient-boosting/gradient-boosting-classifier.js';
export { GradientBoostingRegressor } from './gradient-boosting/gradient-boosting-regressor.js';
export type {
  GradientBoostingParameters,
  GradientBoostingRegressorParameters,
} from './gradient-boosting/parameters.js';
export {
  type LightGBMImportance,
  LightGBMModel,
  type LightGBMPredictOptions,
} from './lightgbm/lightgbm-model.js';
export { estimatorFromJSON } from './model-registry.js';
export {
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
  type FoldContext,
  type FoldResult,
} from './model-selection/cross-validate.js';
export type { Estimator, GroupedFitOptions, Transformer } from './model-selection/estimator.js';
export type { Fold, KFoldOptions } from './model-selection/folds.js';
export { type GridPoint, gridSearch } from './model-selection/grid-search.js';
export { GroupKFold } from './model-selection/group-k-fold.js';
export { type GroupVector, sharedGroups, type SplitWarning } from './model-selection/groups.js';
export { KFold } from './model-selection/k-fold.js';
export { LeaveOneGroupOut } from './model-selection/leave-one-group-out.js';
export {
  type Drawn,
  randomSearch,
  type RandomSearchOptions,
  type SpacePoint,
} from './model-selection/random-search.js';
export { RepeatedSplits, type RepeatedSplitsOptions } from './model-selection/repeated-splits.js';
export type { ScoreSummary } from './model-selection/score-summary.js';
export { scoreModel, type ScoreModelOptions } from './model-selection/score-model.js';
export type { Outcome } from './model-selection/scoring/outcome.js';
export type { Scorer, Scoring, ScoringName } from './model-selection/scoring/scorers.js';
export type {
  Candidate,
  Distribution,
  ParameterGrid,
  ParameterSpace,
} from './model-selection/search-space.js';
export type { SearchCandidate, SearchOptions, SearchResult } from './model-selection/search.js';
export type { Splitter, SplitOptions } from './model-selection/splitter.js';
export { StratifiedGroupKFold } from './model-selection/stratified-group-k-fold.js';
export { StratifiedKFold } from './model-selection/stratified-k-fold.js';
export { trainTestSplit, type TrainTestSplitOptions } from './model-selection/train-test-split.js';
export { type SearchRun, TunedModel } from './model-selection/tuned-model.js';
export type { PipelineStep } from './pipeline/pipeline-steps.js';
export { Pipeline, type PipelineFitOptions, type SerialisedPipeline } from './pipeline/pipeline.js';
export type { SerialisedScaler } from './scaling/linear.js';
export { MinMaxScaler } from './scaling/min-max-scaler.js';
export { StandardScaler } from './scaling/standard-scaler.js';
export { Booster, type BoosterParameters, type BoosterTrainOptions } from './xgb/booster.js';
export { DMatrix, type DMatrixOptions } from './xgb/dmatrix.js';
export type { EvaluationHistory } from './xgb/evaluation.js';
export type { ImportanceKind } from './xgb/importance.js';
export type { CustomMetric, MetricName } from './xgb/metrics/metric.js';
export type { CustomObjective } from './xgb/objectives/custom-objective.js';
export type { ObjectiveName } from './xgb/objectives/objective-for.js';
export type { XGBParameters } from './xgb/parameters.js';
export type { PredictOptions } from './xgb/predictions.js';
export type { SerialisedXGB } from './xgb/serialise.js';
export type { CategoricalSplits, RegressionTree } from './xgb/tree.js';
export { XGBClassifier } from './xgb/xgb-classifier.js';
export type { EvaluationSet, XGBFitOptions } from './xgb/xgb-fit-options.js';
export { XGBRegressor } from './xgb/xgb-regressor.js';
