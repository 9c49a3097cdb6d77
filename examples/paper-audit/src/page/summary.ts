import type { Audit } from '../audit.ts';
import { interval, list, percent, pText, rangeText } from './format.ts';
import { type Html, html, table } from './html.ts';

/** One line per printed figure: what its own counts say, and whether the two agree. */
export function summarySection(audit: Audit): Html {
  const { table2, gender, majority, accuracies, areas } = audit;
  const pair = (name: string) => table2.pairs.find((found) => found.name === name)!;
  const [age, pancreas, metabolic] = [
    pair('Age'),
    pair('Pancreatic steatosis grade'),
    pair('Metabolic syndrome'),
  ] as const;
  const agrees = html`<span class="tag yes">can be reconciled</span>`;
  const not = html`<span class="tag no">cannot be reconciled</span>`;
  const reading = html`<span class="tag reading">depends on a reading</span>`;
  const above = majority.models.filter((model) => model.above).map(({ name }) => name);
  const patients = areas.units[0]!;
  return html`<section id="summary">
    <h2>In short</h2>
    ${table(
      'Printed figures beside the printed counts',
      ['Printed', 'What follows from the counts', ''],
      [
        [
          `Age: ${age.coefficient}, P ${age.p}`,
          `Fits ${rangeText(age.rows)} rows; at 50 patients P would be ${pText(age.pAt[0]!.p)}.`,
          reading,
        ],
        [
          `Gender: ${gender.printed}, P ${pair('Gender').p}`,
          `24 men and 14 women of grade 0, 6 and 6 of grade 1 give ${gender.phi.toFixed(4)}, P ${pText(gender.p)}.`,
          not,
        ],
        [
          `Pancreatic grade: ${pancreas.coefficient}, P ${pancreas.p}`,
          `Fits ${rangeText(pancreas.rows, pancreas.open)} rows. P is a rounding: < 0.001, at 50 patients ${pText(pancreas.pAt[0]!.p)}.`,
          agrees,
        ],
        [
          `Metabolic syndrome: ${metabolic.coefficient}, P ${metabolic.p}`,
          `Fits ${metabolic.rows === undefined ? 'no number of rows' : rangeText(metabolic.rows)}. Read as 0.089 it fits ${rangeText(table2.shifted.rows)} rows.`,
          reading,
        ],
        [
          'All of Table 2 together',
          `With 0.089 for 0.890 all four pairs share ${rangeText(table2.common)} rows, which is neither 50 patients nor 300 ROIs.`,
          reading,
        ],
        [
          'Four test accuracies',
          `No common number of cases among ${accuracies.plausibleTried} plausible ones; only ${list(accuracies.fittingAll)} below ${accuracies.below}.`,
          not,
        ],
        [
          'Accuracy as a performance',
          `Always “grade 0” is right for ${percent(majority.rate)} of the cohort; ${list(above)} alone is above it.`,
          reading,
        ],
        [
          `Highest area ${areas.difference.high.toFixed(2)}, lowest ${areas.difference.low.toFixed(2)}`,
          `On 12 and 38 patients ${interval(patients.areas.at(-1)!.interval)} and ${interval(patients.areas[0]!.interval)}: both are possible, their order is open (z = ${areas.difference.z.toFixed(2)}).`,
          agrees,
        ],
      ],
    )}
    <p>
      “Cannot be reconciled” says that two printed figures do not fit each other. It does not say
      which of them is the slip, and nothing here says anything about the patients themselves.
    </p>
  </section>`;
}
