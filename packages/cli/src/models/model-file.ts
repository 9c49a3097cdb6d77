import type { ParameterValues } from './learners.js';
import type { Task } from './outcome.js';

/** What a model file of this program says it is. */
export const MODEL_FORMAT = 'steatosis-model';
export const MODEL_FORMAT_VERSION = 1;

/** A trained model with what is needed to use it on another table. */
export interface ModelFile {
  format: typeof MODEL_FORMAT;
  formatVersion: typeof MODEL_FORMAT_VERSION;
  task: Task;
  /** Column of the outcome. */
  target: string;
  /** Names of the classes in the order of the model's codes 0, 1, …; the positive one of two is the last. */
  classes: readonly string[];
  /** How the classes follow from the column: from this grade on, or this value against all others; null for as it is. */
  outcome: { positiveGrade: number | null; positive: string | null };
  /** Names of the columns in the order in which the model takes them. */
  features: readonly string[];
  /** The estimator as `toJSON` of `@steatosis/ensembles` gives it. */
  estimator: object;
  /** How it was made. */
  training: TrainingRecord;
}

/** How a model was made: enough to make it again from the same table. */
interface TrainingRecord {
  model: string;
  parameters: ParameterValues;
  /** Rows with an outcome, and how many of them the model learned from. */
  rows: number;
  rowsLearnedFrom: number;
  /** Column of the groups that no split tears apart; null where there is none. */
  group: string | null;
  groups: number | null;
  weight: string | null;
  evaluation: object;
  earlyStopping: { rounds: number; validationFraction: number; bestRound: number } | null;
  seed: number;
  versions: Readonly<Record<string, string>>;
}
