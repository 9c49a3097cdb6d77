export type { Alternative } from './alternative.js';
export {
  blandAltman,
  type BlandAltman,
  type BlandAltmanOptions,
} from './agreement/bland-altman.js';
export {
  cohenKappa,
  type CohenKappa,
  type CohenKappaOptions,
  cohenKappaTable,
  type KappaTableOptions,
  type KappaWeights,
} from './agreement/cohen-kappa.js';
export {
  fleissKappa,
  type FleissKappa,
  type FleissKappaOptions,
} from './agreement/fleiss-kappa.js';
export { icc, type IccForm, type IccOptions, type IccResult } from './agreement/icc.js';
export type { LimitsIntervalMethod } from './agreement/limits-intervals.js';
export { linCcc, type LinCcc, type LinCccOptions } from './agreement/lin-ccc.js';
export type { ProportionalBias } from './agreement/proportional-bias.js';
export {
  repeatability,
  type Repeatability,
  type RepeatabilityOptions,
} from './agreement/repeatability.js';
export { brierScore, type BrierScore, type BrierScoreOptions } from './calibration/brier-score.js';
export {
  type CalibrationBin,
  calibrationCurve,
  type CalibrationCurve,
  type CalibrationCurveOptions,
} from './calibration/calibration-curve.js';
export {
  calibrationInTheLarge,
  type CalibrationInTheLarge,
} from './calibration/calibration-in-the-large.js';
export {
  calibrationSlope,
  type CalibrationSlope,
  type RecalibrationCoefficient,
} from './calibration/calibration-slope.js';
export {
  decisionCurve,
  type DecisionCurve,
  type DecisionCurveOptions,
} from './calibration/decision-curve.js';
export {
  hosmerLemeshow,
  type HosmerLemeshow,
  type HosmerLemeshowGroup,
  type HosmerLemeshowOptions,
} from './calibration/hosmer-lemeshow.js';
export type { RecalibrationOptions } from './calibration/logits.js';
export { logLoss, type LogLoss, type LogLossOptions } from './calibration/log-loss.js';
export {
  type BinaryMetric,
  binaryMetrics,
  type BinaryMetrics,
  type BinaryMetricsOptions,
  type IntervalMetric,
  type ProportionMetric,
} from './classification/binary-metrics.js';
export type { ClassLabel } from './classification/classes.js';
export { type ConfusionCounts, confusionMatrix } from './classification/confusion-matrix.js';
export { mcnemar, type McNemarOptions, type McNemarResult } from './classification/mcnemar.js';
export {
  mcnemarTest,
  type McNemarTestOptions,
  type McNemarTestResult,
} from './classification/mcnemar-test.js';
export {
  type AverageMetrics,
  type ClassMetrics,
  type MulticlassMetric,
  multiclassMetrics,
  type MulticlassMetrics,
  type MulticlassMetricsOptions,
} from './classification/multiclass-metrics.js';
export {
  type PairedCounts,
  pairedDifference,
  type PairedDifference,
  type PairedDifferenceOptions,
} from './classification/paired-difference.js';
export {
  chiSquareTest,
  type ChiSquareTestOptions,
  type ContingencyTest,
  cramersV,
  gTest,
} from './contingency/chi-square-test.js';
export {
  fisherExact,
  type FisherExact,
  type FisherExactOptions,
} from './contingency/fisher-exact.js';
export {
  chiSquareGoodnessOfFit,
  type GoodnessOfFit,
  type GoodnessOfFitOptions,
} from './contingency/goodness-of-fit.js';
export { oddsRatio, type OddsRatio } from './contingency/odds-ratio.js';
export type { TableRatio, TableRatioOptions } from './contingency/ratio-of-table.js';
export { riskDifference, type RiskDifference } from './contingency/risk-difference.js';
export { riskRatio, type RiskRatio } from './contingency/risk-ratio.js';
export type { Counts } from './contingency/table.js';
export {
  type Successes,
  twoProportionTest,
  type TwoProportionTest,
  type TwoProportionTestOptions,
} from './contingency/two-proportion-test.js';
export {
  correlationMatrix,
  type CorrelationMatrix,
  type CorrelationMatrixOptions,
  type CorrelationPair,
} from './correlation/correlation-matrix.js';
export { correlationTest, type CorrelationTestOptions } from './correlation/correlation-test.js';
export { kendall, type KendallCorrelation, type KendallOptions } from './correlation/kendall.js';
export type { KendallInterval, KendallVariant } from './correlation/kendall-interval.js';
export type { MatrixMethod } from './correlation/matrix-kinds.js';
export type { Columns } from './correlation/matrix-variables.js';
export {
  partialCorrelation,
  type PartialCorrelationOptions,
} from './correlation/partial-correlation.js';
export { pearson } from './correlation/pearson.js';
export { pointBiserial, type PointBiserialCorrelation } from './correlation/point-biserial.js';
export type { SpearmanInterval } from './correlation/rank-interval.js';
export type { Correlation, CorrelationOptions } from './correlation/result.js';
export { spearman, type SpearmanOptions } from './correlation/spearman.js';
export type { SpearmanCorrelation } from './correlation/spearman-of-ranks.js';
export type { SpearmanMethod } from './correlation/spearman-p.js';
export {
  describe,
  type DescribeOptions,
  type Description,
  mean,
  type MomentOptions,
  variance,
} from './descriptive/describe.js';
export {
  formatCountPercent,
  formatMeanSd,
  type FormatOptions,
  formatP,
} from './descriptive/format.js';
export {
  iqr,
  median,
  type QuantileOptions,
  quantiles,
  type QuantileType,
} from './descriptive/quantiles.js';
export type { Numbers } from './checks.js';
export {
  hodgesLehmann,
  type HodgesLehmann,
  type HodgesLehmannOptions,
} from './group-tests/hodges-lehmann.js';
export {
  kolmogorovSmirnovOneSample,
  type KolmogorovSmirnovOneSample,
  type KolmogorovSmirnovOneSampleOptions,
  type KnownDistribution,
} from './group-tests/kolmogorov-smirnov-one-sample.js';
export {
  varianceTest,
  type VarianceTest,
  type VarianceTestOptions,
} from './group-tests/variance-test.js';
export { adjustPValues, type PAdjustment } from './multiple-testing/adjust-p-values.js';
export {
  type ForestEstimate,
  forestPlotData,
  type ForestPlotData,
  type ForestPlotOptions,
  type ForestRow,
} from './plots/forest-plot-data.js';
export {
  rocPlotData,
  type RocPlotData,
  type RocPlotOptions,
  type RocPlotPoint,
} from './plots/roc-plot-data.js';
export type { AucVariance } from './power/auc-variance.js';
export type { PlanningOptions, SampleSizeOptions } from './power/planning.js';
export {
  type AucDesign,
  type AucPower,
  type AucSampleSize,
  powerAuc,
  sampleSizeAuc,
} from './power/power-auc.js';
export {
  type CorrelationPower,
  type CorrelationSampleSize,
  powerCorrelation,
  sampleSizeCorrelation,
} from './power/power-correlation.js';
export {
  powerProportions,
  type ProportionsDesign,
  type ProportionsPower,
  type ProportionsSampleSize,
  sampleSizeProportions,
} from './power/power-proportions.js';
export {
  powerTTest,
  sampleSizeTTest,
  type TTestDesign,
  type TTestPower,
  type TTestSampleSize,
} from './power/power-t-test.js';
export { type ProportionSampleSize, sampleSizeProportion } from './power/sample-size-proportion.js';
export {
  binomialTest,
  type BinomialTest,
  type BinomialTestOptions,
} from './proportions/binomial-test.js';
export {
  type Proportion,
  proportionInterval,
  type ProportionIntervalOptions,
  type ProportionMethod,
} from './proportions/proportion-interval.js';
export { anova, type Anova, type GroupsTestOptions, welchAnova } from './group-tests/anova.js';
export {
  cohensD,
  type EffectSize,
  type EffectSizeOptions,
  hedgesG,
} from './group-tests/effect-size.js';
export { bartlett, fligner, levene, type LeveneOptions } from './group-tests/equal-variances.js';
export type { FDegreesOfFreedom, GroupsTest } from './group-tests/f-result.js';
export { friedman, type Friedman } from './group-tests/friedman.js';
export {
  kolmogorovSmirnov,
  type KolmogorovSmirnov,
  type KolmogorovSmirnovOptions,
} from './group-tests/kolmogorov-smirnov.js';
export { kruskalWallis, type KruskalWallis } from './group-tests/kruskal-wallis.js';
export {
  mannWhitney,
  type MannWhitney,
  type MannWhitneyOptions,
} from './group-tests/mann-whitney.js';
export {
  shapiroWilk,
  type ShapiroWilk,
  type ShapiroWilkOptions,
} from './group-tests/shapiro-wilk.js';
export {
  type OneSampleTTestOptions,
  tTestOneSample,
  tTestPaired,
} from './group-tests/t-one-sample.js';
export type { TTest, TTestOptions } from './group-tests/t-result.js';
export { tTest, type TwoSampleTTestOptions, welchTest } from './group-tests/t-two-sample.js';
export { wilcoxon, type Wilcoxon, type WilcoxonOptions } from './group-tests/wilcoxon.js';
export type { Interval, NanPolicy, Reason } from './reason.js';
export type { ClusterLabel } from './regression/clusters.js';
export type { ModelCoefficient } from './regression/coefficients.js';
export type { DesignOptions, MatrixLike, Rows } from './regression/design.js';
export { gee, type Gee, type GeeCoefficient, type GeeOptions } from './regression/gee.js';
export type { GeeStandardErrors } from './regression/gee-covariance.js';
export type { GeeFamily } from './regression/gee-family.js';
export type { StandardErrors } from './regression/linear-covariance.js';
export type { FitQuality, ModelFTest } from './regression/linear-quality.js';
export {
  linearRegression,
  type LinearRegression,
  type LinearRegressionOptions,
} from './regression/linear-regression.js';
export {
  type LikelihoodRatioTest,
  type LogisticCoefficient,
  logisticRegression,
  type LogisticRegression,
  type LogisticRegressionOptions,
} from './regression/logistic-regression.js';
export { bootstrap, type Bootstrap, type BootstrapOptions } from './resampling/bootstrap.js';
export {
  bootstrapIntervals,
  type BootstrapIntervals,
  type BootstrapIntervalsOptions,
} from './resampling/bootstrap-intervals.js';
export type { Names, UnitOptions } from './resampling/data.js';
export type { BootstrapIntervalKind } from './resampling/interval-of-replicates.js';
export type { NamedStatistic } from './resampling/named-statistics.js';
export {
  permutationTest,
  type PermutationTest,
  type PermutationTestOptions,
} from './resampling/permutation-test.js';
export type { Statistic } from './resampling/statistic.js';
export { auc, type AucIntervalKind, type AucOptions, type AucResult } from './roc/auc.js';
export type { BootstrapAucOptions } from './roc/auc-bootstrap.js';
export {
  averagePrecision,
  type AveragePrecision,
  type AveragePrecisionOptions,
} from './roc/average-precision.js';
export {
  type ClosestThreshold,
  closestToCorner,
  type YoudenThreshold,
  youdenThreshold,
} from './roc/best-threshold.js';
export {
  type AucComparison,
  type AucPair,
  compareAucs,
  type CompareAucsOptions,
} from './roc/compare-aucs.js';
export { type RocCurve, rocCurve, type RocCurveOptions } from './roc/curve.js';
export { delongTest, type DelongTest, type DelongTestOptions } from './roc/delong-test.js';
export {
  delongTestUnpaired,
  type DelongTestUnpaired,
  type DelongTestUnpairedOptions,
} from './roc/delong-test-unpaired.js';
export { sensitivityAtSpecificity, specificityAtSensitivity } from './roc/fixed-rate.js';
export { hanleyMcNeil, type HanleyMcNeil, type HanleyMcNeilOptions } from './roc/hanley-mcneil.js';
export {
  type ClassAuc,
  type ClassPairAuc,
  multiclassAuc,
  type MulticlassAuc,
  type MulticlassAucOptions,
} from './roc/multiclass-auc.js';
export {
  type OperatingPoint,
  operatingPoint,
  type SampleOperatingPoint,
  type ThresholdOptions,
} from './roc/operating-point.js';
export { partialAuc, type PartialAuc, type PartialAucOptions } from './roc/partial-auc.js';
export {
  type PrecisionRecallCurve,
  precisionRecallCurve,
  type PrecisionRecallOptions,
} from './roc/precision-recall.js';
export type { TableOneOptions } from './table-one/options.js';
export type { TableOneRows, TableOneValue } from './table-one/records.js';
export { tableOneCsv } from './table-one/render-csv.js';
export { tableOneHtml } from './table-one/render-html.js';
export { tableOneLatex } from './table-one/render-latex.js';
export { tableOneMarkdown } from './table-one/render-markdown.js';
export { tableOneText } from './table-one/render-text.js';
export type {
  CategoricalVariable,
  ContinuousVariable,
  CountCell,
  MeanCell,
  MedianCell,
  StandardisedDifference,
  TableOne,
  TableOneTest,
  TableOneVariable,
} from './table-one/table-one-result.js';
export { tableOne } from './table-one/table-one.js';
