import type { Objective } from './objective.js';

/** A loss that can be minimised. Numbers are float32, the order of operations is XGBoost's. */
export interface TrainingObjective extends Objective {
  /** XGBoost's name of the metric that goes with it. */
  readonly metric: 'logloss' | 'rmse';
  /** Write gradient and hessian of each row as pairs into `target`. */
  gradients(
    margins: Float32Array,
    labels: Float32Array,
    weights: Float32Array | undefined,
    target: Float32Array,
  ): void;
}
