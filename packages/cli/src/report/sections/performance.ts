import { DESIGNS, LEARNED_MODELS, MODELS, type ModelName } from '../../study/designs.js';
import type { ModelResult, PartResult } from '../../study/results.js';
import { accuracyText, aucText, fixed, percent, proportionCell } from '../format.js';
import { MODEL_NAMES } from '../figure-style.js';
import { type Html, html, type Row, table } from '../html.js';
import type { ReportInput } from '../report-input.js';
import { leakTag } from './splits.js';

/** The paper's Table 1 beside ours, and every accuracy as a fraction. */
export function performanceSection({ results }: ReportInput): Html {
  return html`<section id="table1">
    <h2>Table 1 of the paper, and ours</h2>
    <p>
      The paper heads its columns “(95 % CI)” and prints no interval, no split, no test size and no
      threshold. Ours are by ROI, so that the designs can be compared; the line by patient is the
      result. AUC with DeLong’s interval (patients as clusters where rows are ROIs), accuracy at the
      threshold with Wilson’s, which takes the ROIs of one patient for independent and is too narrow
      there.
    </p>
    ${table(
      'AUC (95 % interval)',
      [
        { head: 'Model and design' },
        { head: 'Training set', numeric: true },
        { head: 'Test set', numeric: true },
        { head: 'Why it can differ from the paper' },
      ],
      MODELS.flatMap((model) => comparison(model, results, 'auc')),
    )}
    ${table(
      'Accuracy (95 % interval)',
      [
        { head: 'Model and design' },
        { head: 'Training set', numeric: true },
        { head: 'Test set', numeric: true },
        { head: 'Correct in the test set', numeric: true },
      ],
      MODELS.flatMap((model) => comparison(model, results, 'accuracy')),
    )}
    <h3>The result in full: held-out patients</h3>
    ${detailTable('By patient (mean score of the ROIs)', results.designs.byPatient, 'testPatient')}
    ${detailTable('By ROI', results.designs.byPatient, 'test')}
    <p>
      The threshold is ${results.settings.threshold} for the four classifiers; for the mean PDFF it
      is the value with the highest accuracy on the training rows
      (${fixed(results.designs.byPatient.meanPdff.threshold, 1)} % under the split by patient).
    </p>
    ${table(
      'Mean PDFF of a patient at published thresholds, all patients: nothing is learned',
      [
        { head: 'Threshold' },
        { head: 'Accuracy', numeric: true },
        { head: 'TP', numeric: true },
        { head: 'FP', numeric: true },
        { head: 'FN', numeric: true },
        { head: 'TN', numeric: true },
        { head: 'Source' },
      ],
      results.publishedThresholds.map(({ thresholdPercent, source, result }) => ({
        cells: [
          `${thresholdPercent} %`,
          accuracyText(result),
          result.counts.tp,
          result.counts.fp,
          result.counts.fn,
          result.counts.tn,
          source,
        ],
      })),
    )}
    <h3>Why the leaking designs cannot be believed</h3>
    <p>
      The six ROIs of a patient share one label, and the eight variants of an ROI are nearly the
      same picture. A model that has seen some of them can recognise the rest and repeat the label:
      it needs to know nothing about fat. How much that gains depends on how much the pictures of
      one patient have in common.
      ${
        results.settings.cohort === 'simulated'
          ? html`Simulated patients share a scanner without drift and differ in little but their
            fat, so that here ROIs give less away than scans of people would.`
          : html``
      }
      Run the study with <code>--permute-labels</code> to see it bare: the grades are then dealt
      anew among the patients, there is nothing to learn, and what stays above 0.5 on average over
      seeds is leakage.
    </p>
  </section>`;
}

function comparison(
  model: ModelName,
  results: ReportInput['results'],
  value: 'auc' | 'accuracy',
): Row[] {
  const printed = isLearned(model) ? results.paper.table1[model] : undefined;
  const rows: Row[] = [{ kind: 'group', cells: [MODEL_NAMES[model]] }];
  if (printed !== undefined) {
    rows.push({
      cells: [
        'Paper',
        value === 'auc' ? fixed(printed.auc.train) : `${fixed(printed.accuracyPercent.train)} %`,
        value === 'auc' ? fixed(printed.auc.test) : `${fixed(printed.accuracyPercent.test)} %`,
        value === 'auc' ? 'split, sizes, hyper-parameters and seed are not stated' : 'not stated',
      ],
    });
  }
  for (const design of DESIGNS) {
    const entry = results.designs[design][model];
    const split = results.splits[design];
    rows.push(
      line(
        html`${split.title} ${leakTag(split.leaks)}`,
        entry.train,
        entry.test,
        value,
        reason(design),
      ),
    );
  }
  const entry = results.designs.byPatient[model];
  rows.push({
    ...line(
      'Split by patient, patients',
      entry.trainPatient,
      entry.testPatient,
      value,
      'one score for each patient: the unit that counts',
    ),
    kind: 'strong',
  });
  return rows;
}

function line(
  name: string | Html,
  train: PartResult,
  test: PartResult,
  value: 'auc' | 'accuracy',
  remark: string,
): Row {
  const text = value === 'auc' ? aucText : accuracyText;
  const { tp, tn } = test.counts;
  return {
    cells: [name, text(train), text(test), value === 'auc' ? remark : `${tp + tn} of ${test.n}`],
  };
}

function reason(design: (typeof DESIGNS)[number]): string {
  return {
    augmentThenSplit: 'variants of a test ROI were trained on',
    byRoi: 'other ROIs of the test patients were trained on',
    byPatient: 'no test patient was trained on',
  }[design];
}

function detailTable(
  caption: string,
  models: Record<ModelName, ModelResult>,
  part: 'test' | 'testPatient',
): Html {
  return table(
    caption,
    [
      { head: 'Model' },
      { head: 'TP', numeric: true },
      { head: 'FP', numeric: true },
      { head: 'FN', numeric: true },
      { head: 'TN', numeric: true },
      { head: 'Sensitivity', numeric: true },
      { head: 'Specificity', numeric: true },
      { head: 'PPV', numeric: true },
      { head: 'NPV', numeric: true },
      { head: 'Balanced accuracy', numeric: true },
    ],
    MODELS.map((model) => {
      const result = models[model][part];
      const { tp, fp, fn, tn } = result.counts;
      return {
        cells: [
          MODEL_NAMES[model],
          tp,
          fp,
          fn,
          tn,
          proportionCell(result.sensitivity),
          proportionCell(result.specificity),
          proportionCell(result.positivePredictiveValue),
          proportionCell(result.negativePredictiveValue),
          percent(result.balancedAccuracy),
        ],
      };
    }),
  );
}

function isLearned(model: ModelName): model is (typeof LEARNED_MODELS)[number] {
  return (LEARNED_MODELS as readonly string[]).includes(model);
}
