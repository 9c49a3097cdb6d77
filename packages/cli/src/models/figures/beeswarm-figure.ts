import * as Plot from '@observablehq/plot';
import type { Html } from '../../report/html.js';
import { plotFigure } from '../../report/plot-figure.js';
import { axis, marginFor, shortName } from './axes.js';
import { relativeValues, stackedHeights } from './beeswarm-layout.js';
import { COLOUR_STEPS, MISSING_COLOUR, stepColour, stepOf } from './value-colours.js';

/** One line of dots. */
export interface SwarmFeature {
  name: string;
  /** Values of the feature, NaN where it is missing, and what each adds to the model's output. */
  values: Float64Array;
  contributions: Float64Array;
}

const SVG = 'http://www.w3.org/2000/svg';
const ROW = 26;
const MARGIN = { top: 8, bottom: 44 };
const BAR = { left: 26, width: 9 };

/** Dots of one colour are drawn in so many turns, so that no colour lies wholly on top. */
const TURNS = 4;

/**
 * What each feature adds to the output in each row: a dot a row, its colour the value of the feature from its
 * 5th to its 95th percentile. Lundberg and Lee's summary plot.
 */
export function beeswarmFigure(
  features: readonly SwarmFeature[],
  label: string,
  width: number,
): Html {
  const all = features.flatMap(({ contributions }) => [...contributions]);
  const low = all.reduce((a, b) => Math.min(a, b), 0);
  const high = all.reduce((a, b) => Math.max(a, b), 0);
  const names = features.map(({ name }) => name);
  return plotFigure(`Contributions of ${features.length} features in every row: ${label}`, {
    width,
    height: features.length * ROW + MARGIN.top + MARGIN.bottom,
    marginLeft: marginFor(names),
    marginBottom: MARGIN.bottom,
    marginTop: MARGIN.top,
    marginRight: 86,
    x: axis(label, { domain: [low, high], nice: true }),
    y: {
      type: 'band',
      label: null,
      domain: names,
      tickFormat: (name: string) => shortName(name),
      tickSize: 0,
      padding: 0,
    },
    marks: [
      Plot.gridX({ strokeOpacity: 0.12 }),
      Plot.ruleX([0], { strokeOpacity: 0.6 }),
      swarmMark(features, low, high),
      colourBar(),
    ],
  });
}

/** Dots as strokes of no length with round ends: a tenth of the text that circles take. */
function swarmMark(
  features: readonly SwarmFeature[],
  low: number,
  high: number,
): Plot.RenderFunction {
  return (_index, scales, _values, _dimensions, { document }) => {
    const group = document.createElementNS(SVG, 'g');
    group.setAttribute('stroke-linecap', 'round');
    group.setAttribute('stroke-width', '5');
    group.setAttribute('fill', 'none');
    for (const { name, values, contributions } of features) {
      const middle = scales.y!(name) + ROW / 2;
      const heights = stackedHeights(contributions, low, high);
      const relative = relativeValues(values);
      const paths = new Map<string, string>();
      contributions.forEach((contribution, row) => {
        const x = (scales.x!(contribution) as number).toFixed(1);
        const y = (middle - heights[row]! * 0.42 * ROW).toFixed(1);
        const key = `${row % TURNS} ${stepOf(relative[row]!)}`;
        paths.set(key, `${paths.get(key) ?? ''}M${x} ${y}h0`);
      });
      for (const key of [...paths.keys()].toSorted()) {
        const step = Number(key.split(' ')[1]);
        const path = document.createElementNS(SVG, 'path');
        path.setAttribute('stroke', step < 0 ? MISSING_COLOUR : stepColour(step));
        path.setAttribute('d', paths.get(key)!);
        group.append(path);
      }
    }
    return group;
  };
}

/** What the colours mean, to the right of the plot. */
function colourBar(): Plot.RenderFunction {
  return (_index, _scales, _values, dimensions, { document }) => {
    const { width, height, marginTop, marginBottom, marginRight } = dimensions;
    const group = document.createElementNS(SVG, 'g');
    const left = width - marginRight + BAR.left;
    const bottom = height - marginBottom;
    const step = (bottom - marginTop) / COLOUR_STEPS;
    for (let i = 0; i < COLOUR_STEPS; i++) {
      const bar = document.createElementNS(SVG, 'rect');
      bar.setAttribute('x', String(left));
      bar.setAttribute('y', (bottom - (i + 1) * step).toFixed(2));
      bar.setAttribute('width', String(BAR.width));
      // A little higher than the step, so that no seams show.
      bar.setAttribute('height', (step + 0.5).toFixed(2));
      bar.setAttribute('fill', stepColour(i));
      group.append(bar);
    }
    const right = left + BAR.width + 5;
    const write = (text: string, x: number, y: number, turned = false): void => {
      const line = document.createElementNS(SVG, 'text');
      line.setAttribute('fill', 'currentColor');
      line.setAttribute('transform', `translate(${x} ${y})${turned ? ' rotate(-90)' : ''}`);
      line.setAttribute('text-anchor', turned ? 'middle' : 'start');
      line.textContent = text;
      group.append(line);
    };
    write('high', right, marginTop + 10);
    write('low', right, bottom);
    write('value of the feature', right + 14, (marginTop + bottom) / 2, true);
    return group;
  };
}
