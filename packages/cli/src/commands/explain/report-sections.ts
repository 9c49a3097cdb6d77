import { captioned, NOT_A_DEVICE } from '../../models/page.js';
import { fixed } from '../../report/format.js';
import { type Html, html } from '../../report/html.js';
import { featureSizes } from './explained.js';
import type { ExplainOptions } from './options.js';
import type { ExplainFigures, Explanation } from './report-files.js';

/** The sections of the page of an explanation. */
export function explainSections(
  { explained, interactions, permutations }: Explanation,
  figures: ExplainFigures,
  options: ExplainOptions,
): Html[] {
  const { model, rows, table, features, outputs } = explained;
  const used = featureSizes(explained).filter(({ meanAbsolute }) => meanAbsolute > 0).length;
  const dots = figures.rowsShown < rows.length ? ` (${figures.rowsShown} rows, evenly spread)` : '';
  return [
    html`<header>
      <h1>How the model predicts ${model.target}</h1>
      <p class="lede">
        SHAP values of ${rows.length} of ${table.rows} rows: what each of ${features.names.length}
        features adds to the raw score of a row, against the average row.
      </p>
      <ul class="facts">
        <li>
          ${model.origin === 'steatosis' ? 'model of steatosis train' : `model of ${model.origin}`}
        </li>
        <li>
          ${options.background === undefined ? 'path-dependent' : 'interventional, with background rows'}
        </li>
        <li>${used} of ${features.names.length} features act</li>
      </ul>
      <div class="note">
        <p>
          <strong>${NOT_A_DEVICE}</strong> SHAP values say what the model does with the features,
          not what causes the outcome, and a prediction is no diagnosis.
        </p>
      </div>
    </header>`,
    html`<section>
      <h2>Every row</h2>
      ${figures.swarms.map(({ figure, name }) =>
        captioned(
          figure,
          html`A dot is a row${dots}: to the right the feature raises the ${name}, to the left it
          lowers it. The colour is the value of the feature from its 5th to its 95th percentile,
          grey where it is missing.`,
        ),
      )}
    </section>`,
    html`<section>
      <h2>On average</h2>
      ${captioned(
        figures.sizes,
        html`Mean size of the SHAP values, whatever their
        sign${outputs > 1 ? ', over the classes' : ''}. Features that say the same thing share what
        they say.`,
      )}
    </section>`,
    figures.dependences.length === 0
      ? html``
      : html`<section>
          <h2>Against the value of the feature</h2>
          <div class="row three">
            ${figures.dependences.map(({ figure }) => html`<figure>${figure}</figure>`)}
          </div>
          <p>
            Where dots of one value stand above each other, other features have a say in what this
            one adds.
          </p>
        </section>`,
    interactions === undefined || figures.interactions === undefined
      ? html``
      : html`<section>
          <h2>Pairs of features</h2>
          ${captioned(
            figures.interactions,
            html`What pairs of features add together beyond what each adds alone: mean size of the
            SHAP interaction values. ${interactions.length} pairs act together.`,
          )}
        </section>`,
    permutations === undefined || figures.permutations === undefined
      ? html``
      : html`<section>
          <h2>When values are dealt anew</h2>
          ${captioned(
            figures.permutations,
            html`Permutation importance on ${permutations.rows} rows: ${permutations.scoring} is
            ${fixed(permutations.score, 3)}, and falls by so much when the values of one feature are
            dealt anew among the
            rows${options.group === undefined ? '' : ', those of a group together'}. It means what
            it says only on rows that the model was not trained on.`,
          )}
        </section>`,
  ];
}
