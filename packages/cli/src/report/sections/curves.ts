import { DESIGNS, type DesignName, MODELS } from '../../study/designs.js';
import type { PartResult } from '../../study/results.js';
import { MODEL_COLOURS, MODEL_NAMES } from '../figure-style.js';
import { aucFigure, designLegend, rocFigure } from '../figures.js';
import { accuracyText, aucText } from '../format.js';
import { type Html, html, rawHtml, table } from '../html.js';
import type { ReportInput } from '../report-input.js';
import { leakTag } from './splits.js';

/** ROC curves with the intervals of their AUC, and all AUC in one figure. */
export function curveSection({ results, curves }: ReportInput): Html {
  const patient = (model: (typeof MODELS)[number]): PartResult =>
    results.designs.byPatient[model].testPatient;
  const panels = DESIGNS.map(
    (design: DesignName) =>
      html`<figure>
        ${rocFigure(curves.roi[design], `ROC curves by ROI, ${results.splits[design].title}`, 340)}
        <figcaption>
          ${results.splits[design].title} ${leakTag(results.splits[design].leaks)}
        </figcaption>
      </figure>`,
  );
  const { positive, negative } = results.splits.byPatient.test.patients;
  return html`<section id="roc">
    <h2>ROC curves on the test rows</h2>
    <div class="row two">
      <figure>
        ${rocFigure(curves.patient, 'ROC curves by patient, split by patient', 470, true)}
        <figcaption>
          Split by patient ${leakTag(false)} One step for each held-out patient; curves are layered,
          so that equal ones show as rims.
        </figcaption>
      </figure>
      <div>
        ${table(
          'Held-out patients: value (95 % interval)',
          [{ head: 'Model' }, { head: 'AUC', numeric: true }, { head: 'Accuracy', numeric: true }],
          MODELS.map((model) => ({
            cells: [
              html`${swatch(MODEL_COLOURS[model])}${MODEL_NAMES[model]}`,
              aucText(patient(model)),
              accuracyText(patient(model)),
            ],
          })),
        )}
        <div class="note">
          <p>
            <strong>How far ${positive + negative} patients reach.</strong> ${positive} of the
            held-out patients are positive and ${negative} are not, so that one patient moves
            sensitivity by ${(100 / positive).toFixed(0)} points. No ranking of the models follows
            from intervals as wide as these, and a model that does not beat the mean PDFF of the ROI
            has shown no use of texture or network.
          </p>
        </div>
      </div>
    </div>
    <h3>The same models by ROI under the three designs</h3>
    <ul class="legend">
      ${MODELS.filter((model) => model !== 'majority').map((model) => html`<li>${swatch(MODEL_COLOURS[model])}${MODEL_NAMES[model]}</li>`)}
    </ul>
    <div class="row three">${panels}</div>
    <h3>AUC and interval, all designs</h3>
    <ul class="legend">
      ${designLegend().map(({ colour, label, leaks }) => html`<li>${swatch(colour)}${label}${leaks ? ' (leaks)' : ''}</li>`)}
      <li>◇ printed in the paper, without interval</li>
    </ul>
    <figure>
      ${aucFigure(results, results.paper, 1000)}
      <figcaption>
        AUC by ROI on the test rows; the intervals take patients as clusters (Obuchowski). Where
        patients or ROIs stand on both sides the interval is as misleading as the value. An AUC of
        exactly 1 has an interval of no width by DeLong, which does not mean certainty.
      </figcaption>
    </figure>
  </section>`;
}

function swatch(colour: string): Html {
  return rawHtml(`<span class="swatch" style="background:${colour}"></span>`);
}
