import { createRandom, InvalidArgumentError } from '@steatosis/core';

/** Sex and histological grade of one patient: what the composition of the cohort fixes. */
export interface CohortCell {
  sex: 'M' | 'F';
  steatosisGrade: 0 | 1;
}

/** The cohort of Zhang et al. 2020. */
const PAPER_CELLS: readonly (CohortCell & { patients: number })[] = [
  { sex: 'M', steatosisGrade: 0, patients: 24 },
  { sex: 'F', steatosisGrade: 0, patients: 14 },
  { sex: 'M', steatosisGrade: 1, patients: 6 },
  { sex: 'F', steatosisGrade: 1, patients: 6 },
];
const PAPER_PATIENTS = 50;

/**
 * Sex and grade of every patient, in an order that the seed shuffles.
 *
 * 50 patients are the paper's 24 + 6 men and 14 + 6 women. Other numbers share the cells out by largest
 * remainder (ties go to the earlier cell of grade 0 men, grade 0 women, grade 1 men, grade 1 women); from
 * two patients on at least one has grade 1, taken from the largest cell of grade 0.
 */
export function cohortCells(patients: number, seed: number): CohortCell[] {
  if (!Number.isInteger(patients) || patients < 1 || patients > 99_999) {
    throw new InvalidArgumentError('patients', patients, 'an integer 1 … 99999');
  }
  const counts = shareOut(patients);
  const ordered = PAPER_CELLS.flatMap(({ sex, steatosisGrade }, cell) =>
    Array.from({ length: counts[cell] }, (): CohortCell => ({ sex, steatosisGrade })),
  );
  const order = createRandom(seed).split('composition').permutation(patients);
  return Array.from(order, (position) => ordered[position]);
}

function shareOut(patients: number): number[] {
  // Whole-number arithmetic, so that equal remainders compare as equal.
  const scaled = PAPER_CELLS.map((cell) => cell.patients * patients);
  const counts = scaled.map((share) => Math.floor(share / PAPER_PATIENTS));
  const byRemainder = scaled
    .map((share, cell) => ({ cell, remainder: share % PAPER_PATIENTS }))
    .sort((a, b) => b.remainder - a.remainder || a.cell - b.cell);
  const missing = patients - counts.reduce((sum, n) => sum + n, 0);
  for (const { cell } of byRemainder.slice(0, missing)) counts[cell] += 1;
  if (patients >= 2 && counts[2] + counts[3] === 0) {
    counts[counts[0] >= counts[1] ? 0 : 1] -= 1;
    counts[2] += 1;
  }
  return counts;
}
