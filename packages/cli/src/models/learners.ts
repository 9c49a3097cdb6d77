import { isSteatosisError } from '@steatosis/core';
import {
  AdaBoostClassifier,
  AdaBoostRegressor,
  type FeatureInput,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  XGBClassifier,
  XGBRegressor,
} from '@steatosis/ensembles';
import type { NdArray } from 'ndarray';
import { UsageError } from '../terminal/usage-error.js';
import type { Task } from './outcome.js';

/** Kinds of models that can be trained. */
export const LEARNERS = ['xgboost', 'adaboost', 'gbdt'] as const;
export type LearnerName = (typeof LEARNERS)[number];

/** Parameters of a model by name, as `--set` gives them. */
export type ParameterValues = Readonly<Record<string, unknown>>;

/** What the command needs of a model that it trains. */
export interface Learner {
  predict(x: FeatureInput): ArrayLike<number>;
  predictProba?(x: FeatureInput): NdArray<Float64Array>;
  readonly featureImportances: Float64Array;
  toJSON(): object;
}

/** How the kinds are called in sentences. */
export const LEARNER_TITLES: Readonly<Record<LearnerName, string>> = {
  xgboost: 'XGBoost',
  adaboost: 'AdaBoost',
  gbdt: 'gradient boosting',
};

const CLASSES = {
  xgboost: { classification: XGBClassifier, regression: XGBRegressor },
  adaboost: { classification: AdaBoostClassifier, regression: AdaBoostRegressor },
  gbdt: { classification: GradientBoostingClassifier, regression: GradientBoostingRegressor },
} as const;

/**
 * A model that is not trained yet.
 *
 * @throws UsageError for parameters that it does not have, with the nearest name
 */
export function createLearner(name: LearnerName, task: Task, parameters: ParameterValues) {
  const LearnerClass = CLASSES[name][task];
  try {
    return new LearnerClass(parameters);
  } catch (error) {
    if (!isSteatosisError(error)) throw error;
    throw new UsageError(`--set: ${error.message}`, 'train');
  }
}

/** Parameters of words such as `maxDepth=4`. @throws UsageError */
export function parseParameters(words: readonly string[]): ParameterValues {
  const found = new Map<string, unknown>();
  for (const word of words) {
    const at = word.indexOf('=');
    const name = word.slice(0, at).trim();
    if (at < 1 || name === '' || at === word.length - 1) {
      throw new UsageError(
        `--set is ${word}; expected name=value, for instance maxDepth=4`,
        'train',
      );
    }
    if (found.has(name)) throw new UsageError(`--set gives ${name} twice`, 'train');
    found.set(name, valueOf(word.slice(at + 1).trim()));
  }
  return Object.fromEntries(found);
}

/** Numbers, true, false, null and lists as JSON has them; all else is text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
