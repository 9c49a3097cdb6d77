import type { NdArray } from 'ndarray';
import type { FeatureInput } from '../data/matrix.js';
import type { TreeEnsemble } from '../explain/tree-ensemble.js';
import { InvalidDataError, NotFittedError } from '../errors.js';
import type { Booster } from './booster.js';
import type { EvaluationHistory } from './evaluation.js';
import { gainImportances, type ImportanceKind } from './importance.js';
import type { PredictOptions } from './predictions.js';

/** What {@link XGBClassifier} and {@link XGBRegressor} share: everything that asks the trained booster. */
export abstract class XGBModel {
  readonly #name: string;
  #booster: Booster | undefined;

  /** @internal */
  constructor(name: string) {
    this.#name = name;
  }

  /**
   * The trained trees, for XGBoost's own model files.
   *
   * @throws NotFittedError before `fit`, as everything below
   */
  get booster(): Booster {
    return this.fittedBooster('booster');
  }

  /** Mean loss reduction of each feature's splits, summing to 1. */
  get featureImportances(): Float64Array {
    const { trees, features } = this.fittedBooster('featureImportances');
    return gainImportances(trees, features);
  }

  /** XGBoost's importance of each feature by kind, 0 for those without a split; over all trees. */
  importance(kind: ImportanceKind): Float64Array {
    return this.fittedBooster('importance').importance(kind);
  }

  /** Values of the metrics after each round, by evaluation set and metric; empty without sets. */
  get evaluationHistory(): EvaluationHistory {
    return this.fittedBooster('evaluationHistory').evaluationHistory;
  }

  /**
   * Zero-based round with the best value of the last metric on the last set, if `earlyStoppingRounds` was given. All
   * predictions then use the trees up to this round unless `iterationRange` says otherwise.
   */
  get bestIteration(): number | undefined {
    return this.fittedBooster('bestIteration').bestIteration;
  }

  /** The metric's value at {@link XGBModel.bestIteration}. */
  get bestScore(): number | undefined {
    return this.fittedBooster('bestScore').bestScore;
  }

  /**
   * Sums of the trees' outputs, float32: log odds of the second of two classes, the logarithm of a mean count, the
   * outcome itself; of several classes rows × classes, row by row.
   */
  predictMargin(x: FeatureInput, options: PredictOptions = {}): Float32Array {
    return this.fittedBooster('predictions').predictMargin(x, this.withBest(options));
  }

  /** The leaf that each row reaches in each tree, [rows, trees], by XGBoost's node numbers. */
  predictLeaf(
    x: FeatureInput,
    options: Pick<PredictOptions, 'iterationRange'> = {},
  ): NdArray<Int32Array> {
    return this.fittedBooster('predictions').predictLeaf(x, this.withBest(options));
  }

  /** {@link XGBModel.predictMargin} after each round, one after the other. */
  stagedPredictMargin(
    x: FeatureInput,
    options: PredictOptions = {},
  ): Generator<Float32Array, void> {
    return this.fittedBooster('predictions').stagedPredictMargin(x, this.withBest(options));
  }

  /** All trees with the constants that predictions begin with. */
  treeEnsemble(): TreeEnsemble {
    const ensemble = this.fittedBooster('trees').treeEnsemble();
    const best = this.bestIteration;
    return best === undefined ? ensemble : { ...ensemble, iterationRange: [0, best + 1] };
  }

  /** @internal */
  protected fittedBooster(wanted: string): Booster {
    if (!this.#booster) throw new NotFittedError(this.#name, wanted);
    return this.#booster;
  }

  /** @internal */
  protected setBooster(booster: Booster): void {
    this.#booster = booster;
  }

  /** The options with the rounds up to the best one, if there is one and they name none. */
  protected withBest(options: PredictOptions): PredictOptions {
    const best = this.bestIteration;
    return best === undefined || options.iterationRange
      ? options
      : { ...options, iterationRange: [0, best + 1] };
  }
}

/** Throw if an evaluation set is no object with features and labels. */
export function checkEvaluationSet(set: unknown, index: number): void {
  if (typeof set !== 'object' || set === null || !('x' in set) || !('y' in set)) {
    throw new InvalidDataError(`evalSet[${index}]`, 'it needs x and y: { x, y, name? }.');
  }
}
