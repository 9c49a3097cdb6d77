import type { FoldSummary, HeldOutResult } from '../../models/evaluation.js';
import { CURVE_KINDS } from '../../models/figures/learning-figure.js';
import { LEARNER_TITLES } from '../../models/learners.js';
import { captioned, legend, NOT_A_DEVICE } from '../../models/page.js';
import { fixed, percent } from '../../report/format.js';
import { type Html, html, table } from '../../report/html.js';
import type { TrainFigures, TrainReport } from './report-files.js';
import { resultTable } from './result-table.js';
import { dataText, evaluationText } from './summary.js';

/** The sections of the page of a training. */
export function reportSections(report: TrainReport, figures: TrainFigures): Html[] {
  return [
    headSection(report),
    resultSection(report, figures),
    learningSection(report, figures),
    importanceSection(figures),
    methodSection(report),
  ];
}

function headSection({ options, data, file }: TrainReport): Html {
  const { source } = options;
  return html`<header>
    <h1>A model for ${file.target}</h1>
    <p class="lede">${LEARNER_TITLES[options.learner]}, ${dataText(data)}.</p>
    <ul class="facts">
      <li>${evaluationText(options)}</li>
      <li>seed ${options.seed}</li>
      <li>steatosis ${file.training.versions['steatosis']}</li>
    </ul>
    <div class="note">
      <p><strong>${NOT_A_DEVICE}</strong> A prediction is no diagnosis.</p>
    </div>
    ${
      source.group === undefined
        ? html`<div class="note bad">
            <p>
              <strong>No group was named.</strong> If several rows are of one patient, the result
              below is better than the model is: it was tested on patients that it had seen. Name
              the column that says whose a row is by <code>--group</code>.
            </p>
          </div>`
        : html``
    }
  </header>`;
}

function resultSection({ options, result, file }: TrainReport, figures: TrainFigures): Html {
  if (result === undefined) {
    return html`<section>
      <h2>Result</h2>
      <p>Nothing was held out, so that nothing is known of how well the model does.</p>
    </section>`;
  }
  const { roc, confusion, observed } = figures;
  return html`<section>
    <h2>Rows that the model had not seen</h2>
    <div class="row two">
      ${roc && captioned(html`${legend(roc.lines)}${roc.figure}`, rocCaption(result))}
      ${observed && captioned(observed, 'Predicted against observed outcomes of held-out rows.')}
      <div>
        ${resultTable(result, options.source.group ?? 'group')}
        ${foldTable(result.folds, scoreName(result))}
      </div>
    </div>
    ${
      result.kind === 'binary'
        ? html`<p>
            The positive class is <strong>${file.classes[1]}</strong>: sensitivity is the share of
            its rows that are found, above a probability of 0.5. Another one is chosen by
            <code>--positive</code>.
          </p>`
        : html``
    }
    ${
      confusion &&
      captioned(confusion, html`Held-out rows: true classes of ${file.target} against predicted.`)
    }
    <p>
      ${
        result.kind === 'values'
          ? 'Intervals of r are Fisher’s; rows of one group are taken for independent in them.'
          : html`Intervals are 95 %: of the AUC by
            DeLong${options.source.group === undefined ? '' : ' with groups as clusters (Obuchowski)'},
            of shares by Wilson, which takes rows for independent. They cover the sampling of rows,
            not the choice of the split.`
      }
      ${
        result.folds.length > 1
          ? 'Each row was predicted by the model of the fold that it was held out of, and all rows are judged together.'
          : ''
      }
    </p>
  </section>`;
}

function rocCaption(result: HeldOutResult): string {
  if (result.kind === 'classes')
    return 'ROC curves of held-out rows: each class against all others.';
  return result.groups === undefined
    ? 'ROC curve of held-out rows.'
    : 'ROC curves of held-out rows, and of groups by the mean probability of their rows.';
}

function scoreName({ kind }: HeldOutResult): string {
  return { binary: 'AUC', classes: 'Accuracy', values: 'R²' }[kind];
}

function foldTable(folds: readonly FoldSummary[], score: string): Html {
  const grouped = folds[0]!.testGroups !== undefined;
  return table(
    folds.length > 1 ? 'Fold by fold' : 'The held-out part',
    [
      { head: 'Fold' },
      { head: 'Training rows', numeric: true },
      { head: 'Held out', numeric: true },
      ...(grouped ? [{ head: 'Groups', numeric: true }] : []),
      { head: score, numeric: true },
    ],
    folds.map(({ trainRows, testRows, testGroups, score: value }, i) => ({
      cells: [
        i + 1,
        trainRows,
        testRows,
        ...(grouped ? [testGroups!] : []),
        score === 'Accuracy' ? percent(value) : fixed(value),
      ],
    })),
  );
}

function learningSection({ trained, file, options }: TrainReport, figures: TrainFigures): Html {
  const { learning } = figures;
  const all = [...trained.judged, trained.kept].map(({ curves }) => curves);
  const shown = CURVE_KINDS.filter(({ key }) => all.some((curves) => curves[key] !== undefined));
  const { earlyStopping } = file.training;
  const several = all.length > 1 && !trained.keptIsJudged;
  return html`<section>
    <h2>Learning curve</h2>
    ${legend(shown)}
    ${captioned(
      learning,
      html`${all[0]!.metric} after each
      round.${several ? ' Thin lines: the models of the folds; broad ones: the model that is kept or, of held-out rows, the mean of the folds.' : ''}
      ${
        earlyStopping === null
          ? 'A curve of held-out rows that rises again shows rounds that only learn the training rows by heart: --early-stopping ends there.'
          : html`Training stops when the ${percent(options.validationFraction, 0)} of the training
            rows set aside got no better for ${earlyStopping.rounds} rounds; rings mark the best
            round.`
      }`,
    )}
  </section>`;
}

function importanceSection({ importances }: TrainFigures): Html {
  return html`<section>
    <h2>Features</h2>
    ${captioned(
      importances,
      'What the features contribute to the trees of the model that is kept. Of features that say the same thing, one may take the importance of all; steatosis explain shows how a feature acts.',
    )}
  </section>`;
}

function methodSection({ file }: TrainReport): Html {
  const { training, features } = file;
  return html`<section>
    <h2>How it was made</h2>
    ${table(
      'Parameters that differ from the model’s defaults, or follow from options',
      [{ head: 'Parameter' }, { head: 'Value' }],
      Object.entries(training.parameters).map(([name, value]) => ({
        cells: [name, JSON.stringify(value)],
      })),
    )}
    ${table(
      'Versions',
      [{ head: 'Program' }, { head: 'Version' }],
      Object.entries(training.versions).map(([name, version]) => ({ cells: [name, version] })),
    )}
    <details>
      <summary>The ${features.length} features</summary>
      <ul class="names">
        ${features.map((name) => html`<li>${name}</li>`)}
      </ul>
    </details>
  </section>`;
}
