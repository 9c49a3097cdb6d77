import { createRandom } from '@steatosis/core';

/** A row of a made-up table of features: six regions of each patient, the grade the same in all of them. */
export type MadeUpRow = {
  ID: string;
  Label: number;
  grade: number;
  pdff: number;
  original_firstorder_Mean: number;
  original_glcm_Contrast: number;
  original_ngtdm_Busyness: number;
};

/** The features of the made-up table. */
export const MADE_UP_FEATURES = [
  'original_firstorder_Mean',
  'original_glcm_Contrast',
  'original_ngtdm_Busyness',
] as const;

/** Patients of the grades 0 … 3 in turn; the mean rises with the grade, the contrast falls, the third is noise. */
export function madeUpRows(patients = 24, regions = 4, seed = 5): MadeUpRow[] {
  const random = createRandom(seed);
  const noise = (): number => random.normal();
  return Array.from({ length: patients }, (_, p) => p).flatMap((p) => {
    const grade = p % 4;
    const pdff = 3 + 5 * grade + noise();
    return Array.from({ length: regions }, (__, r) => ({
      ID: `p${String(p).padStart(2, '0')}`,
      Label: r + 1,
      grade,
      pdff,
      original_firstorder_Mean: 5 * grade + 3 * noise(),
      original_glcm_Contrast: -grade + 1.5 * noise(),
      original_ngtdm_Busyness: noise(),
    }));
  });
}

/** Rows as comma-separated values. */
export function csvOf(
  rows: readonly Readonly<Record<string, string | number>>[],
  columns: readonly string[] = Object.keys(rows[0]!),
): string {
  const line = (row: Readonly<Record<string, string | number>>): string =>
    columns.map((name) => String(row[name] ?? '')).join(',');
  return [columns.join(','), ...rows.map(line), ''].join('\n');
}
