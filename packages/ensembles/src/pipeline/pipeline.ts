import { InvalidArgumentError } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import type { FeatureInput } from '../data/matrix.js';
import { sameColumns } from '../data/matrix.js';
import {
  FORMAT_VERSION,
  openStored,
  type StoredHeader,
  withStoredParameters,
} from '../data/stored-model.js';
import { denseMatrix } from '../data/take.js';
import type { NumericVector } from '../data/targets.js';
import { NotFittedError } from '../errors.js';
import { readEstimator, readTransformer } from '../model-registry.js';
import { type Estimator, isClassifier, type Transformer } from '../model-selection/estimator.js';
import type { GroupVector } from '../model-selection/groups.js';
import { unfittedCopy } from '../model-selection/unfitted.js';
import type { XGBFitOptions } from '../xgb/xgb-fit-options.js';
import { checkSteps, copySteps, type PipelineStep } from './pipeline-steps.js';

/** What {@link Pipeline.toJSON} gives. */
export interface SerialisedPipeline extends StoredHeader {
  model: 'Pipeline';
  features: number;
  /** What each step's own `toJSON` gives; the last one is the estimator. */
  steps: { name: string; step: unknown }[];
}

/** What {@link Pipeline.fit} takes, as far as the last step's `fit` takes it. */
export interface PipelineFitOptions extends XGBFitOptions {
  /** One group (patient) per row, for a last step whose `takesGroups` is true. */
  groups?: GroupVector | undefined;
}

interface Fitted {
  features: number;
  transformers: readonly Transformer[];
  model: Estimator;
  /** Which input column each column is that the model sees; undefined where a foreign step mixes columns. */
  kept: Int32Array | undefined;
}

/**
 * Scalers and filters and then a model, fitted together, so that in cross-validation nothing is measured on rows that
 * are held back.
 *
 * The objects given are never fitted themselves: each fit works on copies with the same parameters, so that one
 * pipeline may be fitted many times without a trace of the time before. (An object of your own that has no
 * `parameters` to be copied by is used as it is.)
 *
 * @example
 * ```ts
 * import { CorrelationFilter, Pipeline, StandardScaler, XGBClassifier } from '@steatosis/ensembles';
 *
 * const x = [[1, 2, 9], [2, 4, 1], [3, 6, 4], [4, 8, 3], [5, 10, 7], [6, 12, 5]];
 * const pipeline = new Pipeline([
 *   ['scale', new StandardScaler()],
 *   ['distinct', new CorrelationFilter({ threshold: 0.9 })],
 *   ['model', new XGBClassifier({ nEstimators: 5, minChildWeight: 0 })],
 * ]).fit(x, [0, 0, 0, 1, 1, 1]);
 * console.log(pipeline.keptColumns); // Int32Array(2) [ 0, 2 ]
 * console.log(pipeline.predict([[6, 0, 0]])); // Float64Array(1) [ 1 ]
 * ```
 */
export class Pipeline implements Estimator {
  /** The steps as they were given, unfitted. */
  readonly steps: readonly PipelineStep[];
  #fitted: Fitted | undefined;

  /**
   * @param steps names, without points, and objects: any number of transformers, then one estimator
   * @throws InvalidArgumentError when the steps are not such
   */
  constructor(steps: readonly PipelineStep[]) {
    checkSteps(steps);
    this.steps = steps.map(([name, step]) => [name, step] as const);
  }

  /** What the last step is. */
  get estimatorType(): 'classifier' | 'regressor' {
    return isClassifier(this.#last) ? 'classifier' : 'regressor';
  }

  /** Whether the last step makes use of groups. */
  get takesGroups(): boolean {
    return this.#last.takesGroups ?? false;
  }

  /**
   * Fit every step to what the steps before make of `x`. An earlier fit is forgotten.
   *
   * Options go to the last step; features of an `evalSet` pass through the transformers before, which are not fitted
   * to them. Where the last step's `fit` gives a promise, so does this one.
   */
  fit(
    x: FeatureInput,
    y: NumericVector,
    options?: PipelineFitOptions & { workers?: undefined },
  ): this;
  fit(
    x: FeatureInput,
    y: NumericVector,
    options: PipelineFitOptions & { workers: number },
  ): Promise<this>;
  fit(x: FeatureInput, y: NumericVector, options: PipelineFitOptions = {}): this | Promise<this> {
    let matrix = denseMatrix(x);
    const features = matrix.columns;
    let kept: Int32Array | undefined = firstColumns(features);
    const transformers: Transformer[] = [];
    for (const [, step] of this.steps.slice(0, -1)) {
      const transformer = unfittedCopy(step as Transformer);
      transformer.fit(matrix, y);
      const before = matrix.columns;
      matrix = transformer.transform(matrix);
      const isTraceable = transformer.kept !== undefined || matrix.columns === before;
      kept = isTraceable ? throughStep(kept, transformer) : undefined;
      transformers.push(transformer);
    }
    const model = unfittedCopy(this.#last);
    const done = model.fit(matrix, y, throughTransformers(transformers, options));
    const finish = (): this => {
      this.#fitted = { features, transformers, model, kept };
      return this;
    };
    return done instanceof Promise ? done.then(finish) : finish();
  }

  /** The fitted model at the end. */
  get model(): Estimator {
    return this.#get('model').model;
  }

  /** The fitted transformers, in order. */
  get transformers(): readonly Transformer[] {
    return this.#get('transformers').transformers;
  }

  /** The labels, ascending; empty for a regressor. */
  get classes(): readonly number[] {
    return this.#get('classes').model.classes ?? [];
  }

  /**
   * Which columns of the input the model sees, in its order.
   *
   * @throws InvalidArgumentError where a step makes new columns without saying from which (`kept`)
   */
  get keptColumns(): Int32Array {
    const { kept } = this.#get('keptColumns');
    if (!kept) {
      throw new InvalidArgumentError(
        'steps',
        this.steps.map(([name]) => name),
        'transformers that keep the number of columns or tell by `kept` which ones stay',
      );
    }
    return kept.slice();
  }

  /** Importances of the model by columns of the input: 0 for those that it does not see. */
  get featureImportances(): Float64Array {
    const { features, model } = this.#get('featureImportances');
    const { featureImportances: own } = model as { featureImportances?: ArrayLike<number> };
    if (!own) {
      throw new InvalidArgumentError('featureImportances', own, 'a model that has importances');
    }
    const importances = new Float64Array(features);
    this.keptColumns.forEach((column, i) => (importances[column] = own[i]));
    return importances;
  }

  /** The features as the model sees them, e.g. to explain its predictions. */
  transform(x: FeatureInput): ReturnType<Transformer['transform']> {
    const { features, transformers } = this.#get('predictions');
    const matrix = denseMatrix(x);
    sameColumns(matrix.columns, features, 'Pipeline');
    return transformers.reduce((inner, transformer) => transformer.transform(inner), matrix);
  }

  /** Label or outcome of each row. */
  predict(x: FeatureInput): Float64Array {
    const predictions = this.#get('predictions').model.predict(this.transform(x));
    return predictions instanceof Float64Array ? predictions : Float64Array.from(predictions);
  }

  /**
   * Probabilities, [rows, classes].
   *
   * @throws InvalidArgumentError when the last step gives none
   */
  predictProba(x: FeatureInput): NdArray {
    const { model } = this.#get('predictions');
    if (!model.predictProba) this.#refuse('predictProba');
    return model.predictProba(this.transform(x));
  }

  /**
   * The decision function of the last step.
   *
   * @throws InvalidArgumentError when the last step has none
   */
  decisionFunction(x: FeatureInput): NdArray {
    const { model } = this.#get('predictions');
    if (!model.decisionFunction) this.#refuse('decisionFunction');
    return model.decisionFunction(this.transform(x));
  }

  /**
   * An unfitted pipeline of the same steps with some parameters changed, for searches.
   *
   * @param changes values by step and parameter, e.g. `{ 'model.maxDepth': 3 }`
   * @throws InvalidArgumentError for steps, parameters or values that cannot be meant
   */
  unfitted(changes: object = {}): Pipeline {
    return new Pipeline(copySteps(this.steps, changes));
  }

  /**
   * A plain object that `JSON.stringify` keeps to the last bit.
   *
   * @throws InvalidArgumentError when a step has no `toJSON`
   */
  toJSON(): SerialisedPipeline {
    const { features, transformers, model } = this.#get('toJSON');
    return {
      model: 'Pipeline',
      formatVersion: FORMAT_VERSION,
      features,
      steps: [...transformers, model].map((step, i) => {
        const name = this.steps[i][0];
        if (!step.toJSON) {
          throw new InvalidArgumentError(name, step, 'a step with a toJSON method, to be stored');
        }
        return { name, step: step.toJSON() };
      }),
    };
  }

  /**
   * @param json what `toJSON` gave; the steps are objects of this package
   * @param depth how many models this one stands in; 0, left out, for a document of its own
   * @throws ModelFormatError when `json` is not such
   */
  static fromJSON(json: unknown, depth = 0): Pipeline {
    const document = openStored('Pipeline', json);
    const items = document.get('steps').items();
    if (items.length === 0) document.get('steps').fail('it is empty; an estimator is expected');
    const steps = items.map((item, i): PipelineStep => {
      const step = item.get('step').record();
      const name = item.get('name').string();
      return [
        name,
        i === items.length - 1 ? readEstimator(step, depth + 1) : readTransformer(step),
      ];
    });
    const features = document.get('features').integer(1, 2 ** 31 - 1);
    const pipeline = withStoredParameters(() => new Pipeline(copySteps(steps, {})));
    const objects = steps.map(([, step]) => step);
    const transformers = objects.slice(0, -1) as Transformer[];
    pipeline.#fitted = {
      features,
      transformers,
      model: objects[objects.length - 1] as Estimator,
      kept: transformers.reduce(throughStep, firstColumns(features)),
    };
    return pipeline;
  }

  get #last(): Estimator {
    return this.steps[this.steps.length - 1][1] as Estimator;
  }

  #refuse(method: string): never {
    throw new InvalidArgumentError(
      this.steps[this.steps.length - 1][0],
      this.#last.constructor.name,
      `an estimator with the method ${method}`,
    );
  }

  #get(wanted: string): Fitted {
    if (!this.#fitted) throw new NotFittedError('Pipeline', wanted);
    return this.#fitted;
  }
}

/** Options for the last step: its evaluation sets are seen through the transformers. */
function throughTransformers(
  transformers: readonly Transformer[],
  options: PipelineFitOptions,
): PipelineFitOptions {
  const { evalSet } = options;
  if (!evalSet) return options;
  const seen = evalSet.map((set) => ({
    ...set,
    x: transformers.reduce<FeatureInput>((inner, step) => step.transform(inner), set.x),
  }));
  return { ...options, evalSet: seen };
}

/** Which input columns come out of a step, given which ones go in. */
function throughStep(
  kept: Int32Array | undefined,
  { kept: chosen }: Transformer,
): Int32Array | undefined {
  return chosen && kept ? chosen.map((column) => kept[column]) : kept;
}

function firstColumns(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, column) => column);
}
