export { type Correlation, type CorrelationOptions } from './correlation/result.js';
export { pearson } from './correlation/pearson.js';
export { spearman, type SpearmanOptions } from './correlation/spearman.js';
export {
  describe,
  type DescribeOptions,
  type Description,
  mean,
  variance,
} from './descriptive/describe.js';
export {
  formatCountPercent,
  formatMeanSd,
  type FormatOptions,
  formatP,
} from './descriptive/format.js';
export { NotSupportedError } from './errors.js';
export type { Numbers } from './checks.js';
export {
  binaryMetrics,
  type BinaryMetrics,
  type BinaryMetricsOptions,
  type ProportionMetric,
} from './proportions/binary-metrics.js';
export { type ConfusionCounts, confusionMatrix } from './proportions/confusion-matrix.js';
export {
  type Proportion,
  proportionInterval,
  type ProportionIntervalOptions,
} from './proportions/proportion-interval.js';
export type { Interval, NanPolicy, Reason } from './reason.js';
export { auc, type AucOptions, type AucResult } from './roc/auc.js';
export { type RocCurve, rocCurve, type RocCurveOptions } from './roc/curve.js';
