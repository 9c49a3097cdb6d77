import type { DenseMatrix } from '../data/matrix.js';
import type { Metric, ScoredRows } from './metrics/metric.js';
import type { Objective } from './objectives/objective.js';
import { addTree } from './predict/predict.js';
import type { RegressionTree } from './tree.js';

/** Values of every metric after each round, by the name of the set, then of the metric. */
export type EvaluationHistory = Record<string, Record<string, number[]>>;

/** A set on which the model is judged while it is trained. */
export interface EvaluationRows {
  readonly name: string;
  readonly x: DenseMatrix<Float32Array>;
  /** Class numbers or outcomes. */
  readonly labels: Float32Array;
  readonly weights: Float32Array | undefined;
  /** Whether these are the training rows, with the margins that training starts from: their margins are known then. */
  readonly follows: boolean;
  /** Margins to start from instead of the base scores, rows × outputs. */
  readonly baseMargins: Float32Array | undefined;
}

/** A set during training: its margins follow the trees. */
export class WatchedSet {
  readonly #rows: EvaluationRows;
  readonly #outputs: number;
  readonly #margins: Float32Array | undefined;

  /** @param margins that the set starts from, rows × outputs; changed as trees come. Absent if it follows training. */
  constructor(rows: EvaluationRows, outputs: number, margins?: Float32Array) {
    this.#rows = rows;
    this.#outputs = outputs;
    this.#margins = margins;
  }

  get name(): string {
    return this.#rows.name;
  }

  add(tree: RegressionTree, output: number): void {
    if (this.#margins) addTree(tree, this.#rows.x, this.#margins, this.#outputs, output);
  }

  /**
   * Append each metric's value to the history and return the last one.
   *
   * @param training margins of the training rows
   */
  measure(
    objective: Objective,
    metrics: readonly Metric[],
    history: EvaluationHistory,
    training: Float32Array,
  ): number {
    const { labels, weights } = this.#rows;
    const scored: ScoredRows = {
      predictions: probabilitiesOf(objective, (this.#margins ?? training).slice()),
      outputs: this.#outputs,
      labels,
      weights,
    };
    const own = (history[this.name] ??= {});
    let value = Number.NaN;
    for (const metric of metrics) {
      value = metric.evaluate(scored);
      (own[metric.name] ??= []).push(value);
    }
    return value;
  }
}

/** Predictions as metrics take them: probabilities where `multi:softmax` predicts classes. */
function probabilitiesOf(objective: Objective, margins: Float32Array): Float32Array {
  return objective.scoresOf?.(margins) ?? objective.predictionsOf(margins);
}
