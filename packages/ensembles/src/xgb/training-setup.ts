import type { DenseMatrix } from '../data/matrix.js';
import type { EvaluationHistory, EvaluationRows } from './evaluation.js';
import type { FeatureSettings } from './feature-settings.js';
import type { CustomMetric, MetricName } from './metrics/metric.js';
import type { CustomObjective } from './objectives/custom-objective.js';
import type { ObjectiveName } from './objectives/objective-for.js';
import type { CompleteXGBParameters } from './parameters.js';
import type { RegressionTree } from './tree.js';

/** Parameters of a training run. Plain data that can be posted, as long as there are no functions among them. */
export interface BoostingParameters
  extends
    FeatureSettings,
    Omit<
      CompleteXGBParameters,
      keyof FeatureSettings | 'objective' | 'evalMetric' | 'nEstimators'
    > {
  readonly rounds: number;
  readonly objective: ObjectiveName;
  /** Number of outputs: the number of classes of the softmax losses, else 1. */
  readonly outputs: number;
  /** Takes the place of the objective's gradients. */
  readonly customObjective?: CustomObjective;
  /** None: the objective's own. */
  readonly metrics: readonly (MetricName | CustomMetric)[];
}

/** All that a training run begins with. */
export interface TrainingSetup {
  readonly parameters: BoostingParameters;
  readonly x: DenseMatrix<Float32Array>;
  /** Class numbers or outcomes. */
  readonly labels: Float32Array;
  readonly weights: Float32Array | undefined;
  /** Margins to start from instead of the base scores, rows × outputs. */
  readonly baseMargins: Float32Array | undefined;
  readonly evaluations: readonly EvaluationRows[];
  /** The model that is continued. */
  readonly initial: TrainedTrees | undefined;
}

/** Trees with what belongs to them; plain data. */
export interface TrainedTrees {
  readonly baseScores: Float32Array;
  readonly trees: readonly RegressionTree[];
  readonly treeInfo: Int32Array;
  readonly iterationStarts: Int32Array;
}

/** What a training run ends with; plain data. */
export interface TrainedModel extends TrainedTrees {
  readonly history: EvaluationHistory;
  /** Where training was to stop early: the best round and its value. */
  readonly best?: { readonly iteration: number; readonly score: number };
}

/** Whether a setup holds functions, which cannot be sent to workers. */
export function holdsFunctions({ parameters }: TrainingSetup): boolean {
  return (
    parameters.customObjective !== undefined ||
    parameters.metrics.some((metric) => typeof metric !== 'string')
  );
}
