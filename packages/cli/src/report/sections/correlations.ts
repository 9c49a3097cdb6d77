import type { ClinicalVariable, CorrelationResult } from '../../study/results.js';
import { fixed, intervalText, pText, stacked } from '../format.js';
import { type Html, html, table } from '../html.js';
import type { ReportInput } from '../report-input.js';

const VARIABLES: readonly { key: ClinicalVariable; name: string }[] = [
  { key: 'age', name: 'Age' },
  { key: 'sex', name: 'Sex (women 1, men 0)' },
  { key: 'pancreaticSteatosisGrade', name: 'Pancreatic steatosis grade' },
  { key: 'metabolicSyndrome', name: 'Metabolic syndrome (yes 1)' },
];

/** The paper's Table 2 beside ours, over patients. */
export function correlationSection({ results }: ReportInput): Html {
  const columns = [
    { head: 'With the steatosis grade' },
    { head: 'Paper: coefficient, P', numeric: true },
    { head: 'n that the pair implies', numeric: true },
    { head: 'P of that coefficient at n = 50', numeric: true },
    { head: 'Spearman here', numeric: true },
    { head: 'P', numeric: true },
    { head: 'Pearson here', numeric: true },
    { head: 'P', numeric: true },
    { head: 'n', numeric: true },
  ];
  return html`<section id="table2">
    <h2>Table 2 of the paper, and ours</h2>
    <p>
      Correlations of the steatosis grade with the clinical table, one row for each patient,
      two-sided P. The paper announces Pearson in its methods and Spearman in its results; both are
      given.${
        results.settings.cohort === 'simulated'
          ? ' In a simulated cohort the strength of these relations is an input, not a finding.'
          : ''
      }
    </p>
    ${table(
      'Correlation with the steatosis grade (95 % interval below)',
      columns,
      VARIABLES.map(({ key, name }) => {
        const printed = results.paper.table2[key];
        const { spearman, pearson } = results.correlations[key];
        return {
          cells: [
            name,
            `${fixed(printed.coefficient, 3)}, ${printed.p === 0 ? '“0.000”' : fixed(printed.p, 3)}`,
            printed.impliedN,
            pText(printed.pAt50),
            coefficientCell(spearman),
            pText(spearman.p),
            coefficientCell(pearson),
            pText(pearson.p),
            spearman.n,
          ],
        };
      }),
    )}
    ${table(
      'By sex (Spearman, 95 % interval below)',
      [
        { head: '' },
        { head: 'Paper, women: P', numeric: true },
        { head: 'Women here', numeric: true },
        { head: 'P', numeric: true },
        { head: 'n', numeric: true },
        { head: 'Men here', numeric: true },
        { head: 'P', numeric: true },
        { head: 'n', numeric: true },
      ],
      VARIABLES.flatMap(({ key, name }) => {
        if (key === 'sex') return [];
        const women = results.correlationsBySex.women[key].spearman;
        const men = results.correlationsBySex.men[key].spearman;
        const printed = {
          age: fixed(results.paper.women.ageP, 3),
          pancreaticSteatosisGrade: 'not printed',
          metabolicSyndrome: fixed(results.paper.women.metabolicSyndromeP, 3),
        }[key];
        return [
          {
            cells: [
              name,
              printed,
              coefficientCell(women),
              pText(women.p),
              women.n,
              coefficientCell(men),
              pText(men.p),
              men.n,
            ],
          },
        ];
      }),
    )}
    <p>
      The P values are not corrected for the number of tests; a subgroup’s P is no evidence that the
      sexes differ.
    </p>
  </section>`;
}

function coefficientCell(result: CorrelationResult): string | Html {
  if (result.coefficient === null) return '–';
  return stacked(fixed(result.coefficient, 3), intervalText(result.interval));
}
