import { AdaBoostClassifier } from './adaboost/adaboost-classifier.js';
import { AdaBoostRegressor } from './adaboost/adaboost-regressor.js';
import { CalibratedClassifier } from './calibration/calibrated-classifier.js';
import { Field } from './data/json-fields.js';
import { CorrelationFilter } from './filters/correlation-filter.js';
import { VarianceFilter } from './filters/variance-filter.js';
import { GradientBoostingClassifier } from './gradient-boosting/gradient-boosting-classifier.js';
import { GradientBoostingRegressor } from './gradient-boosting/gradient-boosting-regressor.js';
import type { Estimator, Transformer } from './model-selection/estimator.js';
import { Pipeline } from './pipeline/pipeline.js';
import { MinMaxScaler } from './scaling/min-max-scaler.js';
import { StandardScaler } from './scaling/standard-scaler.js';
import { XGBClassifier } from './xgb/xgb-classifier.js';
import { XGBRegressor } from './xgb/xgb-regressor.js';

/** An unfitted estimator as plain data, for the way to a worker. */
export type Blueprint =
  | { kind: 'plain'; model: string; parameters: object }
  | { kind: 'pipeline'; steps: (readonly [string, Blueprint])[] }
  | { kind: 'calibrated'; base: Blueprint; parameters: object };

/** Models may stand in each other this deep, which is far more than makes sense. */
const DEEPEST = 16;

/**
 * Any estimator of this package back from what its `toJSON` gave, a {@link Pipeline} or {@link CalibratedClassifier}
 * with all that is in it.
 *
 * @throws ModelFormatError when `json` is no such document; for an unknown kind the message names those known
 * @example
 * ```ts
 * import { estimatorFromJSON, XGBClassifier } from '@steatosis/ensembles';
 *
 * const model = new XGBClassifier({ nEstimators: 2, minChildWeight: 0 });
 * model.fit([[1], [2], [3], [4]], [0, 0, 1, 1]);
 * const text = JSON.stringify(model);
 * console.log(estimatorFromJSON(JSON.parse(text)).predict([[4]])); // Float64Array(1) [ 1 ]
 * ```
 */
export function estimatorFromJSON(json: unknown): Estimator {
  return readEstimator(json, 0);
}

/** As {@link estimatorFromJSON}, inside of `depth` other models. */
export function readEstimator(json: unknown, depth: number): Estimator {
  const model = new Field(json, '').get('model');
  const name = model.string();
  if (depth > DEEPEST) model.fail(`models stand in each other more than ${DEEPEST} deep`);
  if (name === 'Pipeline') return Pipeline.fromJSON(json, depth);
  if (name === 'CalibratedClassifier') return CalibratedClassifier.fromJSON(json, depth);
  const known = plainEstimators();
  if (!Object.hasOwn(known, name)) {
    const names = [...Object.keys(known), 'CalibratedClassifier', 'Pipeline'].sort();
    model.fail(
      Object.hasOwn(transformers(), name)
        ? `it holds a ${name}, which predicts nothing by itself: read it with ${name}.fromJSON`
        : `it holds a ${name}; the estimators known here are ${names.join(', ')}`,
    );
  }
  return known[name].fromJSON(json);
}

/** A scaler or filter back from what its `toJSON` gave. */
export function readTransformer(json: unknown): Transformer {
  const model = new Field(json, '').get('model');
  const known = transformers();
  if (!Object.hasOwn(known, model.string())) {
    model.fail(
      `it holds a ${model.string()}; the transformers known here are ${Object.keys(known).join(', ')}`,
    );
  }
  return known[model.string()].fromJSON(json);
}

/** What a worker needs to make the same unfitted object, or undefined where that is not possible. */
export function blueprintOf(model: Estimator | Transformer): Blueprint | undefined {
  if (model instanceof Pipeline) {
    const steps = model.steps.map(([name, step]) => [name, blueprintOf(step)] as const);
    return steps.every((step): step is readonly [string, Blueprint] => step[1] !== undefined)
      ? { kind: 'pipeline', steps }
      : undefined;
  }
  if (model instanceof CalibratedClassifier) {
    const base = blueprintOf(model.base);
    const { parameters } = model;
    // A splitter loses its methods on the way, a fitted base what it has learned.
    return base && !parameters.prefit && typeof parameters.splits === 'number'
      ? { kind: 'calibrated', base, parameters }
      : undefined;
  }
  const Model = model.constructor as Constructor;
  const known = { ...plainEstimators(), ...transformers() };
  const name = Object.keys(known).find((name) => known[name] === Model);
  const { parameters = {} } = model;
  return name !== undefined && isCloneable(parameters)
    ? { kind: 'plain', model: name, parameters }
    : undefined;
}

/** The unfitted estimator that a blueprint describes. */
export function estimatorFromBlueprint(blueprint: Blueprint): Estimator {
  return fromBlueprint(blueprint) as Estimator;
}

function fromBlueprint(blueprint: Blueprint): Estimator | Transformer {
  switch (blueprint.kind) {
    case 'pipeline':
      return new Pipeline(blueprint.steps.map(([name, step]) => [name, fromBlueprint(step)]));
    case 'calibrated':
      return new CalibratedClassifier(estimatorFromBlueprint(blueprint.base), blueprint.parameters);
    case 'plain': {
      const Model = { ...plainEstimators(), ...transformers() }[blueprint.model];
      return new Model(blueprint.parameters);
    }
    default:
      return blueprint satisfies never;
  }
}

interface Constructor<T = Estimator | Transformer> {
  new (parameters?: object): T;
  fromJSON(json: unknown): T;
}

function plainEstimators(): Record<string, Constructor<Estimator>> {
  return {
    AdaBoostClassifier,
    AdaBoostRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    XGBClassifier,
    XGBRegressor,
  };
}

function transformers(): Record<string, Constructor<Transformer>> {
  return { CorrelationFilter, MinMaxScaler, StandardScaler, VarianceFilter };
}

function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
