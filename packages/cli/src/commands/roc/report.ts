import { jsonText } from '../../command-line/output.js';
import { BLUE, GREEN, ORANGE } from '../../models/figures/axes.js';
import { rocLegendFigure } from '../../models/figures/roc-legend-figure.js';
import type { ReportFile } from '../../models/folder-output.js';
import { captioned, NOT_A_DEVICE, pageText } from '../../models/page.js';
import { type Html, html, table } from '../../report/html.js';
import { svgFile } from '../../report/plot-figure.js';
import type { RocAnalysis, RocResults } from './analyse.js';
import {
  areaTable,
  comparisonTable,
  headLine,
  methodLines,
  type TextTable,
  thresholdTable,
} from './summary.js';

const COLOURS = [BLUE, ORANGE, GREEN, '#CC79A7', '#E69F00', '#56B4E9', '#888888', '#000000'];

/** The curves of all scores in one picture. */
export function rocPicture({ results, curves }: RocAnalysis): Html {
  return rocLegendFigure(
    curves.map((curve, i) => ({
      name: results.scores[i]!.name,
      curve,
      colour: COLOURS[i % COLOURS.length]!,
      // Beyond the colours that can be told apart lines differ by their dashes.
      dash: Math.floor(i / COLOURS.length),
    })),
    `ROC curves for ${results.label}`,
  );
}

/** The page with curves, tables and warnings. */
export function rocPage(picture: Html, results: RocResults, warnings: readonly string[]): string {
  const title = `ROC curves for ${results.label}`;
  const tables: [string, TextTable | undefined][] = [
    ['Area under the curve', areaTable(results)],
    ['Threshold with the greatest Youden index', thresholdTable(results)],
    ['Differences between scores', comparisonTable(results)],
  ];
  return pageText(title, [
    html`<header>
      <h1>${title}</h1>
      <p class="lede">${headLine(results)}.</p>
      <div class="note">
        <p>
          <strong>${NOT_A_DEVICE}</strong> A threshold found here is no rule for treating anybody.
        </p>
      </div>
      ${warnings.map(
        (warning) =>
          html`<div class="note bad">
            <p><strong>Warning:</strong> ${warning}.</p>
          </div>`,
      )}
    </header>`,
    html`<section>
      ${captioned(
        picture,
        `Sensitivity against 1 − specificity; the dashed line is chance${
          thresholdTable(results) === undefined
            ? ''
            : ', a dot the threshold with the greatest Youden index'
        }.`,
      )}
      ${tables.map(([caption, found]) => (found === undefined ? html`` : pageTable(caption, found)))}
      ${methodLines(results).map((line) => html`<p>${line}</p>`)}
    </section>`,
  ]);
}

/** Everything, for a folder. */
export function rocFiles(analysis: RocAnalysis, warnings: readonly string[]): ReportFile[] {
  const { results } = analysis;
  const picture = rocPicture(analysis);
  return [
    ['roc.svg', svgFile(picture)],
    ['roc.json', jsonText({ ...results, warnings })],
    ['index.html', rocPage(picture, results, warnings)],
  ];
}

function pageTable(caption: string, { heads, rows }: TextTable): Html {
  return table(
    caption,
    heads.map((head, i) => ({ head, numeric: i > 0 })),
    rows.map((cells) => ({ cells })),
  );
}
