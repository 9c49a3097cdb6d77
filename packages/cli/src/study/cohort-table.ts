import type { Participant } from '@steatosis/io/node';
import { mean, variance } from '@steatosis/stats';
import type { CohortCell, CohortRow } from './results.js';

/** One patient of the cohort table. */
export interface CohortPatient {
  participant: Participant;
  positive: boolean;
  /** Mean PDFF over the patient's ROIs, percent. */
  meanPdffPercent: number;
}

/** Mean ± SD of the continuous and n (%) of the other variables, for all patients and by class. */
export function cohortTable(patients: readonly CohortPatient[]): CohortRow[] {
  const row = (
    label: string,
    cell: (group: readonly CohortPatient[]) => CohortCell,
  ): CohortRow => ({
    label,
    overall: cell(patients),
    negative: cell(patients.filter((p) => !p.positive)),
    positive: cell(patients.filter((p) => p.positive)),
  });
  const continuous = (label: string, value: (p: CohortPatient) => number | null) =>
    row(label, (group) => meanCell(group.map(value)));
  const count = (label: string, value: (p: CohortPatient) => boolean | null) =>
    row(label, (group) => countCell(group.map(value)));
  const grades = [0, 1, 2, 3].filter((grade) =>
    patients.some((p) => p.participant.clinical.pancreaticSteatosisGrade === grade),
  );
  return [
    continuous('Age, years', (p) => p.participant.clinical.ageYears),
    count('Men', ({ participant: { clinical } }) =>
      clinical.sex === null ? null : clinical.sex === 'M',
    ),
    count('Women', ({ participant: { clinical } }) =>
      clinical.sex === null ? null : clinical.sex === 'F',
    ),
    continuous('Mean PDFF of the ROIs, %', (p) => p.meanPdffPercent),
    ...grades.map((grade) =>
      count(`Pancreatic steatosis grade ${grade}`, ({ participant: { clinical } }) =>
        clinical.pancreaticSteatosisGrade === null
          ? null
          : clinical.pancreaticSteatosisGrade === grade,
      ),
    ),
    count('Metabolic syndrome', (p) => p.participant.clinical.metabolicSyndrome),
  ];
}

function meanCell(values: readonly (number | null)[]): CohortCell {
  const known = Float64Array.from(values.filter((value) => value !== null));
  if (known.length === 0) return { kind: 'missing' };
  const spread = known.length > 1 ? Math.sqrt(variance(known)) : null;
  return { kind: 'mean', mean: mean(known), sd: spread, n: known.length };
}

function countCell(values: readonly (boolean | null)[]): CohortCell {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { kind: 'missing' };
  return { kind: 'count', count: known.filter(Boolean).length, n: known.length };
}
