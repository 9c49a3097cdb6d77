import { availableParallelism } from 'node:os';
import type { OptionValues } from '../../command-line/option-values.js';
import { endingOf } from '../../command-line/output.js';
import {
  createLearner,
  LEARNERS,
  type LearnerName,
  type ParameterValues,
  parseParameters,
} from '../../models/learners.js';
import type { Task } from '../../models/outcome.js';
import type { Evaluation } from '../../models/splits.js';
import type { TrainingSource } from '../../models/training-data.js';
import { UsageError } from '../../terminal/usage-error.js';

/** What a command line asks to train. */
export interface TrainOptions {
  source: TrainingSource;
  learner: LearnerName;
  /** Parameters that `--set` gave. */
  given: ParameterValues;
  evaluation: Evaluation;
  earlyStoppingRounds: number | undefined;
  validationFraction: number;
  seed: number;
  workers: number;
  output: string;
  xgboostModel: string | undefined;
  report: string | undefined;
  force: boolean;
  json: boolean;
}

const DEFAULT_FOLDS = 5;
const DEFAULT_VALIDATION_FRACTION = 0.2;
/** More workers gain little: there is one model for each fold. */
const MOST_WORKERS = 8;

/** Parameters that have an option of their own. */
const ELSEWHERE = {
  seed: 'seed',
  earlyStoppingRounds: 'early-stopping',
  featureNames: 'features',
} as const;

/** @throws UsageError */
export function trainOptions(features: string, options: OptionValues): TrainOptions {
  const output = options.requiredText('output', '-o', 'file');
  if (endingOf(output, ['.json']) === undefined) throw wrong(`-o ${output} must end in .json`);
  const xgboostModel = options.text('xgboost-model');
  if (xgboostModel !== undefined && endingOf(xgboostModel, ['.json', '.ubj']) === undefined) {
    throw wrong(`--xgboost-model ${xgboostModel} must end in .json or .ubj`);
  }
  const learner = options.choice('model', LEARNERS) ?? 'xgboost';
  const earlyStoppingRounds = options.integer('early-stopping', 1, 1_000_000);
  if (earlyStoppingRounds !== undefined && learner !== 'xgboost') {
    throw wrong(`--early-stopping is for --model xgboost, not for ${learner}`);
  }
  if (xgboostModel !== undefined && learner !== 'xgboost') {
    throw wrong(`--xgboost-model is for --model xgboost, not for ${learner}`);
  }
  const validationFraction = fraction(options, 'validation-fraction');
  if (validationFraction !== undefined && earlyStoppingRounds === undefined) {
    throw wrong('--validation-fraction has no effect without --early-stopping <n>');
  }
  return {
    source: sourceOf(features, options),
    learner,
    given: parseParameters(options.texts('set')),
    evaluation: evaluationOf(options),
    earlyStoppingRounds,
    validationFraction: validationFraction ?? DEFAULT_VALIDATION_FRACTION,
    seed: options.integer('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? 1,
    workers: options.integer('workers', 0, 64) ?? Math.min(MOST_WORKERS, availableParallelism()),
    output,
    xgboostModel,
    report: options.text('report'),
    force: options.flag('force'),
    json: options.flag('json'),
  };
}

/** Names and patterns of an option that may be given several times, or as `a,b`. */
function namesOf(options: OptionValues, name: string): string[] {
  return options.texts(name).flatMap((text) => text.split(',').map((word) => word.trim()));
}

/** The parameters with which models are made: those given, the seed, and what early stopping asks for. */
export function modelParameters(
  { given, learner, seed, earlyStoppingRounds }: TrainOptions,
  task: Task,
  featureNames: readonly string[],
): { parameters: ParameterValues; rounds: number } {
  for (const [name, option] of Object.entries(ELSEWHERE)) {
    if (name in given) throw wrong(`--set ${name}: give it by --${option}`);
  }
  const parameters: ParameterValues = {
    // A training that stops by itself is given room.
    ...(earlyStoppingRounds === undefined ? {} : { nEstimators: 1000, earlyStoppingRounds }),
    ...given,
    ...(learner === 'xgboost' ? { featureNames } : {}),
    seed,
  };
  const { nEstimators } = createLearner(learner, task, parameters).parameters;
  return { parameters, rounds: nEstimators };
}

function sourceOf(features: string, options: OptionValues): TrainingSource {
  const labels = options.text('labels');
  const key = options.text('key');
  if (key !== undefined && labels === undefined) throw wrong('--key needs --labels <table>');
  const positive = options.text('positive');
  const gradeText = options.text('positive-grade');
  const positiveGrade = gradeText === undefined ? undefined : Number(gradeText);
  if (positiveGrade !== undefined && !Number.isFinite(positiveGrade)) {
    throw wrong(`--positive-grade is ${gradeText}; expected a number`);
  }
  if (positive !== undefined && positiveGrade !== undefined) {
    throw wrong('--positive and --positive-grade are two ways to say the same; give one');
  }
  const task = options.choice('task', ['classification', 'regression']);
  if (task === 'regression' && (positive ?? positiveGrade) !== undefined) {
    throw wrong('--task regression learns values; --positive and --positive-grade are for classes');
  }
  return {
    features,
    labels,
    key,
    target: options.requiredText('target', '--target', 'column'),
    group: options.text('group'),
    weight: options.text('weight'),
    include: namesOf(options, 'features'),
    exclude: namesOf(options, 'exclude'),
    task,
    positive,
    positiveGrade,
  };
}

function evaluationOf(options: OptionValues): Evaluation {
  const folds = options.integer('folds', 0, 100);
  const testFraction = fraction(options, 'test-fraction');
  if (folds !== undefined && testFraction !== undefined) {
    throw wrong('--folds and --test-fraction are two ways to hold rows out; give one');
  }
  if (testFraction !== undefined) return { kind: 'test-fraction', testFraction };
  if (folds === 0) return { kind: 'none' };
  if (folds === 1) throw wrong('--folds is 1; expected 2 or more, or 0 to hold nothing out');
  return { kind: 'folds', folds: folds ?? DEFAULT_FOLDS };
}

function fraction(options: OptionValues, name: string): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0 && value < 1)) {
    throw wrong(`--${name} is ${text}; expected a number between 0 and 1`);
  }
  return value;
}

function wrong(message: string): UsageError {
  return new UsageError(message, 'train');
}
