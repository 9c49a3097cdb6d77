import path from 'node:path';
import { type LongTaskOptions, TaskPool, throwIfAborted } from '@steatosis/core';
import { checkedOptions } from '../options.js';
import { drawClinicalTable } from '../simulate/clinical-draw.js';
import {
  checkedCohortSettings,
  COHORT_KEYS,
  type CohortSettings,
  patientId,
} from '../simulate/cohort.js';
import { cohortCells } from '../simulate/composition.js';
import { checkedFileOptions, json, type PatientFileOptions } from '../simulate/encode-patient.js';
import { simulateTasks } from '../simulate/simulate.tasks.js';
import source from '../simulate/simulate.worker.ts?worker-source';
import { writeFileAtomic } from './atomic-write.js';
import type { Participant } from './clinical.js';
import { SimulatedFolder } from './simulated-folder.js';
import { writeParticipants } from './write-cohort.js';

/** Options of {@link writeSimulatedCohort}. */
export interface WriteSimulatedCohortOptions
  extends CohortSettings, PatientFileOptions, LongTaskOptions {
  /** Called when patients of other settings had to be removed from the folder. */
  onWarning?: ((message: string) => void) | undefined;
}

/** What {@link writeSimulatedCohort} did. */
export interface SimulatedCohortReport {
  participants: Participant[];
  /** Patients simulated in this call. */
  simulated: number;
  /** Patients that an earlier call had finished. */
  resumed: number;
}

/** Raised whenever the same settings would give other bytes. */
const SIMULATOR_VERSION = 1;

/**
 * Simulate a cohort and write it as a BIDS folder, as `readCohort` reads it: echoes as 16-bit NIfTI with
 * sidecars, `derivatives/rois` with six regions a patient, and `participants.tsv`, which comes last.
 *
 * Files appear whole or not at all. Called again after an interruption it goes on with the patients that
 * are missing; a folder begun with other settings is started afresh. The bytes do not depend on the number
 * of workers. Progress counts patients.
 *
 * @throws InvalidArgumentError for impossible settings, FolderInUseError when the folder holds other
 * patients, FileAccessError when the disk refuses, AbortedError when stopped
 * @example
 * ```ts no-run
 * import { writeSimulatedCohort } from '@steatosis/io/node';
 *
 * const { participants } = await writeSimulatedCohort('cohort', { seed: 1, patients: 50, workers: 2 });
 * console.log(participants.length);
 * ```
 */
export async function writeSimulatedCohort(
  folder: string,
  options: WriteSimulatedCohortOptions,
): Promise<SimulatedCohortReport> {
  checkedOptions('writeSimulatedCohort', options, [
    ...COHORT_KEYS,
    'part',
    'gzipLevel',
    'truth',
    'signal',
    'onProgress',
    'workers',
    'onWarning',
  ]);
  const { signal, onProgress } = options;
  const settings = checkedCohortSettings(options);
  const files = checkedFileOptions(options);
  throwIfAborted(signal);
  const pool = new TaskPool({
    tasks: simulateTasks(),
    code: source,
    workers: options.workers ?? 0,
  });
  try {
    const target = new SimulatedFolder(folder, {
      simulator: SIMULATOR_VERSION,
      settings,
      files,
    });
    if (await target.claim()) {
      options.onWarning?.(
        `${folder} held a cohort simulated with other settings; it was removed and simulation starts afresh.`,
      );
    }
    const cells = cohortCells(settings.patients, settings.seed);
    const ids = cells.map((_, index) => patientId(index, settings.patients));
    const missing: number[] = [];
    for (const [index, id] of ids.entries()) {
      throwIfAborted(signal);
      if (!(await target.isComplete(id))) missing.push(index);
    }
    const resumed = ids.length - missing.length;
    let done = resumed;
    onProgress?.({ done, total: ids.length });
    await inLanes(missing, Math.max(1, pool.size), signal, async (index, stop) => {
      const input = { settings, index, cell: cells[index], files };
      const encoded = await pool.run('patient', input, { signal: stop });
      await target.writePatient(ids[index], encoded);
      onProgress?.({ done: ++done, total: ids.length, message: ids[index] });
    });
    throwIfAborted(signal);
    const rows = drawClinicalTable(settings.patients, settings.seed, settings);
    const participants = rows.map(({ clinical }, index) => ({ id: ids[index], clinical }));
    await writeTables(folder, participants, files.truth);
    return { participants, simulated: missing.length, resumed };
  } finally {
    pool.close();
  }
}

/** Work through a list, some at a time; the first failure or an abort stops the others. */
async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  signal: AbortSignal | undefined,
  work: (item: Item, stop: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', abort);
  let next = 0;
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    try {
      while (next < items.length) {
        throwIfAborted(stop.signal);
        await work(items[next++], stop.signal);
      }
    } catch (error) {
      failures.push(error);
      stop.abort(error);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  signal?.removeEventListener('abort', abort);
  // The first failure is the cause; those of the other lanes follow from it.
  if (failures.length > 0) throw failures[0];
}

const COLUMN_DESCRIPTIONS = {
  age: { Description: 'Age at examination', Units: 'year' },
  sex: { Description: 'Sex', Levels: { M: 'male', F: 'female' } },
  steatosis_grade: {
    Description: 'Histological grade of hepatic steatosis: share of hepatocytes that hold fat',
    Levels: { 0: '0-5 %', 1: '5-33 %', 2: '34-66 %', 3: 'above 66 %' },
  },
  pancreatic_steatosis_grade: {
    Description: 'Grade of pancreatic steatosis by pancreatic PDFF',
    Levels: { 0: 'to 6.2 %', 1: 'to 13 %', 2: 'to 22 %', 3: 'above 22 %' },
  },
  metabolic_syndrome: { Description: 'Metabolic syndrome', Levels: { yes: 'yes', no: 'no' } },
};

async function writeTables(
  folder: string,
  participants: readonly Participant[],
  truth: boolean,
): Promise<void> {
  const generatedBy = [{ Name: '@steatosis/io simulator', Version: String(SIMULATOR_VERSION) }];
  for (const name of ['rois', 'simulation', ...(truth ? ['truth'] : [])]) {
    await writeFileAtomic(
      path.join(folder, 'derivatives', name, 'dataset_description.json'),
      json({
        Name: `Simulated cohort: ${name}`,
        BIDSVersion: '1.10.0',
        DatasetType: 'derivative',
        GeneratedBy: generatedBy,
      }),
    );
  }
  await writeFileAtomic(path.join(folder, 'participants.json'), json(COLUMN_DESCRIPTIONS));
  await writeParticipants(folder, participants);
}
