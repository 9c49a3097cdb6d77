import * as Plot from '@observablehq/plot';
import type { Html } from '../../report/html.js';
import { plotFigure } from '../../report/plot-figure.js';
import { axis, BLUE, marginFor, shortName } from './axes.js';

/** A bar: its name, its length, and where known its standard deviation over repeats. */
export interface Bar {
  name: string;
  value: number;
  sd?: number;
}

const ROW = 22;

/** Horizontal bars, the first one on top. */
export function barFigure(bars: readonly Bar[], label: string, width: number): Html {
  const names = bars.map(({ name }) => name);
  const spread = bars
    .filter(({ sd }) => sd !== undefined)
    .map(({ name, value, sd }) => ({ name, low: value - sd!, high: value + sd! }));
  return plotFigure(label, {
    width,
    height: bars.length * ROW + 60,
    marginLeft: marginFor(names),
    marginBottom: 42,
    marginTop: 8,
    marginRight: 18,
    x: axis(label, { nice: true, zero: true }),
    y: { label: null, domain: names, tickFormat: (name: string) => shortName(name), tickSize: 0 },
    marks: [
      Plot.gridX({ strokeOpacity: 0.12 }),
      Plot.barX(bars, { x: 'value', y: 'name', fill: BLUE, insetTop: 2, insetBottom: 2 }),
      Plot.ruleY(spread, { x1: 'low', x2: 'high', y: 'name', strokeWidth: 1.4 }),
      Plot.ruleX([0], { strokeOpacity: 0.6 }),
    ],
  });
}
