import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { checkedOptions, checkedRecord } from '../checks.js';
import type { Interval } from '../reason.js';
import { intervalInWords } from './interval-text.js';

/** An estimate that becomes a line of a forest plot. */
export interface ForestEstimate {
  label: string;
  estimate: number;
  interval: Interval;
  /** Any size ≥ 0, such as the number of subjects or the inverse variance. Default the same for all. */
  weight?: number;
}

/** Options of {@link forestPlotData}. */
export interface ForestPlotOptions {
  /** `'linear'` (default) for differences, correlations, areas; `'log'` for ratios of odds, risks or hazards. */
  scale?: 'linear' | 'log';
  /** The value of no effect. Default 0, or 1 on the scale `'log'`. */
  reference?: number;
  /** Decimals of the texts. Default 2. */
  digits?: number;
}

/** A line of a forest plot. */
export interface ForestRow {
  label: string;
  estimate: number;
  lower: number;
  upper: number;
  /** Share of all weights, 0 … 1: the area of the square. */
  weight: number;
  /** `1.71 (0.46–6.35)` */
  text: string;
  /** Whether the interval contains the value of no effect. */
  containsReference: boolean;
  /** Whether there is nothing to draw: a value is NaN, or not positive on the scale `'log'`. */
  undefined: boolean;
}

/** Everything that a forest plot shows, as rows. */
export interface ForestPlotData {
  rows: ForestRow[];
  scale: 'linear' | 'log';
  reference: number;
  /** From the least to the greatest finite limit, the value of no effect among them. */
  domain: Interval;
}

/**
 * The rows of a forest plot: estimates with their intervals, weights and texts, for Observable Plot, Vega-Lite and the like.
 *
 * @param estimates one for each line, in their order from the top
 * @throws InvalidArgumentError for a weight that is negative or not finite, a reference that the scale does not have, or an
 *   impossible option
 * @example
 * ```ts
 * import { forestPlotData } from '@steatosis/stats';
 *
 * const { rows, domain } = forestPlotData(
 *   [
 *     { label: 'men', estimate: 1.71, interval: [0.46, 6.35], weight: 30 },
 *     { label: 'women', estimate: 2.4, interval: [1.1, 5.2], weight: 20 },
 *   ],
 *   { scale: 'log' },
 * );
 * console.log(rows.map(({ text }) => text)); // [ '1.71 (0.46–6.35)', '2.40 (1.10–5.20)' ]
 * console.log(rows[0].weight, rows[0].containsReference, domain); // 0.6 true [ 0.46, 6.35 ]
 * ```
 */
export function forestPlotData(
  estimates: readonly ForestEstimate[],
  options: ForestPlotOptions = {},
): ForestPlotData {
  checkedOptions(options, ['scale', 'reference', 'digits']);
  const { digits = 2 } = options;
  const scale = checkedChoice('scale', options.scale ?? 'linear', ['linear', 'log']);
  const reference = options.reference ?? (scale === 'log' ? 1 : 0);
  if (!Number.isFinite(reference) || (scale === 'log' && reference <= 0)) {
    const expected = scale === 'log' ? 'a finite number > 0' : 'a finite number';
    throw new InvalidArgumentError('reference', reference, expected);
  }
  checkedEstimates(estimates);
  const weights = estimates.map(({ weight = 1 }, i) => checkedWeight(weight, i));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const rows = estimates.map(({ label, estimate, interval }, i): ForestRow => {
    const [lower, upper] = interval;
    const least = scale === 'log' ? 0 : -Infinity;
    return {
      label,
      estimate,
      lower,
      upper,
      weight: total === 0 ? 0 : weights[i] / total,
      text: intervalInWords(estimate, interval, digits),
      containsReference: lower <= reference && reference <= upper,
      undefined: !(estimate > least && lower <= upper && upper > least && estimate < Infinity),
    };
  });
  return { rows, scale, reference, domain: domainOf(rows, scale, reference) };
}

function checkedEstimates(estimates: readonly ForestEstimate[]): void {
  const given: unknown = estimates;
  if (!Array.isArray(given)) {
    throw new InvalidArgumentError('estimates', given, 'an array of { label, estimate, interval }');
  }
  given.forEach((entry: unknown, i) => {
    const name = `estimates[${i}]`;
    checkedRecord(name, entry, 'an object { label, estimate, interval }');
    const { interval } = entry as { interval: unknown };
    if (!(Array.isArray(interval) && interval.length === 2)) {
      throw new InvalidArgumentError(`${name}.interval`, interval, 'a lower and an upper limit');
    }
  });
}

function checkedWeight(weight: number, i: number): number {
  if (!(weight >= 0 && weight < Infinity)) {
    throw new InvalidArgumentError(`estimates[${i}].weight`, weight, 'a finite number ≥ 0');
  }
  return weight;
}

function domainOf(
  rows: readonly ForestRow[],
  scale: 'linear' | 'log',
  reference: number,
): Interval {
  let low = reference;
  let high = reference;
  for (const row of rows) {
    if (row.undefined) continue;
    for (const value of [row.lower, row.estimate, row.upper]) {
      if (!Number.isFinite(value) || (scale === 'log' && value <= 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}
