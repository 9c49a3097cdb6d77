import * as Plot from '@observablehq/plot';
import type { Html } from '../../report/html.js';
import { plotFigure } from '../../report/plot-figure.js';
import { axis, BLUE, marginFor, shortName } from './axes.js';

/** Counts by true and predicted class; the shade is the share of the true class. */
export function confusionFigure(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
): Html {
  const cells = confusion.flatMap((counts, i) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count, j) => ({
      truth: classes[i]!,
      called: classes[j]!,
      count,
      share: total === 0 ? 0 : count / total,
    }));
  });
  const cell = Math.max(34, Math.min(78, 420 / classes.length));
  const marginLeft = marginFor(classes) + 26;
  const ticks = { domain: [...classes], tickFormat: (name: string) => shortName(name, 14) };
  return plotFigure('True and predicted classes of held-out rows', {
    width: marginLeft + classes.length * cell + 20,
    height: classes.length * cell + 66,
    marginLeft,
    marginBottom: 56,
    marginTop: 10,
    marginRight: 20,
    x: axis('predicted class', { ...ticks, tickSize: 0 }),
    y: axis('true class', { ...ticks, tickSize: 0 }),
    marks: [
      Plot.cell(cells, { x: 'called', y: 'truth', fill: BLUE, fillOpacity: 'share', inset: 1 }),
      Plot.cell(cells, {
        x: 'called',
        y: 'truth',
        fill: 'none',
        stroke: 'currentColor',
        strokeOpacity: 0.25,
        inset: 1,
      }),
      Plot.text(cells, {
        x: 'called',
        y: 'truth',
        text: (d: { count: number }) => String(d.count),
        fill: (d: { share: number }) => (d.share > 0.55 ? 'white' : 'currentColor'),
        fontSize: 13,
      }),
    ],
    opacity: { domain: [0, 1], range: [0, 0.95] },
  });
}
