import * as Plot from '@observablehq/plot';
import type { Html } from '../../report/html.js';
import { plotFigure } from '../../report/plot-figure.js';
import type { LearningCurves } from '../learning-curves.js';
import { axis, BLUE, GREEN, grid, ORANGE } from './axes.js';

/** A kind of rows that curves are of. */
export interface CurveKind {
  key: 'training' | 'validation' | 'heldOut';
  name: string;
  colour: string;
}

export const CURVE_KINDS: readonly CurveKind[] = [
  { key: 'training', name: 'rows learned from', colour: BLUE },
  { key: 'validation', name: 'rows that stop the training', colour: ORANGE },
  { key: 'heldOut', name: 'held-out rows', colour: GREEN },
];

interface Point {
  round: number;
  value: number;
  run: number;
}

/**
 * What is measured after each round: thin lines for the models of the folds, broad ones for the model that is
 * kept (or for their mean, where none of its rows was held out), a ring at each best round.
 *
 * @param folds curves of the models that were judged
 * @param kept curves of the model that is kept, if it is another one
 */
export function learningFigure(
  folds: readonly LearningCurves[],
  kept: LearningCurves | undefined,
  size: { width: number; height: number },
): Html {
  const all = kept === undefined ? folds : [...folds, kept];
  const [{ metric }] = all as [LearningCurves];
  const alone = all.length === 1;
  const lines = CURVE_KINDS.flatMap(({ key, colour }) => {
    const thin = alone ? [] : folds.flatMap((curves, run) => pointsOf(curves[key], run));
    const broad = alone
      ? pointsOf(all[0]![key], 0)
      : pointsOf(kept?.[key] ?? meanCurve(folds.map((curves) => curves[key])), 0);
    const options = { x: 'round', y: 'value', stroke: colour, strokeLinejoin: 'round' } as const;
    return [
      Plot.line(thin, { ...options, z: 'run', strokeWidth: 1, strokeOpacity: 0.38 }),
      Plot.line(broad, { ...options, strokeWidth: 2.4 }),
    ];
  });
  const best = all.flatMap(({ bestRound, validation }, run) =>
    bestRound === undefined || validation === undefined
      ? []
      : [{ round: bestRound, value: validation[bestRound - 1]!, run }],
  );
  const keptRound = (alone ? all[0] : kept)?.bestRound;
  return plotFigure(`${metric} after each round`, {
    ...size,
    marginLeft: 62,
    marginBottom: 42,
    marginTop: 22,
    marginRight: 16,
    x: axis('rounds', { nice: false }),
    y: axis(metric, { nice: true, zero: all.every((curves) => isLoss(curves)) }),
    marks: [
      ...grid(),
      ...(keptRound === undefined
        ? []
        : [
            Plot.ruleX([keptRound], { strokeDasharray: '4,4', strokeOpacity: 0.6 }),
            Plot.text([`best round of the model that is kept: ${keptRound}`], {
              x: keptRound,
              frameAnchor: 'top',
              dy: -14,
              textAnchor: 'middle',
            }),
          ]),
      ...lines,
      Plot.dot(best, { x: 'round', y: 'value', stroke: ORANGE, fill: 'white', r: 3.2 }),
    ],
  });
}

/** Losses start at 0; shares of right answers would only be squeezed by it. */
function isLoss({ metric }: LearningCurves): boolean {
  return !/^(?:auc|aucpr)/.test(metric);
}

function pointsOf(curve: readonly number[] | undefined, run: number): Point[] {
  return (curve ?? []).map((value, i) => ({ round: i + 1, value, run }));
}

/** Mean over the runs as far as all of them go. */
function meanCurve(curves: readonly (readonly number[] | undefined)[]): number[] {
  const present = curves.filter((curve) => curve !== undefined);
  if (present.length === 0) return [];
  const length = Math.min(...present.map((curve) => curve.length));
  return Array.from(
    { length },
    (_, i) => present.reduce((sum, curve) => sum + curve[i]!, 0) / present.length,
  );
}
