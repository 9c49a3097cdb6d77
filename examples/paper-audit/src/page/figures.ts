/** The three pictures of the page, as SVG in the colours of its text. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Audit } from '../audit.ts';
import type { Html } from './html.ts';

const BLUE = '#2f6db5';
const RED = '#c2452d';
const GREY = '#8a8f98';

/** Which numbers of rows give each pair of Table 2. */
export function rowsFigure({ table2 }: Audit): Html {
  const { pairs, shifted, common } = table2;
  const bars = [...pairs, shifted].map(({ name, coefficient, p, rows }) => ({
    label: `${name}: ${coefficient}, P ${p}`,
    from: rows?.from ?? NaN,
    // A range of a few rows would be thinner than a pixel.
    to: rows === undefined ? NaN : Math.max(rows.to, rows.from * 1.02),
    colour: name === shifted.name ? RED : BLUE,
  }));
  const labels = bars.map(({ label }) => label.replace('read as 0.089: 0.089', 'read as 0.089'));
  const none = bars.filter(({ from }) => Number.isNaN(from));
  return svg('Numbers of rows that give each printed pair of coefficient and P', {
    width: 720,
    height: 260,
    marginLeft: 300,
    marginBottom: 40,
    x: {
      type: 'log',
      domain: [10, 5000],
      label: 'rows that give the printed pair (log scale) →',
      ticks: [10, 50, 100, 300, 1000, 5000],
      tickFormat: 'd',
    },
    y: { domain: labels, label: null, tickSize: 0 },
    marks: [
      ...(common
        ? [
            Plot.rect([common], {
              x1: 'from',
              x2: (d: { to: number }) => d.to,
              fill: RED,
              fillOpacity: 0.12,
            }),
          ]
        : []),
      Plot.ruleX([50, 300], { stroke: GREY, strokeDasharray: '4 3' }),
      Plot.text([50, 300], {
        x: (n: number) => n,
        text: (n: number) => (n === 50 ? '50 patients' : '300 ROIs'),
        frameAnchor: 'top',
        dy: -10,
        fill: GREY,
      }),
      Plot.barX(bars, {
        x1: 'from',
        x2: 'to',
        y: (_: unknown, i: number) => labels[i],
        fill: 'colour',
        insetTop: 8,
        insetBottom: 8,
      }),
      Plot.text(none, {
        x: 15,
        y: (d: { label: string }) => d.label,
        text: () => 'no number of rows',
        textAnchor: 'start',
        fill: GREY,
      }),
    ],
  });
}

/** Test accuracies beside the rate of the larger class. */
export function accuracyFigure({ majority }: Audit): Html {
  const { models, rate, wilson } = majority;
  return svg('Printed test accuracies beside the majority rate of the cohort', {
    width: 720,
    height: 220,
    marginLeft: 90,
    marginTop: 30,
    marginBottom: 40,
    x: { domain: [55, 90], label: 'accuracy, % →' },
    y: { domain: models.map(({ name }) => name), label: null, tickSize: 0 },
    marks: [
      Plot.rect([wilson], {
        x1: (d: [number, number]) => 100 * d[0],
        x2: (d: [number, number]) => 100 * d[1],
        fill: GREY,
        fillOpacity: 0.15,
      }),
      Plot.ruleX([100 * rate], { stroke: RED, strokeWidth: 1.5 }),
      Plot.text([100 * rate], {
        x: (x: number) => x,
        text: () => `always “grade 0”: ${(100 * rate).toFixed(1)} %`,
        frameAnchor: 'top',
        dy: -14,
        fill: RED,
      }),
      Plot.dot(models, { x: 'trainingPercent', y: 'name', stroke: BLUE, r: 4 }),
      Plot.dot(models, { x: 'testPercent', y: 'name', fill: BLUE, r: 5 }),
    ],
  });
}

/** Intervals of the printed areas by what is taken for a case. */
export function areasFigure({ areas }: Audit): Html {
  const rows = areas.units.flatMap(({ unit, independent, areas: found }) =>
    found.map(({ auc, interval: [low, high] }) => ({
      label: `${unit}${independent ? '' : ' as if independent'}`,
      auc,
      text: auc.toFixed(2),
      low: Math.max(0, low),
      high: Math.min(1, high),
      colour: independent ? BLUE : GREY,
    })),
  );
  const aucs = [...new Set(rows.map(({ text }) => text))];
  return svg('95 % intervals of the printed test areas', {
    width: 720,
    height: 340,
    marginLeft: 90,
    marginRight: 230,
    marginBottom: 40,
    x: { domain: [0.2, 1], label: 'area under the ROC curve, 95 % interval →' },
    y: { domain: aucs, label: null, tickSize: 0 },
    fy: { domain: [...new Set(rows.map(({ label }) => label))], label: null },
    marks: [
      Plot.ruleX([0.5], { stroke: GREY, strokeDasharray: '4 3' }),
      Plot.ruleY(rows, {
        x1: 'low',
        x2: 'high',
        y: 'text',
        fy: 'label',
        stroke: 'colour',
        strokeWidth: 2,
      }),
      Plot.dot(rows, { x: 'auc', y: 'text', fy: 'label', fill: 'colour', r: 3.5 }),
    ],
  });
}

function svg(title: string, options: Plot.PlotOptions): Html {
  const { document } = parseHTML('<html><body></body></html>');
  const style = { background: 'transparent', fontSize: '12px', fontFamily: 'inherit' };
  const figure = Plot.plot({ ...options, ariaLabel: title, style, document });
  figure.setAttribute('role', 'img');
  return { markup: figure.outerHTML };
}
