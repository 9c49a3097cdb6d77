import type { EncodedFile } from '../bids/encode-multi-echo.js';
import { type CheckedCohortSettings, simulatePatient } from './cohort.js';
import type { CohortCell } from './composition.js';
import { encodePatient, type CheckedFileOptions } from './encode-patient.js';

/** Input of the task `patient`. */
interface PatientInput {
  settings: CheckedCohortSettings;
  index: number;
  cell: CohortCell;
  files: CheckedFileOptions;
}

/** Simulate one patient up to the bytes of its files. */
async function patient({ settings, index, cell, files }: PatientInput): Promise<EncodedFile[]> {
  return await encodePatient(simulatePatient(settings, index, cell), files);
}

/** What a worker of the simulator can do. */
export function simulateTasks(): { patient: typeof patient } {
  return { patient };
}
