import * as Plot from '@observablehq/plot';
import { DESIGN_DESCRIPTIONS, DESIGNS, type ModelName, MODELS } from '../study/designs.js';
import type { RocPoints } from '../study/evaluate.js';
import type { PaperValues } from '../study/paper-values.js';
import type { StudyResults } from '../study/results.js';
import { DESIGN_COLOURS, MODEL_COLOURS, MODEL_NAMES } from './figure-style.js';
import type { Html } from './html.js';
import { plotFigure } from './plot-figure.js';

/** ROC curves by model; a model without a curve (one class only) is left out. */
export type RocCurves = Partial<Record<ModelName, RocPoints>>;

/**
 * ROC curves of the models on one set of rows, with the line of chance.
 *
 * @param layered draw the first models broader, so that curves that coincide can all be seen
 */
export function rocFigure(curves: RocCurves, title: string, size: number, layered = false): Html {
  const present = MODELS.filter((model) => curves[model] !== undefined && model !== 'majority');
  const points = present.flatMap((model) => {
    const { falsePositiveRate, truePositiveRate } = curves[model]!;
    return falsePositiveRate.map((x, i) => ({ x, y: truePositiveRate[i]!, model }));
  });
  return plotFigure(title, {
    width: size,
    height: size,
    marginLeft: 54,
    marginBottom: 40,
    marginTop: 12,
    marginRight: 12,
    x: {
      domain: [0, 1],
      ticks: 5,
      label: '1 − specificity',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: {
      domain: [0, 1],
      ticks: 5,
      label: 'sensitivity',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    marks: [
      Plot.gridX({ ticks: 5, strokeOpacity: 0.12 }),
      Plot.gridY({ ticks: 5, strokeOpacity: 0.12 }),
      Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, strokeOpacity: 0.5, strokeDasharray: '4,4' }),
      ...present.map((model, i) =>
        Plot.line(
          points.filter((point) => point.model === model),
          {
            x: 'x',
            y: 'y',
            stroke: MODEL_COLOURS[model],
            strokeWidth: layered ? 1.6 + 1.7 * (present.length - 1 - i) : 2,
            strokeLinejoin: 'miter',
            strokeLinecap: 'butt',
          },
        ),
      ),
    ],
  });
}

/** AUC on the test rows with its interval, for each model under each design, and what the paper prints. */
export function aucFigure(results: StudyResults, paper: PaperValues, width: number): Html {
  const models = MODELS.filter((model) => model !== 'majority');
  const lanes = DESIGNS.length + 1;
  const rowOf = (model: (typeof models)[number], lane: number) =>
    models.indexOf(model) * (lanes + 1) + lane;
  const ours = models.flatMap((model) =>
    DESIGNS.flatMap((design, lane) => {
      const { auc, aucInterval } = results.designs[design][model].test;
      if (auc === null) return [];
      const [low, high] = aucInterval ?? [auc, auc];
      return [{ y: rowOf(model, lane), auc, low, high, design }];
    }),
  );
  const printed = Object.entries(paper.table1).map(([model, { auc }]) => ({
    y: rowOf(model as (typeof models)[number], lanes - 1),
    auc: auc.test,
  }));
  const middle = (lanes - 1) / 2;
  return plotFigure('AUC on held-out rows by model and design', {
    width,
    height: models.length * 78 + 60,
    marginLeft: 96,
    marginBottom: 40,
    marginTop: 10,
    marginRight: 20,
    x: {
      domain: [0, 1],
      ticks: 10,
      label: 'AUC on the test rows, with 95 % interval',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { axis: null, domain: [-0.8, models.length * (lanes + 1) - 1.2], reverse: false },
    color: { domain: [...DESIGNS], range: DESIGNS.map((design) => DESIGN_COLOURS[design]) },
    marks: [
      Plot.gridX({ ticks: 10, strokeOpacity: 0.12 }),
      Plot.ruleX([0.5], { strokeDasharray: '4,4', strokeOpacity: 0.5 }),
      Plot.text(models, {
        x: 0,
        y: (model: (typeof models)[number]) => flip(rowOf(model, middle), models.length, lanes),
        text: (model: (typeof models)[number]) => MODEL_NAMES[model],
        textAnchor: 'end',
        dx: -12,
        fontWeight: 600,
        fontSize: 13,
      }),
      Plot.ruleY(ours, {
        x1: 'low',
        x2: 'high',
        y: (d: { y: number }) => flip(d.y, models.length, lanes),
        stroke: 'design',
        strokeWidth: 2,
      }),
      Plot.dot(ours, {
        x: 'auc',
        y: (d: { y: number }) => flip(d.y, models.length, lanes),
        fill: 'design',
        r: 4.5,
      }),
      Plot.dot(printed, {
        x: 'auc',
        y: (d: { y: number }) => flip(d.y, models.length, lanes),
        symbol: 'diamond',
        r: 5.5,
        stroke: 'currentColor',
        fill: 'none',
        strokeWidth: 1.6,
      }),
    ],
  });
}

/** Rows count from the top, the axis from the bottom. */
function flip(row: number, models: number, lanes: number): number {
  return models * (lanes + 1) - 2 - row;
}

/** The legend of {@link aucFigure}. */
export function designLegend(): { colour: string; label: string; leaks: boolean }[] {
  return DESIGNS.map((design) => ({
    colour: DESIGN_COLOURS[design],
    label: DESIGN_DESCRIPTIONS[design].title,
    leaks: DESIGN_DESCRIPTIONS[design].leaks,
  }));
}
