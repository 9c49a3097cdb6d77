import type { Field } from '../data/json-fields.js';
import { FORMAT_VERSION, openStored, type StoredHeader } from '../data/stored-model.js';
import { readClasses } from '../data/targets.js';
import { UnsupportedParameterError } from '../errors.js';
import { Booster } from './booster.js';
import type { EvaluationHistory } from './evaluation.js';
import { modelParts } from './model-files/model-reader.js';
import { type CompleteXGBParameters, metricsOf, type XGBParameters } from './parameters.js';

/** What `toJSON` of {@link XGBClassifier} and {@link XGBRegressor} gives. */
export interface SerialisedXGB extends StoredHeader {
  model: 'XGBClassifier' | 'XGBRegressor';
  parameters: XGBParameters;
  /** The labels; absent for a regressor. */
  classes?: number[];
  /** What evaluation sets gave; null where a value was no number. Absent without sets. */
  evaluationHistory?: Record<string, Record<string, (number | null)[]>>;
  /** XGBoost's JSON model. */
  booster: object;
}

/** @throws UnsupportedParameterError when the objective or a metric is a function */
export function writeXGB(
  model: SerialisedXGB['model'],
  parameters: CompleteXGBParameters,
  booster: Booster,
  classes: readonly number[] | undefined,
): SerialisedXGB {
  refuseFunctions(model, parameters);
  const history = Object.entries(booster.evaluationHistory);
  return {
    model,
    formatVersion: FORMAT_VERSION,
    parameters: storedParameters(model, parameters),
    ...(classes ? { classes: [...classes] } : {}),
    ...(history.length > 0
      ? { evaluationHistory: Object.fromEntries(history.map(([name, set]) => [name, stored(set)])) }
      : {}),
    booster: JSON.parse(booster.save('json')) as object,
  };
}

export function readXGB(
  owner: SerialisedXGB['model'],
  json: unknown,
): { parameters: XGBParameters; booster: Booster; classes: number[] } {
  const document = openStored(owner, json);
  const parts = modelParts(document.get('booster'));
  const booster = new Booster({ ...parts, history: readHistory(document) });
  const isClassifier = owner === 'XGBClassifier';
  const expected = isClassifier
    ? ['binary:logistic', 'multi:softprob']
    : ['reg:squarederror', 'reg:absoluteerror', 'count:poisson'];
  if (!expected.includes(booster.objective)) {
    document
      .get('booster')
      .fail(`its objective is ${booster.objective}; ${owner} needs ${expected.join(' or ')}`);
  }
  return {
    parameters: document.get('parameters').record(),
    booster,
    classes: isClassifier ? classesFor(booster, document.get('classes')) : [],
  };
}

function refuseFunctions(model: string, parameters: CompleteXGBParameters): void {
  const metric = metricsOf(parameters).some((wanted) => typeof wanted !== 'string');
  if (typeof parameters.objective !== 'function' && !metric) return;
  throw new UnsupportedParameterError(
    metric ? 'evalMetric' : 'objective',
    `${model} cannot be stored: ${metric ? 'evalMetric' : 'objective'} is a function. booster.save('json') keeps the ` +
      'trees, and Booster.load gives their predictions.',
  );
}

/** A regressor has no positive class to weigh. */
function storedParameters(
  model: SerialisedXGB['model'],
  { scalePosWeight, ...common }: CompleteXGBParameters,
): XGBParameters {
  return model === 'XGBClassifier' ? { ...common, scalePosWeight } : common;
}

function stored(set: Record<string, number[]>): Record<string, (number | null)[]> {
  return Object.fromEntries(
    Object.entries(set).map(([metric, values]) => [
      metric,
      values.map((value) => (Number.isFinite(value) ? value : null)),
    ]),
  );
}

function readHistory(document: Field): EvaluationHistory {
  const history = document.optional('evaluationHistory');
  if (!history) return {};
  return Object.fromEntries(
    Object.keys(history.record()).map((name) => {
      const set = history.get(name);
      const metrics = Object.keys(set.record()).map((metric): [string, number[]] => [
        metric,
        valuesOf(set.get(metric), set.record()[metric]),
      ]);
      return [name, Object.fromEntries(metrics)];
    }),
  );
}

function valuesOf(field: Field, values: unknown): number[] {
  if (!Array.isArray(values)) field.fail('an array is expected');
  return values.map((value: unknown) => {
    if (value === null) return Number.NaN;
    if (typeof value !== 'number') field.fail('numbers or null are expected');
    return value;
  });
}

function classesFor(booster: Booster, field: Field): number[] {
  const classes = readClasses(field);
  const expected = booster.outputs === 1 ? 2 : booster.outputs;
  if (classes.length !== expected) field.fail(`${expected} labels are expected`);
  return classes;
}
