import * as Plot from '@observablehq/plot';
import type { Html } from '../../report/html.js';
import { plotFigure } from '../../report/plot-figure.js';
import { axis, BLUE, grid, shortName, tickText } from './axes.js';
import type { SwarmFeature } from './beeswarm-figure.js';

/** What a feature adds to the output against its value; rows where it is missing have no place. */
export function dependenceFigure(
  { name, values, contributions }: SwarmFeature,
  size: number,
): Html {
  const points = Array.from(values, (x, i) => ({ x, y: contributions[i]! })).filter(
    ({ x }) => !Number.isNaN(x),
  );
  return plotFigure(`Contribution of ${name} against its value`, {
    width: size,
    height: Math.round(size * 0.8),
    marginLeft: 60,
    marginBottom: 42,
    marginTop: 10,
    marginRight: 16,
    x: axis(shortName(name, 38), { nice: true, ticks: 4, tickFormat: tickText }),
    y: axis('SHAP value', { nice: true }),
    marks: [
      ...grid(),
      Plot.ruleY([0], { strokeOpacity: 0.5 }),
      Plot.dot(points, { x: 'x', y: 'y', fill: BLUE, r: 2.2, fillOpacity: 0.6 }),
    ],
  });
}
