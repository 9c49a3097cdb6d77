import type { Field } from '../data/json-fields.js';
import { FORMAT_VERSION, openStored, type StoredHeader } from '../data/stored-model.js';
import { readClasses } from '../data/targets.js';
import { Booster } from './booster.js';
import { modelParts } from './model-files/model-reader.js';
import type { CompleteXGBParameters, XGBParameters } from './parameters.js';

/** What `toJSON` of {@link XGBClassifier} and {@link XGBRegressor} gives. */
export interface SerialisedXGB extends StoredHeader {
  model: 'XGBClassifier' | 'XGBRegressor';
  parameters: XGBParameters;
  /** The two labels; absent for a regressor. */
  classes?: number[];
  /** XGBoost's JSON model. */
  booster: object;
}

export function writeXGB(
  model: SerialisedXGB['model'],
  parameters: CompleteXGBParameters,
  booster: Booster,
  classes: readonly number[] | undefined,
): SerialisedXGB {
  return {
    model,
    formatVersion: FORMAT_VERSION,
    parameters: storedParameters(model, parameters),
    ...(classes ? { classes: [...classes] } : {}),
    booster: JSON.parse(booster.save('json')) as object,
  };
}

/** A regressor has no positive class to weigh. */
function storedParameters(
  model: SerialisedXGB['model'],
  { scalePosWeight, ...common }: CompleteXGBParameters,
): XGBParameters {
  return model === 'XGBClassifier' ? { ...common, scalePosWeight } : common;
}

export function readXGB(
  owner: SerialisedXGB['model'],
  json: unknown,
): { parameters: XGBParameters; booster: Booster; classes: number[] } {
  const document = openStored(owner, json);
  const objective = owner === 'XGBClassifier' ? 'binary:logistic' : 'reg:squarederror';
  const booster = new Booster(modelParts(document.get('booster')));
  if (booster.objective !== objective) {
    document
      .get('booster')
      .fail(`its objective is ${booster.objective}; ${owner} needs ${objective}`);
  }
  return {
    parameters: document.get('parameters').record(),
    booster,
    classes: owner === 'XGBClassifier' ? twoClasses(document.get('classes')) : [],
  };
}

function twoClasses(field: Field): number[] {
  const classes = readClasses(field);
  if (classes.length !== 2) field.fail('two labels are expected');
  return classes;
}
