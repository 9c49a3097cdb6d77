/** Sections 1 to 3: the correlations. */
import type { Audit } from '../audit.ts';
import { rowsFigure } from './figures.ts';
import { interval, list, pText, rangeText } from './format.ts';
import { type Html, html, table } from './html.ts';

export function table2Section(audit: Audit): Html {
  const { pairs, shifted, common, metabolicTables, metabolicAtFewRows } = audit.table2;
  const sizes = shifted.pAt.map(({ rows }) => rows);
  const patientsTimesSix = [44, 45].map((patients) => `${patients * 6} = ${patients} × 6`);
  return html`<section id="table2">
    <h2>1 · Table 2: coefficient, P and number of rows</h2>
    <p>
      Two of the three determine the third: P = 2 P(T<sub>n−2</sub> > |r| √((n−2)/(1−r²))), which is
      what SPSS prints for Pearson’s and for Spearman’s coefficient. Every printed decimal is read
      as all numbers that round to it.
    </p>
    <figure>
      ${rowsFigure(audit)}
      <figcaption>
        Numbers of rows that give each printed pair. Red: metabolic syndrome read as 0.089, and the
        rows that it then shares with all others.
      </figcaption>
    </figure>
    ${table(
      'Pairs of Table 2',
      [
        'Variable',
        'Coefficient, P',
        'Rows that give the pair',
        ...sizes.map((n) => `P at n = ${n}`),
      ],
      [...pairs, shifted].map(({ name, coefficient, p, rows, open, pAt }) => [
        name,
        `${coefficient}, ${p}`,
        rangeText(rows, open),
        ...pAt.map((at) => pText(at.p, at.logP)),
      ]),
    )}
    <p>
      With 0.089 for 0.890, a decimal point moved by one place, all four rows agree on
      ${rangeText(common)} rows and on nothing else. ${list(patientsTimesSix)} is what ROIs of 44 or
      45 patients would give; the paper does not say so, this is an inference. If the rows are ROIs,
      every patient counts six times and the P values are too small.
    </p>
    <p>
      As printed, 0.890 with P 0.147 fits no number of rows (P would be
      ${metabolicAtFewRows.map(({ rows, p }) => `${p.toFixed(3)} at n = ${rows}`).join(', ')}, and
      smaller for every larger one). As a coefficient alone, 0.890 can occur among 12 and 38
      patients:
      ${list(
        metabolicTables.map(
          ({ yes, yesInGrade1, phi }) =>
            `${yes} with the syndrome, ${yesInGrade1} of them of grade 1 (φ ${phi.toFixed(4)})`,
        ),
      )};
      P is then about 10⁻¹⁷. For a yes/no variable on these patients 0.089 and 0.035 cannot occur.
      The text names only the pancreatic grade as highly correlated, which fits 0.089.
    </p>
  </section>`;
}

export function genderSection({ gender }: Audit): Html {
  const { counts, subCohorts } = gender;
  const [[men0, women0], [men1, women1]] = counts;
  const possible = subCohorts.filter((sub) => sub.counts.length > 0);
  const impossible = subCohorts.filter((sub) => sub.counts.length === 0);
  return html`<section id="gender">
    <h2>2 · Gender: ${gender.printed} against the printed counts</h2>
    ${table(
      `${men0} men and ${women0} women of grade 0, ${men1} and ${women1} of grade 1`,
      ['', 'Value', 'P'],
      [
        ['φ = Pearson = Spearman', gender.phi.toFixed(4), `${pText(gender.p)} (n = 50)`],
        [
          `the same with every patient six times (n = ${gender.repeatedRows})`,
          gender.phi.toFixed(4),
          pText(gender.pRepeated),
        ],
        ['Fisher’s exact test', '', pText(gender.fisherP)],
        [
          'χ²',
          '',
          `${pText(gender.chiSquareP)}, with Yates’s correction ${pText(gender.chiSquareYatesP)}`,
        ],
        [
          'odds ratio (Woolf)',
          `${gender.oddsRatio.toFixed(3)} (${interval(gender.oddsRatioInterval, 3)})`,
          '',
        ],
        [
          'conditional odds ratio (exact)',
          `${gender.conditionalOddsRatio.toFixed(3)} (${interval(gender.conditionalInterval, 3)})`,
          '',
        ],
      ],
    )}
    <p>
      With 20 women of 50 the coefficients nearest to ${gender.printed} that can occur are
      ${list(gender.nearest.map((value) => value.toFixed(4)))}. Leaving patients out does not help:
      no sub-cohort of ${list(impossible.map(({ patients }) => patients))} of these patients has |φ|
      =
      ${gender.printed}${possible.map(
        ({ patients, counts: found }) =>
          ` (of ${patients} there is ${found.length === 1 ? 'one' : found.length}: ${found.map((c) => `${c[0].join('/')} and ${c[1].join('/')}`).join('; ')}; ${patients} × 6 = ${patients * 6} rows lie outside section 1’s range)`,
      )}.
      Counting every patient six times leaves the coefficient alone and makes P
      ${pText(gender.pRepeated)}: repeated rows look like evidence.
    </p>
  </section>`;
}

export function womenSection({ women }: Audit): Html {
  return html`<section id="women">
    <h2>3 · Women only</h2>
    <p>No coefficient is printed for the ${women.women} women, only P. Such a P needs at least:</p>
    ${table(
      'Coefficients that the printed P values need',
      ['Variable', 'P', `|r| for ${women.women} patients`, `|r| for ${women.rows} ROIs`],
      women.needed.map(({ name, p, byPatient, byRoi }) => [
        name,
        p,
        byPatient.toFixed(3),
        byRoi.toFixed(3),
      ]),
    )}
    <p>
      Four variables in three groups are at least ${women.tests} tests, so the smallest P would have
      to be below ${women.threshold.toFixed(4)} (Holm). An interaction test, which would show that
      women and men differ, is not reported.
    </p>
  </section>`;
}
