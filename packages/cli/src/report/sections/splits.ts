import { DESIGNS } from '../../study/designs.js';
import type { PartCounts } from '../../study/rows.js';
import { type Html, html, type Row, table } from '../html.js';
import type { ReportInput } from '../report-input.js';

/** What the three designs are, and how many patients, ROIs and rows stand in each part. */
export function splitSection({ results }: ReportInput): Html {
  const rows = DESIGNS.flatMap((design): Row[] => {
    const split = results.splits[design];
    const line = (name: string, part: PartCounts, kind?: Row['kind']): Row => ({
      cells: [name, both(part.patients), both(part.rois), both(part.rows)],
      ...(kind === undefined ? {} : { kind }),
    });
    return [
      { kind: 'group', cells: [html`${split.title} ${leakTag(split.leaks)}`] },
      line('fitted on', split.fit),
      line('judged, training', split.train),
      line('judged, test', split.test),
    ];
  });
  const share = Math.round(100 * results.settings.testShare);
  return html`<section id="designs">
    <h2>Three ways to hold data out</h2>
    <p>
      The paper does not say at which level it split its data, so none of these designs is “the
      paper’s”. One split with ${share} % held out is drawn for each, stratified by class. In two of
      them the same patient stands on both sides: they are shown because they are common, and they
      are no performance.
    </p>
    <ul>
      ${DESIGNS.map((design) => html`<li><strong>${results.splits[design].title}.</strong> ${leakTag(results.splits[design].leaks)} ${results.splits[design].how}</li>`)}
    </ul>
    ${table(
      'Counts of each part: class 0 + class 1',
      [
        { head: '' },
        { head: 'Patients', numeric: true },
        { head: 'ROIs', numeric: true },
        { head: 'Rows', numeric: true },
      ],
      rows,
    )}
  </section>`;
}

export function leakTag(leaks: boolean): Html {
  return leaks
    ? html`<span class="tag leak">leaks</span>`
    : html`<span class="tag result">the result</span>`;
}

function both({ negative, positive }: { negative: number; positive: number }): string {
  return `${negative} + ${positive}`;
}
