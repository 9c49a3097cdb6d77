import type { EngineMemory } from '../../engine/memory.js';
import type { Team } from '../../engine/team.js';
import type { MetricName } from '../metrics/metric.js';
import type { Objective } from './objective.js';

/** Where the training keeps what losses read and write: addresses in engine memory. */
export interface GradientPlaces {
  readonly rows: number;
  /** float32, rows × outputs. */
  readonly margins: number;
  /** float32, one per row. */
  readonly labels: number;
  /** float32, one per row. */
  readonly weights: number;
  /** float32 pairs of gradient and hessian; those of output k begin at `pairs + k · block`. */
  readonly pairs: number;
  /** Bytes of the pairs of one output. */
  readonly block: number;
}

/** Labels and weights of the training rows, float32. */
export interface LabelledRows {
  readonly labels: Float32Array;
  /** Absent: all 1. */
  readonly weights: Float32Array | undefined;
}

/** A loss that can be minimised. Numbers are float32, the order of operations is XGBoost's. */
export interface TrainingObjective extends Objective {
  /** The metric that goes with it. */
  readonly metric: MetricName;
  /** What the trees' `max_delta_step` is unless it is given. */
  readonly maxDeltaStep: number;
  /** Factor on the weights of rows of label 1. */
  readonly scalePosWeight: number;
  /** Why a label cannot be one, or undefined if it can. */
  labelFault(label: number): string | undefined;
  /** The base scores that XGBoost estimates, one per output. */
  estimateBaseScores(rows: LabelledRows): Float32Array;
  /** Write the pairs of all rows and outputs. */
  writeGradients(team: Team, places: GradientPlaces, engine: EngineMemory): void;
  /** Whether the leaves' values are medians of what the margins leave of the labels. */
  readonly leavesAreMedians: boolean;
}
