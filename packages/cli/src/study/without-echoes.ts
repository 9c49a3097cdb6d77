import { readCohort } from '@steatosis/io/node';
import { type StudyPatient, UnusableCohortError } from './cohort.js';
import type { StudyOptions } from './options.js';
import { PatientError } from './patient-error.js';
import type { StudySettings } from './settings.js';

/**
 * Settings for a cohort in which patients may have maps instead of echoes: unless told otherwise the DenseNet
 * then sees the PDFF map of every patient, and that is said.
 *
 * @throws UnusableCohortError when the options ask for echoes that some patients do not have
 * @throws PatientError for a patient without images
 */
export async function settleInputs(
  settings: StudySettings,
  { densenetInput }: StudyOptions,
  folder: string,
  patients: readonly StudyPatient[],
  say: (message: string) => void,
): Promise<StudySettings> {
  const without = await patientsWithoutEchoes(folder, patients);
  if (without.length === 0) return settings;
  const names = `${without.slice(0, 3).join(', ')}${without.length > 3 ? ', …' : ''}`;
  const fact = `${without.length} of ${patients.length} patients have maps of the scanner and no echoes (${names})`;
  if (settings.featureImage === 'firstEcho') {
    throw new UnusableCohortError(
      folder,
      `${fact}, so features of the first echo cannot be had; use --feature-image pdff.`,
    );
  }
  if (densenetInput === 'magnitudes') {
    throw new UnusableCohortError(
      folder,
      `${fact}, so the DenseNet cannot see magnitudes of echoes; use --densenet-input pdff, or leave it out.`,
    );
  }
  if (settings.densenetInput === 'pdff') {
    say(`${fact}: their PDFF is the scanner's`);
    return settings;
  }
  say(`${fact}: their PDFF is the scanner's, and the DenseNet sees the PDFF map of every patient`);
  return { ...settings, densenetInput: 'pdff' };
}

async function patientsWithoutEchoes(
  folder: string,
  patients: readonly StudyPatient[],
): Promise<string[]> {
  const asked = new Set(patients.map(({ id }) => id));
  const without: string[] = [];
  for await (const found of readCohort(folder)) {
    if (!asked.has(found.id)) continue;
    try {
      if ((await found.imageKind()) === 'maps') without.push(found.id);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      throw new PatientError(found.id, problem, error);
    }
  }
  return without;
}
