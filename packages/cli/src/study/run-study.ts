import { join } from 'node:path';
import { createRandom, type TaskPool, throwIfAborted, type WorkerCode } from '@steatosis/core';
import { makeFolders, writeSimulatedCohort } from '@steatosis/io/node';
import { renderReport } from '../report/report.js';
import { Checkpoint, writeWhole } from './checkpoint.js';
import { fingerprint, permuteGrades, type StudyPatient, studyPatients } from './cohort.js';
import { fitModels } from './fit-stage.js';
import { judgeModels } from './judge-models.js';
import { measurePatients } from './measure-stage.js';
import type { StudyOptions } from './options.js';
import type { StudyOutcome } from './outcome.js';
import { planDesigns } from './plan.js';
import { meanOfOriginals, representativePatients } from './representatives.js';
import { resolveSettings, type StudySettings } from './settings.js';
import { STAGES } from './stages.js';
import { defaultWorkers, openStudyPool, studyWorkerUrl } from './study-pool.js';
import type { StudyTasks } from './study.tasks.js';
import { collectRows } from './study-rows.js';
import { summarise } from './summarise.js';
import { installedVersions } from './versions.js';
import { settleInputs } from './without-echoes.js';
import { withoutUids } from './without-identifiers.js';

/** What the stages of a run share. */
export interface StudyRun {
  settings: StudySettings;
  seed: number;
  /** Folder of the cohort. */
  folder: string;
  pool: TaskPool<StudyTasks>;
  checkpoint: Checkpoint;
  options: StudyOptions;
  /** Say a line to a person, without identifiers unless they are to be kept. */
  say: (message: string) => void;
  /** The same for what the readers found odd. */
  warn: (message: string) => void;
}

/**
 * Run the study of Zhang et al. 2020 from files to `report.html` and `results.json`: simulate a cohort
 * (unless `data` names one), read it, separate water and fat (or take the scanner's maps of patients who have
 * no echoes), measure ROIs, fit and judge the models.
 *
 * The same settings, seed, versions and engine give the same `results.json`, byte for byte, with any number
 * of workers and after an interruption. Finished patients and models are kept in `<output>/checkpoint` until
 * the study is complete. Research software, not a medical device.
 *
 * @throws InvalidArgumentError for impossible options, `TableError` for a broken `participants.tsv`,
 * `UnusableCohortError` for a cohort without two classes, `PatientError` for a patient that cannot be
 * measured, `AbortedError` when stopped
 * @example
 * ```ts no-run
 * import { runStudy } from 'steatosis';
 *
 * const { results, reportPath } = await runStudy({ output: 'study-output', seed: 1, quick: true });
 * console.log(results.designs.byPatient.xgboost.testPatient.auc, reportPath);
 * ```
 */
export async function runStudy(options: StudyOptions = {}): Promise<StudyOutcome> {
  return await runStudyWith(studyWorkerUrl(), options);
}

/** {@link runStudy} with the code of its workers; 0 workers compute on the calling thread. */
export async function runStudyWith(
  workerCode: WorkerCode,
  options: StudyOptions,
): Promise<StudyOutcome> {
  const resolved = resolveSettings(options);
  const seed = options.seed ?? 1;
  createRandom(seed);
  const { output = 'study-output', signal, permuteLabels = false } = options;
  const clean = (message: string) => (options.keepIdentifiers ? message : withoutUids(message));
  const say = (message: string) => options.onMessage?.(clean(message));
  const warn = (message: string) => options.onWarning?.(clean(message));
  throwIfAborted(signal);
  const versions = installedVersions();
  const folder = options.data ?? join(output, 'data');
  const pool = openStudyPool(options.workers ?? defaultWorkers(), workerCode);
  try {
    if (options.data === undefined) await simulate(folder, resolved, seed, pool.size, options, say);
    const graded = await studyPatients(folder, resolved.positiveGrade, say);
    const settings = await settleInputs(resolved, options, folder, graded, say);
    const patients = permuteLabels ? permuteGrades(graded, seed) : graded;
    const checkpoint = await openCheckpoint(
      join(output, 'checkpoint'),
      {
        settings,
        seed,
        permuteLabels,
        versions,
        files: options.data === undefined ? [] : await fingerprint(folder),
      },
      say,
    );
    const run: StudyRun = { settings, seed, folder, pool, checkpoint, options, say, warn };
    const data = await measurePatients(run, graded);
    const labels = patients.map((patient) => labelOf(patient, settings));
    const rows = collectRows(data, labels, settings);
    const plans = planDesigns(rows, settings, seed);
    const fits = await fitModels(run, plans, rows);
    throwIfAborted(signal);
    const judgement = judgeModels(plans, fits.scores, rows, settings.threshold);
    const results = summarise({
      settings,
      versions,
      seed,
      permutedLabels: permuteLabels,
      patients,
      labels,
      data,
      judgement,
      densenetLossPerStep: fits.densenetLossPerStep,
    });
    const means = data.map((p) => meanOfOriginals(p.meanPdffPercent, settings.copies));
    const candidates = means.map((meanPdffPercent, i) => ({ meanPdffPercent, label: labels[i]! }));
    const report = renderReport({
      results,
      curves: judgement.curves,
      shown: representativePatients(candidates).map((i) => ({
        participant: patients[i]!.id,
        grade: patients[i]!.clinical.steatosisGrade,
        meanPdffPercent: means[i]!,
        preview: data[i]!.preview,
      })),
    });
    const resultsPath = join(output, 'results.json');
    const reportPath = join(output, 'report.html');
    await writeWhole(resultsPath, `${JSON.stringify(results, null, 2)}\n`);
    await writeWhole(reportPath, report);
    await checkpoint.remove();
    return { results, reportPath, resultsPath };
  } finally {
    pool.close();
  }
}

async function simulate(
  folder: string,
  settings: StudySettings,
  seed: number,
  workers: number,
  { signal, onProgress }: StudyOptions,
  say: (message: string) => void,
): Promise<void> {
  const report = await writeSimulatedCohort(folder, {
    seed,
    patients: settings.patients!,
    slices: settings.slices!,
    workers,
    signal,
    onWarning: say,
    onProgress: ({ done, total }) =>
      onProgress?.({
        done,
        ...(total === undefined ? {} : { total }),
        message: STAGES.simulating.message,
      }),
  });
  if (report.resumed > 0) say(`${report.resumed} simulated patients were already in ${folder}`);
}

async function openCheckpoint(
  folder: string,
  identity: unknown,
  say: (message: string) => void,
): Promise<Checkpoint> {
  await makeFolders(folder);
  const checkpoint = await Checkpoint.open(folder, identity);
  if (checkpoint.state === 'other-key') {
    say(
      `The checkpoint in ${folder} belongs to other settings, another seed, other versions or other files: starting afresh`,
    );
  }
  return checkpoint;
}

function labelOf(patient: StudyPatient, { positiveGrade }: StudySettings): 0 | 1 {
  return patient.clinical.steatosisGrade >= positiveGrade ? 1 : 0;
}
