import { formatCountPercent, formatMeanSd, formatP } from '@steatosis/stats';
import type { CohortCell, PartResult, Proportion } from '../study/results.js';
import { type Html, html } from './html.js';

/** `0.72`; a dash where there is no value. */
export function fixed(value: number | null, digits = 2): string {
  return value === null || !Number.isFinite(value) ? '–' : minus(value.toFixed(digits));
}

/** `0.54–0.90`, with "to" where a bound is negative. */
export function intervalText(interval: readonly [number, number] | null, digits = 2): string {
  if (interval === null || !interval.every((bound) => Number.isFinite(bound))) return 'no interval';
  const between = interval[0] < 0 ? ' to ' : '–';
  return fixed(interval[0], digits) + between + fixed(interval[1], digits);
}

/** `71.3 %`. */
export function percent(value: number | null, digits = 1): string {
  return value === null || !Number.isFinite(value) ? '–' : `${(100 * value).toFixed(digits)} %`;
}

/** `62.6–85.7`, in percent. */
export function percentInterval(interval: readonly [number, number] | null): string {
  return interval === null
    ? 'no interval'
    : intervalText([100 * interval[0], 100 * interval[1]], 1);
}

/** `0.72 (0.54–0.90)`. */
export function aucText(part: Pick<PartResult, 'auc' | 'aucInterval'>): string {
  return part.auc === null ? '–' : `${fixed(part.auc)} (${intervalText(part.aucInterval)})`;
}

/** `76.0 % (62.6–85.7)`. */
export function accuracyText(part: Pick<PartResult, 'accuracy' | 'accuracyInterval'>): string {
  return `${percent(part.accuracy)} (${percentInterval(part.accuracyInterval)})`;
}

/** `80.0 %` with `49.0–94.3` below it. */
export function proportionCell(proportion: Proportion): string | Html {
  if (proportion.value === null) return '–';
  return stacked(percent(proportion.value), percentInterval(proportion.interval));
}

/** A value with its interval in small type below it, for tables with many columns. */
export function stacked(value: string, interval: string): Html {
  return html`${value}<br /><small>${interval}</small>`;
}

/** `0.028` or `<0.001`, never `.000`. */
export function pText(p: number | null): string {
  return p === null ? '–' : formatP(p, { undefinedText: '–' });
}

/** `52.1 ± 11.4` or `24 (63.2%)`. */
export function cohortCellText(cell: CohortCell): string {
  if (cell.kind === 'missing') return '–';
  return cell.kind === 'mean'
    ? formatMeanSd(
        { mean: cell.mean, standardDeviation: cell.sd ?? Number.NaN },
        { undefinedText: '–' },
      )
    : formatCountPercent(cell.count, cell.n, { undefinedText: '–' });
}

function minus(text: string): string {
  return text.replace('-', '−');
}
