import { InvalidArgumentError } from '@steatosis/core';
import { InvalidDataError } from '../errors.js';
import { sameColumns } from '../data/matrix.js';
import type { DMatrix } from './dmatrix.js';
import type { EvaluationRows } from './evaluation.js';
import { featureSettings } from './feature-settings.js';
import { metricFor } from './metrics/metric-named.js';
import type { ObjectiveName } from './objectives/objective-for.js';
import { type CompleteXGBParameters, metricsOf, type ParameterOwner } from './parameters.js';
import { trainingObjective } from './train.js';
import type { BoostingParameters, TrainedTrees, TrainingSetup } from './training-setup.js';

/** A margin and a pair of derivatives, float32. */
const BYTES_PER_OUTPUT = 12;

/** What the addresses of training's memory reach. */
const MOST_BYTES = 2 ** 32;

/** What a training run is made of, besides parameters. */
export interface RunParts {
  readonly owner: ParameterOwner;
  readonly objective: ObjectiveName;
  readonly outputs: number;
  readonly rounds: number;
  readonly data: DMatrix;
  readonly evaluations: readonly { readonly name: string; readonly data: DMatrix }[];
  /** The model that is continued. */
  readonly initial?:
    (TrainedTrees & { readonly features: number; readonly outputs: number }) | undefined;
}

/**
 * Check parameters and data against each other.
 *
 * @throws InvalidArgumentError, InvalidDataError
 */
export function trainingSetup(complete: CompleteXGBParameters, parts: RunParts): TrainingSetup {
  const { owner, objective, outputs, data, initial } = parts;
  const { columns } = data;
  const featureNames = complete.featureNames ?? data.featureNames;
  const featureTypes = complete.featureTypes ?? data.featureTypes;
  const { nEstimators: _rounds, evalMetric: _metric, ...common } = complete;
  const settings = featureSettings(owner, columns, { ...common, featureNames, featureTypes });
  const {
    monotoneConstraints: _monotone,
    interactionConstraints: _interaction,
    featureTypes: _types,
    featureNames: _names,
    objective: _objective,
    ...plain
  } = common;
  const parameters: BoostingParameters = {
    ...plain,
    ...settings,
    objective,
    outputs,
    rounds: parts.rounds,
    metrics: metricsOf(complete),
    ...(typeof complete.objective === 'function' && { customObjective: complete.objective }),
  };
  checkParameters(owner, parameters);
  if (data.rows * outputs * BYTES_PER_OUTPUT > MOST_BYTES) {
    throw new InvalidDataError(
      'y',
      `margins and gradients of ${data.rows} rows × ${outputs} classes take more memory than the 4 GiB there are; are these labels classes, or outcomes for XGBRegressor?`,
    );
  }
  if (parameters.earlyStoppingRounds !== undefined && parts.evaluations.length === 0) {
    throw new InvalidArgumentError(
      `${owner}'s earlyStoppingRounds`,
      parameters.earlyStoppingRounds,
      'an evaluation set beside it (evalSet of fit, evals of Booster.train)',
    );
  }
  if (initial) {
    sameColumns(columns, initial.features, 'the model that is continued');
    if (initial.outputs !== outputs) {
      throw new InvalidArgumentError(
        'initialModel',
        `${initial.outputs} outputs`,
        `a model of ${outputs} outputs, as the data demand`,
      );
    }
  }
  const names = new Set(parts.evaluations.map(({ name }) => name));
  if (names.size !== parts.evaluations.length) {
    throw new InvalidArgumentError(
      'the names of evaluation sets',
      parts.evaluations.map(({ name }) => name),
      'different names',
    );
  }
  const train = rowsOf('y', parameters, data, outputs);
  return {
    parameters,
    x: data.x,
    labels: train.labels,
    weights: data.weight,
    baseMargins: train.baseMargins,
    initial,
    evaluations: parts.evaluations.map(({ name, data: set }): EvaluationRows => {
      sameColumns(set.columns, columns, `the model that ${name} evaluates`);
      const { labels, baseMargins } = rowsOf(`y of ${name}`, parameters, set, outputs);
      const follows = set.x.data === data.x.data && set.baseMargin === data.baseMargin;
      return { name, x: set.x, labels, weights: set.weight, baseMargins, follows };
    }),
  };
}

function checkParameters(owner: string, parameters: BoostingParameters): void {
  const { baseScore, outputs, scalePosWeight, objective } = parameters;
  const loss = trainingObjective(parameters, false);
  if (baseScore !== undefined && !loss.isBaseScore(baseScore)) {
    const expected =
      objective === 'binary:logistic' ? 'a probability between 0 and 1' : 'a mean count > 0';
    throw new InvalidArgumentError(`${owner}'s baseScore`, baseScore, expected);
  }
  if (scalePosWeight !== 1 && (objective !== 'binary:logistic' || parameters.customObjective)) {
    throw new InvalidArgumentError(
      `${owner}'s scalePosWeight`,
      scalePosWeight,
      `1 with ${parameters.customObjective ? 'an objective of your own' : objective}; use sample weights`,
    );
  }
  for (const wanted of parameters.metrics) {
    const metric = metricFor(wanted);
    const fits =
      metric.outputs === 'any' || (metric.outputs === 'one' ? outputs === 1 : outputs > 1);
    if (!fits) {
      throw new InvalidArgumentError(
        `${owner}'s evalMetric`,
        metric.name,
        outputs === 1
          ? 'a metric of one output (mlogloss and merror are of several classes)'
          : 'a metric of several classes: mlogloss, merror or auc',
      );
    }
  }
}

function rowsOf(
  input: string,
  parameters: BoostingParameters,
  { label, weight, baseMargin, rows }: DMatrix,
  outputs: number,
): { labels: Float32Array; baseMargins: Float32Array | undefined } {
  if (!label) throw new InvalidDataError(input, 'there are no labels; give them with the data.');
  const loss = trainingObjective(parameters, false);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const fault = loss.labelFault(label[row]);
    if (fault) {
      throw new InvalidDataError(
        input,
        `the label is ${label[row]}; for ${parameters.objective} ${fault}.`,
        { row },
      );
    }
    sum += label[row] * (weight ? weight[row] : 1);
  }
  if (input === 'y' && parameters.objective === 'count:poisson' && sum === 0) {
    throw new InvalidDataError(input, 'all counts are 0, whose mean has no logarithm.');
  }
  if (baseMargin && baseMargin.length !== rows * outputs) {
    throw new InvalidDataError(
      'baseMargin',
      `it has ${baseMargin.length} values; one per row and output is needed: ${rows} × ${outputs}.`,
    );
  }
  return { labels: label, baseMargins: baseMargin };
}
