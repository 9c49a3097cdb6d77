import * as Plot from '@observablehq/plot';
import type { Html } from '../../report/html.js';
import { plotFigure } from '../../report/plot-figure.js';
import { axis, BLUE, grid } from './axes.js';

/** Predicted against observed values of held-out rows, with the line on which both agree. */
export function observedFigure(
  observed: Float64Array,
  predicted: Float64Array,
  outcome: string,
  size: number,
): Html {
  const points = Array.from(observed, (x, i) => ({ x, y: predicted[i]! }));
  const all = [...observed, ...predicted];
  const low = all.reduce((a, b) => Math.min(a, b));
  const high = all.reduce((a, b) => Math.max(a, b));
  return plotFigure(`Predicted against observed ${outcome}`, {
    width: size,
    height: size,
    marginLeft: 62,
    marginBottom: 42,
    marginTop: 12,
    marginRight: 16,
    x: axis(`observed ${outcome}`, { domain: [low, high], nice: true }),
    y: axis(`predicted ${outcome}`, { domain: [low, high], nice: true }),
    marks: [
      ...grid(),
      Plot.link([0], {
        x1: low,
        y1: low,
        x2: high,
        y2: high,
        strokeOpacity: 0.5,
        strokeDasharray: '4,4',
      }),
      Plot.dot(points, { x: 'x', y: 'y', fill: BLUE, r: 2.6, fillOpacity: 0.6 }),
    ],
  });
}
