/** What the study's table says about a patient; `null` where the table has `n/a`. */
export interface ClinicalRecord {
  ageYears: number | null;
  sex: 'M' | 'F' | null;
  /** Histological grade of hepatic steatosis, 0 … 3. */
  steatosisGrade: number | null;
  /** Grade of pancreatic steatosis, 0 … 3. */
  pancreaticSteatosisGrade: number | null;
  metabolicSyndrome: boolean | null;
}

/** One line of `participants.tsv`. */
export interface Participant {
  /** With BIDS' prefix: `sub-01`. */
  id: string;
  clinical: ClinicalRecord;
}

/** Columns of `participants.tsv` that this package knows, in the order in which it writes them. */
export const PARTICIPANT_COLUMNS = [
  'participant_id',
  'age',
  'sex',
  'steatosis_grade',
  'pancreatic_steatosis_grade',
  'metabolic_syndrome',
] as const;
