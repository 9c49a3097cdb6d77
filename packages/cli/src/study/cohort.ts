import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom, SteatosisError } from '@steatosis/core';
import { type Participant, readCohort } from '@steatosis/io/node';

/** A cohort from which no study can be made. */
export class UnusableCohortError extends SteatosisError {
  readonly code = 'UNUSABLE_COHORT';
  readonly folder: string;

  constructor(folder: string, problem: string) {
    super(`${folder}: ${problem}`);
    this.folder = folder;
  }
}

/** Patients of a study in the order of `participants.tsv`. */
export interface StudyPatient extends Participant {
  clinical: Participant['clinical'] & { steatosisGrade: number };
}

/**
 * The patients of a cohort that have a steatosis grade; those without are named and left out.
 *
 * @throws UnusableCohortError when a class has fewer than two patients
 */
export async function studyPatients(
  folder: string,
  positiveGrade: number,
  onMessage: (message: string) => void,
): Promise<StudyPatient[]> {
  const patients: StudyPatient[] = [];
  for await (const { id, clinical } of readCohort(folder)) {
    const { steatosisGrade } = clinical;
    if (steatosisGrade === null) {
      onMessage(`${id} has no steatosis grade and is left out`);
    } else {
      patients.push({ id, clinical: { ...clinical, steatosisGrade } });
    }
  }
  const positives = patients.filter((p) => p.clinical.steatosisGrade >= positiveGrade).length;
  if (positives < 2 || patients.length - positives < 2) {
    throw new UnusableCohortError(
      folder,
      `${positives} of ${patients.length} graded patients have grade ${positiveGrade} or above; ` +
        'at least two patients of each class are needed. Check participants.tsv and --positive-grade.',
    );
  }
  return patients;
}

/** Give each patient the grade of another one at random: once for each patient, not for each ROI. */
export function permuteGrades(patients: readonly StudyPatient[], seed: number): StudyPatient[] {
  const order = createRandom(seed).split('permute-labels').permutation(patients.length);
  return patients.map(({ id, clinical }, i) => ({
    id,
    clinical: { ...clinical, steatosisGrade: patients[order[i]!]!.clinical.steatosisGrade },
  }));
}

/** Names, sizes and times of all files of a cohort: a checkpoint of other files must not be resumed. */
export async function fingerprint(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(
    (entry) =>
      entry.isFile() && /participants\.tsv$|(^|[/\\])sub-/.test(join(entry.parentPath, entry.name)),
  );
  const lines = await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = await stat(path);
      return `${path} ${size} ${mtimeMs}`;
    }),
  );
  return lines.sort();
}
