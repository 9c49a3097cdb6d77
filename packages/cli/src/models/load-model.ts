import { readFile } from 'node:fs/promises';
import { isSteatosisError, SteatosisError } from '@steatosis/core';
import { Booster, estimatorFromJSON, LightGBMModel } from '@steatosis/ensembles';
import { FileAccessError } from '@steatosis/io/node';
import { endingOf } from '../command-line/output.js';
import { MODEL_FORMAT, MODEL_FORMAT_VERSION } from './model-file.js';
import type { OutcomeChoice, Task } from './outcome.js';
import { fromBooster, fromLightGbm } from './foreign-models.js';
import { fromEstimator, type UsableModel } from './usable-model.js';

/** A file that holds no model that can be used. */
class ModelFileError extends SteatosisError {
  readonly code = 'MODEL_FILE';
  readonly path: string;

  constructor(path: string, message: string, options?: { cause?: unknown }) {
    super(`${path}: ${message}`, options);
    this.path = path;
  }
}

/** A model that can be asked about rows of a table. */
export interface LoadedModel {
  path: string;
  origin: 'steatosis' | 'XGBoost' | 'LightGBM';
  task: Task;
  /** Name of the outcome; `value` or `class` where the file does not say. */
  target: string;
  /** Names of the classes; empty for a regression. */
  classes: readonly string[];
  /** Names of the columns in the order of the model; undefined where the file has none. */
  features: readonly string[] | undefined;
  featureCount: number;
  model: UsableModel;
  /** How the outcomes of a table are read for this model. */
  outcome: OutcomeChoice;
}

/**
 * Read a model file: one of `steatosis train`, XGBoost's `.json` and `.ubj`, or LightGBM's `.txt`.
 *
 * @throws FileAccessError, ModelFileError
 */
export async function loadModel(path: string): Promise<LoadedModel> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new FileAccessError(path, 'read', cause);
  });
  try {
    return { path, ...read(path, bytes) };
  } catch (cause) {
    if (!isSteatosisError(cause)) throw cause;
    throw new ModelFileError(path, cause.message, { cause });
  }
}

function read(path: string, bytes: Uint8Array): Omit<LoadedModel, 'path'> {
  if (endingOf(path, ['.txt']) !== undefined) return fromLightGbm(LightGBMModel.load(bytes));
  const document = endingOf(path, ['.json']) === undefined ? undefined : parse(bytes);
  return isRecord(document) && 'format' in document
    ? readOwn(path, document)
    : fromBooster(Booster.load(bytes));
}

/** Undefined where the text is no JSON: the reader of XGBoost's files says more of what is wrong with it. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

function readOwn(path: string, document: Record<string, unknown>): Omit<LoadedModel, 'path'> {
  const { format, formatVersion, task, target, classes, outcome, features, estimator } = document;
  const wrong = (message: string): ModelFileError => new ModelFileError(path, message);
  if (format !== MODEL_FORMAT) {
    throw wrong(`its format is ${JSON.stringify(format)}; expected "${MODEL_FORMAT}"`);
  }
  if (formatVersion !== MODEL_FORMAT_VERSION) {
    throw wrong(
      `its format version is ${JSON.stringify(formatVersion)}; this program reads ${MODEL_FORMAT_VERSION}`,
    );
  }
  if (task !== 'classification' && task !== 'regression') {
    throw wrong(`its task is ${JSON.stringify(task)}; expected "classification" or "regression"`);
  }
  if (typeof target !== 'string') throw wrong('it does not name its target');
  if (!isTexts(classes) || new Set(classes).size < classes.length) {
    throw wrong('its classes are no list of different names');
  }
  if (!isTexts(features) || features.length === 0 || new Set(features).size < features.length) {
    throw wrong('its features are no list of different names');
  }
  if ((task === 'classification') !== classes.length >= 2) {
    throw wrong(`it has ${classes.length} classes, and its task is ${task}`);
  }
  const { positiveGrade = null, positive = null } = isRecord(outcome) ? outcome : {};
  if (positiveGrade !== null && typeof positiveGrade !== 'number') {
    throw wrong(`its positiveGrade is ${JSON.stringify(positiveGrade)}; expected a number or null`);
  }
  if (positive !== null && typeof positive !== 'string') {
    throw wrong(`its positive is ${JSON.stringify(positive)}; expected a text or null`);
  }
  const model = fromEstimator(estimatorFromJSON(estimator));
  const { outputs } = model;
  if (outputs !== undefined && outputs !== Math.max(1, classes.length)) {
    throw wrong(`it names ${classes.length} classes, and its estimator has ${outputs}`);
  }
  return {
    origin: 'steatosis',
    task,
    target,
    classes,
    features,
    featureCount: features.length,
    model,
    outcome: { task, positiveGrade: positiveGrade ?? undefined, positive: positive ?? undefined },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
