import { barFigure } from '../../models/figures/bar-figure.js';
import { beeswarmFigure, type SwarmFeature } from '../../models/figures/beeswarm-figure.js';
import { dependenceFigure } from '../../models/figures/dependence-figure.js';
import type { ReportFile } from '../../models/folder-output.js';
import { pageText } from '../../models/page.js';
import { everyRow } from '../../models/splits.js';
import type { Html } from '../../report/html.js';
import { svgFile } from '../../report/plot-figure.js';
import { contributionsOf, type Explained, featureSizes } from './explained.js';
import type { Interaction } from './interactions.js';
import type { ExplainOptions } from './options.js';
import type { Permutations } from './permutations.js';
import { explainSections } from './report-sections.js';

/** Everything that was found out about a model. */
export interface Explanation {
  explained: Explained;
  interactions: readonly Interaction[] | undefined;
  permutations: Permutations | undefined;
}

/** The pictures of an explanation. */
export interface ExplainFigures {
  sizes: Html;
  /** One for each output. */
  swarms: { name: string; file: string; figure: Html }[];
  dependences: { file: string; figure: Html }[];
  interactions: Html | undefined;
  permutations: Html | undefined;
  /** Rows that the dots show. */
  rowsShown: number;
}

/** More dots than these say no more. */
const MOST_DOTS = 1000;
const DEPENDENCES = 6;
const WIDTH = 900;

/** The page and its pictures. */
export function reportFiles(explanation: Explanation, options: ExplainOptions): ReportFile[] {
  const figures = figuresOf(explanation, options);
  const pictures: [string, Html | undefined][] = [
    ['importance.svg', figures.sizes],
    ...figures.swarms.map(({ file, figure }): [string, Html] => [file, figure]),
    ...figures.dependences.map(({ file, figure }): [string, Html] => [file, figure]),
    ['interactions.svg', figures.interactions],
    ['permutation-importance.svg', figures.permutations],
  ];
  const { target } = explanation.explained.model;
  return [
    ...pictures.flatMap(([name, figure]): ReportFile[] =>
      figure === undefined ? [] : [[name, svgFile(figure)]],
    ),
    [
      'index.html',
      pageText(`How a model predicts ${target}`, explainSections(explanation, figures, options)),
    ],
  ];
}

function figuresOf(
  { explained, interactions, permutations }: Explanation,
  { top }: ExplainOptions,
): ExplainFigures {
  const { outputs, outputNames, model, rows } = explained;
  const sizes = featureSizes(explained)
    .filter(({ meanAbsolute }) => meanAbsolute > 0)
    .slice(0, top);
  const shown = shownRows(rows.length);
  const swarmOf = (feature: number, output: number): SwarmFeature =>
    swarmFeature(explained, shown, feature, output);
  const unit = outputs > 1 ? 'the scores of all classes' : outputNames[0]!;
  return {
    sizes: barFigure(
      sizes.map(({ name, meanAbsolute }) => ({ name, value: meanAbsolute })),
      `mean size of the SHAP values (${unit})`,
      WIDTH,
    ),
    swarms: outputNames.map((name, output) => ({
      name,
      file:
        outputs > 1
          ? `summary-${safe(model.classes[output] ?? String(output))}.svg`
          : 'summary.svg',
      figure: beeswarmFigure(
        sizes.map(({ feature }) => swarmOf(feature, output)),
        `SHAP value (${name})`,
        WIDTH,
      ),
    })),
    // With several outputs each has a dependence of its own, which would be too many pictures.
    dependences:
      outputs > 1
        ? []
        : sizes.slice(0, DEPENDENCES).map(({ feature, name }, i) => ({
            file: `dependence-${i + 1}-${safe(name)}.svg`,
            figure: dependenceFigure(swarmOf(feature, 0), 340),
          })),
    interactions:
      interactions &&
      barFigure(
        interactions.slice(0, top).map(({ first, second, meanAbsolute }) => ({
          name: `${short(first)} × ${short(second)}`,
          value: meanAbsolute,
        })),
        `mean size of the joint contribution (${unit})`,
        WIDTH,
      ),
    permutations:
      permutations &&
      barFigure(
        permutations.features
          .slice(0, top)
          .map(({ name, mean, sd }) => ({ name, value: mean, sd })),
        `loss of ${permutations.scoring} without the feature (line: ± SD over ${permutations.repeats} permutations)`,
        WIDTH,
      ),
    rowsShown: shown.length,
  };
}

function swarmFeature(
  explained: Explained,
  shown: Int32Array,
  feature: number,
  output: number,
): SwarmFeature {
  const { features, rows } = explained;
  const { data, columns } = features.x;
  const contributions = contributionsOf(explained, feature, output);
  return {
    name: features.names[feature]!,
    values: Float64Array.from(shown, (r) => data[rows[r]! * columns + feature]!),
    contributions: Float64Array.from(shown, (r) => contributions[r]!),
  };
}

/** Rows spread evenly over all of them. */
function shownRows(count: number): Int32Array {
  if (count <= MOST_DOTS) return everyRow(count);
  return Int32Array.from({ length: MOST_DOTS }, (_, i) => Math.floor((i * count) / MOST_DOTS));
}

/** A name as part of a file's name. */
function safe(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '_').slice(0, 80);
}

/** Pairs have two names in one line: the kind of image of the first part goes without saying. */
function short(name: string): string {
  return name.replace(/^original_/, '');
}
