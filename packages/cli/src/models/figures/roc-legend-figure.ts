import * as Plot from '@observablehq/plot';
import type { RocPlotData } from '@steatosis/stats';
import type { Html } from '../../report/html.js';
import { plotFigure } from '../../report/plot-figure.js';
import { axis, grid, shortName } from './axes.js';

/** A curve with what the legend says of it. */
export interface NamedCurve {
  name: string;
  colour: string;
  /** 0 for a solid line, 1 and more for ever other dashes. */
  dash: number;
  curve: RocPlotData;
}

const PLACE = { x: 'falsePositiveRate', y: 'truePositiveRate' } as const;
const SIZE = 470;
/** Pixels of an entry of the legend: two lines and a gap. */
const ENTRY = 40;
/** Of bold letters in the widest of the usual fonts. */
const LETTER = 7.7;
const MOST_LETTERS = 44;

/** ROC curves with the line of chance and a legend beside them, so that the picture can stand alone. */
export function rocLegendFigure(curves: readonly NamedCurve[], title: string): Html {
  const names = curves.map(({ name }) => shortName(name, MOST_LETTERS));
  const letters = Math.max(
    ...names.map(({ length }) => length),
    ...curves.map(({ curve }) => curve.text.length),
  );
  const legendWidth = Math.ceil(letters * LETTER) + 54;
  const height = Math.max(SIZE, curves.length * ENTRY + 30);
  const drawn = curves.filter(({ curve }) => curve.reason === undefined);
  return plotFigure(title, {
    width: SIZE + legendWidth,
    height,
    marginLeft: 54,
    // The square stays one, however long the legend is.
    marginBottom: 42 + height - SIZE,
    marginTop: 12,
    marginRight: legendWidth,
    x: axis('1 − specificity', { domain: [0, 1], ticks: 5, labelOffset: 36 }),
    y: axis('sensitivity', { domain: [0, 1], ticks: 5 }),
    marks: [
      ...grid(),
      Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, strokeOpacity: 0.5, strokeDasharray: '4,4' }),
      ...drawn.map(({ curve, colour, dash }, i) =>
        Plot.line(curve.points, {
          ...PLACE,
          stroke: colour,
          // The first ones broader, so that curves that coincide can all be seen.
          strokeWidth: 1.6 + Math.min(1.8, 0.6 * (drawn.length - 1 - i)),
          strokeLinejoin: 'miter',
          strokeLinecap: 'butt',
          ...dashes(dash),
        }),
      ),
      ...drawn.flatMap(({ curve, colour }) => {
        const { threshold = Infinity, specificity = 1, sensitivity } = curve.operatingPoint ?? {};
        if (!Number.isFinite(threshold)) return [];
        const point = { falsePositiveRate: 1 - specificity, truePositiveRate: sensitivity };
        return [Plot.dot([point], { ...PLACE, r: 4, fill: colour, stroke: 'white' })];
      }),
      ...curves.flatMap(({ curve: { text }, colour, dash }, i) =>
        legendEntry(names[i]!, text, colour, dash, i),
      ),
    ],
  });
}

function legendEntry(
  name: string,
  text: string,
  colour: string,
  dash: number,
  index: number,
): Plot.Markish[] {
  const top = 8 + index * ENTRY;
  const place = { frameAnchor: 'top-right', textAnchor: 'start' } as const;
  return [
    Plot.vector([0], {
      frameAnchor: 'top-right',
      anchor: 'start',
      shape: { draw: (context, length) => (context.moveTo(0, 0), context.lineTo(0, -length)) },
      rotate: 90,
      length: 22,
      dx: 14,
      dy: top + 5,
      stroke: colour,
      strokeWidth: 3,
      strokeLinecap: 'butt',
      ...dashes(dash),
    }),
    Plot.text([name], { ...place, dx: 44, dy: top, fontWeight: 600 }),
    Plot.text([text], { ...place, dx: 44, dy: top + 15 }),
  ];
}

function dashes(dash: number): { strokeDasharray?: string } {
  return dash === 0 ? {} : { strokeDasharray: `${1 + 5 / dash},${2 + dash}` };
}
