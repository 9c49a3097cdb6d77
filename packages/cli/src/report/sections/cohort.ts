import { cohortCellText } from '../format.js';
import { type Html, html, type Row, table } from '../html.js';
import type { ReportInput } from '../report-input.js';

/** The cohort table and the paper's cohort beside it. */
export function cohortSection({ results }: ReportInput): Html {
  const { cohort, paper, settings, features } = results;
  const rows: Row[] = cohort.table.map((row) => ({
    cells: [
      row.label,
      cohortCellText(row.overall),
      cohortCellText(row.negative),
      cohortCellText(row.positive),
    ],
  }));
  const grades = Object.entries(cohort.grades)
    .map(([grade, count]) => `${count} of grade ${grade}`)
    .join(', ');
  const printed = paper.cohort;
  return html`<section id="cohort">
    <h2>Cohort</h2>
    ${table(
      'Patients: mean ± SD, or n (%)',
      [
        { head: '' },
        { head: `All (n = ${cohort.patients})`, numeric: true },
        {
          head: `Grade < ${settings.positiveGrade} (n = ${cohort.patients - cohort.positives})`,
          numeric: true,
        },
        { head: `Grade ≥ ${settings.positiveGrade} (n = ${cohort.positives})`, numeric: true },
      ],
      rows,
    )}
    ${table(
      'The paper’s cohort and this one',
      [
        { head: '' },
        { head: 'Paper', numeric: true },
        { head: 'Here', numeric: true },
        { head: 'Remark' },
      ],
      [
        {
          cells: [
            'Patients',
            printed.patients,
            cohort.patients,
            settings.cohort === 'simulated'
              ? 'simulated with the scan parameters of the paper'
              : '',
          ],
        },
        {
          cells: [
            'Grades',
            '38 of grade 0, 12 of grade 1',
            grades,
            'the paper names the groups “mild” and “moderate”; on its own scale they are grades 0 and 1',
          ],
        },
        {
          cells: [
            'ROIs of 16×16',
            printed.rois,
            cohort.rois,
            'six for each patient, Couinaud segments II, III, IV, VI, VII, VIII',
          ],
        },
        {
          cells: [
            'Rows after augmentation',
            printed.rois * printed.augmentation,
            cohort.rois * settings.copies,
            `×${settings.copies}: the original and ${settings.copies - 1} variants`,
          ],
        },
        {
          cells: [
            'Features extracted, kept',
            `${printed.featuresExtracted}, ${printed.featuresKept}`,
            `${features.extracted}, ${features.kept}`,
            'the paper says that 27 were removed; 126 − 27 is 99, not 93 (see “What the paper’s numbers cannot be”)',
          ],
        },
      ],
    )}
  </section>`;
}
