import * as Plot from '@observablehq/plot';
import { rocCurve } from '@steatosis/stats';
import type { Html } from '../../report/html.js';
import { plotFigure } from '../../report/plot-figure.js';
import { axis, grid } from './axes.js';

/** Scores of one class against all others. */
export interface RocSeries {
  name: string;
  colour: string;
  labels: Uint8Array;
  scores: Float64Array;
}

/** ROC curves with the line of chance; a series with one class only has no curve. */
export function rocFigure(series: readonly RocSeries[], size: number): Html {
  const lines = series.flatMap(({ colour, labels, scores }, i) => {
    if (!labels.includes(0) || !labels.includes(1)) return [];
    const { falsePositiveRate, truePositiveRate } = rocCurve(labels, scores);
    const points = Array.from(falsePositiveRate, (x, p) => ({ x, y: truePositiveRate[p]! }));
    return [
      Plot.line(points, {
        x: 'x',
        y: 'y',
        stroke: colour,
        // The first ones broader, so that curves that coincide can all be seen.
        strokeWidth: 2 + 1.2 * (series.length - 1 - i),
        strokeLinejoin: 'miter',
        strokeLinecap: 'butt',
      }),
    ];
  });
  return plotFigure('ROC curve of held-out predictions', {
    width: size,
    height: size,
    marginLeft: 54,
    marginBottom: 42,
    marginTop: 12,
    marginRight: 14,
    x: axis('1 − specificity', { domain: [0, 1], ticks: 5 }),
    y: axis('sensitivity', { domain: [0, 1], ticks: 5 }),
    marks: [
      ...grid(),
      Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, strokeOpacity: 0.5, strokeDasharray: '4,4' }),
      ...lines,
    ],
  });
}
