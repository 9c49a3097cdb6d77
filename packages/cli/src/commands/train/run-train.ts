import { join } from 'node:path';
import { XGBClassifier, XGBRegressor } from '@steatosis/ensembles';
import type { CommandContext } from '../../command-line/command.js';
import {
  checkOutputFile,
  endingOf,
  expectWritableFolder,
  jsonText,
  writeOutput,
} from '../../command-line/output.js';
import { evaluateHeldOut, type HeldOutResult } from '../../models/evaluation.js';
import { checkReportFolder, writeReport } from '../../models/folder-output.js';
import { LEARNER_TITLES, type ParameterValues } from '../../models/learners.js';
import { MODEL_FORMAT, MODEL_FORMAT_VERSION, type ModelFile } from '../../models/model-file.js';
import { readTrainingData, type TrainingData } from '../../models/training-data.js';
import { type TrainedModels, trainModels } from '../../models/train-models.js';
import { installedVersions } from '../../study/versions.js';
import { csvText } from '../../tables/csv.js';
import { shortList } from '../../tables/data-table.js';
import { TableError } from '../../tables/table-error.js';
import { createProgress } from '../../terminal/progress.js';
import { heldOutTable } from './held-out-table.js';
import { modelParameters, type TrainOptions } from './options.js';
import { reportFiles } from './report-files.js';
import { summaryLines } from './summary.js';

/** Train, judge, and write all of it or nothing. */
export async function runTrain(options: TrainOptions, context: CommandContext): Promise<void> {
  const { io, print, warn, announce } = context;
  await checkOutputs(options);
  const notes: string[] = [];
  const data = await readTrainingData(options.source, {
    warn,
    note: (message) => void notes.push(message),
  });
  const { parameters, rounds } = modelParameters(options, data.outcome.task, data.featureNames);
  if (options.learner !== 'xgboost') expectNoneMissing(data, options);
  const { workers, evaluation, seed, earlyStoppingRounds } = options;
  const progress = createProgress(io.stderr, 'training', 'rounds');
  const train = async (signal?: AbortSignal): Promise<TrainedModels> =>
    await trainModels(
      data,
      {
        learner: options.learner,
        parameters,
        rounds,
        evaluation,
        validationFraction:
          earlyStoppingRounds === undefined ? undefined : options.validationFraction,
        seed,
      },
      {
        workers,
        code: new URL('./train.worker.js', import.meta.url),
        signal,
        onProgress: progress.onProgress,
      },
      warn,
    );
  // Without workers nothing could hear a signal: Ctrl-C must then end the process itself.
  const trained = await (workers === 0 ? train() : io.guard(train)).finally(progress.finish);
  const result =
    trained.folds.length === 0
      ? undefined
      : evaluateHeldOut(
          data.outcome,
          data.groups,
          trained.folds,
          trained.judged.map(({ predictions }) => predictions),
        );
  const { featureNames: _stated, ...stated } = parameters;
  const file = modelFile(options, data, trained, stated);
  const metrics = metricsOf(file, result);
  const heldOut = await joinText(csvText(heldOutTable(data, trained, options)));
  const report =
    options.report === undefined
      ? []
      : [
          ...reportFiles({ options, data, trained, result, file }),
          ['metrics.json', jsonText(metrics)] as const,
          ...(result === undefined ? [] : [['held-out-predictions.csv', heldOut] as const]),
        ];
  const booster = options.xgboostModel && xgboostFile(trained.kept.model, options.xgboostModel);
  await io.guard(async () => {
    if (options.report !== undefined) await writeReport(options.report, report);
    if (options.xgboostModel !== undefined) await writeOutput(options.xgboostModel, booster!);
    await writeOutput(options.output, jsonText(file));
  });
  for (const note of notes) announce(note);
  if (options.json) print(jsonText(metrics).trimEnd());
  else {
    for (const line of summaryLines(data, options, result)) print(line);
    print(`${options.output}: ${LEARNER_TITLES[options.learner]} of ${learnedText(data, file)}`);
    if (options.xgboostModel !== undefined) print(`${options.xgboostModel}: XGBoost's own file`);
    if (options.report !== undefined) print(`${join(options.report, 'index.html')}: report`);
  }
}

async function checkOutputs({ output, xgboostModel, report, force }: TrainOptions): Promise<void> {
  for (const file of [output, xgboostModel]) {
    if (file === undefined) continue;
    await checkOutputFile(file, force);
    await expectWritableFolder(file);
  }
  if (report !== undefined) {
    await checkReportFolder(report, force);
    await expectWritableFolder(join(report, 'index.html'));
  }
}

function expectNoneMissing(data: TrainingData, { learner }: TrainOptions): void {
  const { x, featureNames, table, outcome } = data;
  const at = x.data.findIndex((value) => Number.isNaN(value));
  if (at < 0) return;
  const names = featureNames.filter((_, column) => {
    for (let row = 0; row < x.rows; row++) {
      if (Number.isNaN(x.data[row * x.columns + column])) return true;
    }
    return false;
  });
  const place = table.place(outcome.rows[Math.floor(at / x.columns)]!);
  throw new TableError(
    table.path,
    `${table.path}: ${featureNames[at % x.columns]} is empty on ${place}, and --model ${learner} takes no missing ` +
      `values. Leave such columns out by --exclude (${shortList(names)}), or take --model xgboost`,
  );
}

function modelFile(
  { source, learner, evaluation, earlyStoppingRounds, validationFraction, seed }: TrainOptions,
  { outcome, featureNames, groups, x }: TrainingData,
  { kept, keptFitRows }: TrainedModels,
  parameters: ParameterValues,
): ModelFile {
  return {
    format: MODEL_FORMAT,
    formatVersion: MODEL_FORMAT_VERSION,
    task: outcome.task,
    target: source.target,
    classes: outcome.classes,
    outcome: {
      positiveGrade: source.positiveGrade ?? null,
      positive: source.positive ?? null,
    },
    features: featureNames,
    estimator: kept.model,
    training: {
      model: learner,
      parameters,
      rows: x.rows,
      rowsLearnedFrom: keptFitRows,
      group: source.group ?? null,
      groups: groups === undefined ? null : new Set(groups).size,
      weight: source.weight ?? null,
      evaluation,
      earlyStopping:
        earlyStoppingRounds === undefined
          ? null
          : {
              rounds: earlyStoppingRounds,
              validationFraction,
              bestRound: kept.curves.bestRound!,
            },
      seed,
      versions: installedVersions(),
    },
  };
}

/** What `--json` prints and `metrics.json` holds. */
function metricsOf(file: ModelFile, heldOut: HeldOutResult | undefined): object {
  const { task, target, classes, features, training } = file;
  return { task, target, classes, features: features.length, training, heldOut: heldOut ?? null };
}

function xgboostFile(model: object, path: string): string | Uint8Array {
  const { model: kind } = model as { model: string };
  const { booster } =
    kind === 'XGBClassifier' ? XGBClassifier.fromJSON(model) : XGBRegressor.fromJSON(model);
  return endingOf(path, ['.ubj']) === undefined ? booster.save('json') : booster.save('ubj');
}

async function joinText(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

function learnedText({ featureNames }: TrainingData, { training }: ModelFile): string {
  const { rowsLearnedFrom, earlyStopping } = training;
  const features = `${featureNames.length} feature${featureNames.length === 1 ? '' : 's'}`;
  const stopped = earlyStopping === null ? '' : `, ${earlyStopping.bestRound} rounds`;
  return `${features}, learned from ${rowsLearnedFrom} rows${stopped}`;
}
