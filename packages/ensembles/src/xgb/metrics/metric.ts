/** XGBoost's names of the metrics. `error@0.3` counts probabilities above 0.3 as positive. */
export type MetricName =
  | 'logloss'
  | 'error'
  | `error@${number}`
  | 'auc'
  | 'aucpr'
  | 'mlogloss'
  | 'merror'
  | 'rmse'
  | 'mae'
  | 'poisson-nloglik';

/** What a metric is computed from. */
export interface ScoredRows {
  /** Predictions, float32: rows × outputs. */
  readonly predictions: Float32Array;
  /** Outputs per row. */
  readonly outputs: number;
  readonly labels: Float32Array;
  /** Absent: all 1. */
  readonly weights: Float32Array | undefined;
}

/** A measure of how good predictions are. */
export interface Metric {
  /** Name in the evaluation history. */
  readonly name: string;
  /** Whether greater values are better. */
  readonly maximise: boolean;
  /** Whether it is of predictions with one output per row, several, or any. */
  readonly outputs: 'one' | 'several' | 'any';
  evaluate(rows: ScoredRows): number;
}

/**
 * A metric of your own.
 *
 * It works on the calling thread only.
 */
export interface CustomMetric {
  /** Name in the evaluation history. */
  name: string;
  /** Whether greater values are better; default false. */
  maximise?: boolean | undefined;
  /**
   * @param predictions rows × outputs, row by row: probabilities, counts or outcomes
   * @param labels one per row: class numbers 0, 1, … or outcomes
   * @param weights one per row; undefined if the set has none
   */
  evaluate(
    predictions: Float32Array,
    labels: Float32Array,
    weights: Float32Array | undefined,
  ): number;
}
