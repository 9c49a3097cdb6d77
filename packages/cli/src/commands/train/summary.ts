import type { HeldOutResult } from '../../models/evaluation.js';
import { LEARNER_TITLES } from '../../models/learners.js';
import type { TrainingData } from '../../models/training-data.js';
import { accuracyText, aucText, fixed, intervalText, percent } from '../../report/format.js';
import type { TrainOptions } from './options.js';

/** How rows were held out, in words. */
export function evaluationText({ evaluation, source }: TrainOptions): string {
  const by = source.group === undefined ? 'by row' : `by ${source.group}`;
  if (evaluation.kind === 'none') return 'nothing held out';
  return evaluation.kind === 'folds'
    ? `${evaluation.folds}-fold cross-validation ${by}`
    : `${percent(evaluation.testFraction, 0)} held out ${by}`;
}

/** Size and classes of the data. */
export function dataText({ outcome, groups, featureNames, x }: TrainingData): string {
  const of = groups === undefined ? '' : ` of ${new Set(groups).size} groups`;
  const counts = outcome.classes.map((name, code) => {
    const count = outcome.y.reduce((sum, value) => sum + (value === code ? 1 : 0), 0);
    return `${name}: ${count}`;
  });
  const classes = counts.length > 0 ? ` (${counts.join(', ')})` : '';
  return `${x.rows} rows${of}${classes}, ${featureNames.length} features`;
}

/** The result in a few lines for a terminal. */
export function summaryLines(
  data: TrainingData,
  options: TrainOptions,
  result: HeldOutResult | undefined,
): string[] {
  const head = `${LEARNER_TITLES[options.learner]} for ${options.source.target}: ${dataText(data)}`;
  if (result === undefined) return [head, 'Nothing was held out: the model is not judged.'];
  const positive =
    result.kind === 'binary'
      ? ` (positive: ${data.outcome.classes[1]}, above a probability of 0.5)`
      : '';
  const lines = [
    `Held-out rows, ${evaluationText(options)}${positive}:`,
    ...resultLines(result.rows, 'row'),
  ];
  const group = options.source.group ?? 'group';
  if (result.groups !== undefined) lines.push(...resultLines(result.groups, group));
  return [head, ...lines];
}

type UnitResult = HeldOutResult['rows'];

function resultLines(result: UnitResult, unit: string): string[] {
  const lead = `  by ${unit} (n = ${result.n})`;
  if ('rootMeanSquaredError' in result) {
    const { rootMeanSquaredError, meanAbsoluteError, r2, pearson, pearsonInterval } = result;
    return [
      `${lead}: RMSE ${rootMeanSquaredError.toPrecision(4)}, mean absolute error ` +
        `${meanAbsoluteError.toPrecision(4)}, R² ${fixed(r2)}, r ${fixed(pearson)} (${intervalText(pearsonInterval)})`,
    ];
  }
  if ('confusion' in result) {
    return [
      `${lead}: accuracy ${accuracyText(result)}, balanced ${percent(result.balancedAccuracy)}, mean AUC ${fixed(result.macroAuc)}`,
    ];
  }
  return [
    `${lead}: AUC ${aucText(result)}, accuracy ${accuracyText(result)}, ` +
      `sensitivity ${percent(result.sensitivity.value)}, specificity ${percent(result.specificity.value)}`,
  ];
}
