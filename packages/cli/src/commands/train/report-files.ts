import type { HeldOutResult } from '../../models/evaluation.js';
import { judgedOf } from '../../models/evaluate-binary.js';
import { groupMeans, type HeldOut } from '../../models/evaluation.js';
import { BLUE, GREEN, ORANGE } from '../../models/figures/axes.js';
import { barFigure } from '../../models/figures/bar-figure.js';
import { confusionFigure } from '../../models/figures/confusion-figure.js';
import { learningFigure } from '../../models/figures/learning-figure.js';
import { observedFigure } from '../../models/figures/observed-figure.js';
import { rocFigure, type RocSeries } from '../../models/figures/roc-figure.js';
import type { ReportFile } from '../../models/folder-output.js';
import type { ModelFile } from '../../models/model-file.js';
import { pageText } from '../../models/page.js';
import type { TrainingData } from '../../models/training-data.js';
import type { TrainedModels } from '../../models/train-models.js';
import type { Html } from '../../report/html.js';
import { svgFile } from '../../report/plot-figure.js';
import type { TrainOptions } from './options.js';
import { reportSections } from './report-sections.js';

/** Everything that a report of a training shows. */
export interface TrainReport {
  options: TrainOptions;
  data: TrainingData;
  trained: TrainedModels;
  result: HeldOutResult | undefined;
  file: ModelFile;
}

/** The pictures of a report; those that the data do not give are missing. */
export interface TrainFigures {
  learning: Html;
  roc?: { figure: Html; lines: readonly RocSeries[] };
  confusion?: Html;
  observed?: Html;
  importances: Html;
}

const MOST_IMPORTANT = 20;
/** Of classes; more than these are not told apart by eye. */
const CLASS_COLOURS = [BLUE, ORANGE, GREEN, '#E69F00', '#CC79A7', '#56B4E9', '#888888', '#000000'];

/** The page and its pictures. */
export function reportFiles(report: TrainReport): ReportFile[] {
  const figures = figuresOf(report);
  const pictures: [string, Html | undefined][] = [
    ['learning-curve.svg', figures.learning],
    ['roc.svg', figures.roc?.figure],
    ['confusion.svg', figures.confusion],
    ['predicted-observed.svg', figures.observed],
    ['importances.svg', figures.importances],
  ];
  const { target, task } = report.file;
  const title = `A model for ${target} (${task})`;
  return [
    ...pictures.flatMap(([name, figure]): ReportFile[] =>
      figure === undefined ? [] : [[name, svgFile(figure)]],
    ),
    ['index.html', pageText(title, reportSections(report, figures))],
  ];
}

function figuresOf({ data, trained, result, file }: TrainReport): TrainFigures {
  const { judged, kept, keptIsJudged } = trained;
  const curves = judged.map((output) => output.curves);
  const keptCurves = keptIsJudged ? undefined : kept.curves;
  const heldOut = result === undefined ? undefined : heldOutRows(data, trained);
  const { classes } = file;
  return {
    learning: learningFigure(curves, keptCurves, { width: 860, height: 380 }),
    ...(heldOut === undefined || classes.length === 0 ? {} : { roc: roc(heldOut, data, classes) }),
    ...(result?.kind === 'classes'
      ? { confusion: confusionFigure(result.rows.confusion, classes) }
      : {}),
    ...(result?.kind === 'values' && heldOut !== undefined
      ? { observed: observedFigure(heldOut.y, heldOut.predictions, file.target, 470) }
      : {}),
    importances: barFigure(
      topImportances(file.features, kept.importances),
      'importance in the model (shares of 1)',
      860,
    ),
  };
}

/** The greatest importances, falling. */
function topImportances(
  names: readonly string[],
  importances: Float64Array,
): { name: string; value: number }[] {
  return names
    .map((name, i) => ({ name, value: importances[i]! }))
    .toSorted((a, b) => b.value - a.value)
    .slice(0, MOST_IMPORTANT);
}

function heldOutRows({ outcome, groups }: TrainingData, { folds, judged }: TrainedModels): HeldOut {
  const rows = folds.flatMap(({ test }) => [...test]);
  return {
    y: Float64Array.from(rows, (row) => outcome.y[row]!),
    predictions: Float64Array.from(judged.flatMap(({ predictions }) => [...predictions])),
    groups: groups && rows.map((row) => groups[row]!),
  };
}

function roc(
  heldOut: HeldOut,
  data: TrainingData,
  classes: readonly string[],
): NonNullable<TrainFigures['roc']> {
  const byGroup = groupMeans(heldOut, classes.length);
  const lines =
    classes.length === 2
      ? [
          binarySeries('by row', BLUE, heldOut),
          ...(byGroup === undefined ? [] : [binarySeries('by group', ORANGE, byGroup)]),
        ]
      : classes.slice(0, CLASS_COLOURS.length).map((name, k): RocSeries => ({
          name,
          colour: CLASS_COLOURS[k]!,
          labels: Uint8Array.from(heldOut.y, (code) => (code === k ? 1 : 0)),
          scores: Float64Array.from(
            heldOut.y,
            (_, row) => heldOut.predictions[row * classes.length + k]!,
          ),
        }));
  return { figure: rocFigure(lines, 470), lines };
}

function binarySeries(name: string, colour: string, heldOut: HeldOut): RocSeries {
  const { labels, scores } = judgedOf(heldOut);
  return { name, colour, labels, scores };
}
