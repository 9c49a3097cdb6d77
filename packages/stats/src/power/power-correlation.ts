import { InvalidArgumentError } from '@steatosis/core';
import type { Alternative } from '../alternative.js';
import { checkedOptions } from '../checks.js';
import { normalUpper } from '../special/normal.js';
import { studentUpperQuantile } from '../special/student-t-quantile.js';
import { leastSize } from './least-size.js';
import {
  checkedPlanning,
  checkedPower,
  checkedSize,
  type PlanningOptions,
  type SampleSizeOptions,
  tailOf,
  towards,
} from './planning.js';

/** The power of a test of a correlation. */
export interface CorrelationPower {
  /** Probability of rejecting that there is no correlation. */
  power: number;
  /** Pairs. */
  n: number;
  /** The correlation that is assumed. */
  correlation: number;
  significance: number;
  alternative: Alternative;
  method: string;
}

/** How many pairs a test of a correlation needs. */
export interface CorrelationSampleSize extends CorrelationPower {
  /** The number of pairs at which the power is met exactly; `n` is the whole number above. */
  exactN: number;
}

const METHOD =
  "power of the t test of Pearson's correlation by Fisher's z with its bias (as R's pwr.r.test)";

/**
 * The power of the t test of Pearson's correlation (of Spearman's to a good approximation).
 *
 * With z = atanh ρ + ρ/(2(n − 1)) and the critical r = t/√(t² + n − 2): Φ((z − atanh r)√(n − 3)), of two-sided tests with the other side
 * beside it. Source: Cohen (1988, Statistical Power Analysis, 2nd ed.), chapter 3, with the exact critical r.
 *
 * @param design `correlation` −1 … 1 (both excluded), `n` pairs (4 or more), `significance`, `alternative`
 * @throws InvalidArgumentError for values outside their range or unknown keys
 * @example
 * ```ts
 * import { powerCorrelation } from '@steatosis/stats';
 *
 * console.log(powerCorrelation({ correlation: 0.3, n: 50 }).power.toFixed(3)); // 0.572
 * ```
 */
export function powerCorrelation(
  design: PlanningOptions & { correlation: number; n: number },
): CorrelationPower {
  checkedOptions(design, ['correlation', 'n', 'significance', 'alternative']);
  const correlation = checkedCorrelation(design.correlation);
  const n = checkedSize('n', design.n, 4);
  const { significance, alternative } = checkedPlanning(design);
  const power = powerAt(n, correlation, significance, alternative);
  return { power, n, correlation, significance, alternative, method: METHOD };
}

/**
 * How many pairs the t test of Pearson's correlation needs for a power; the inverse of {@link powerCorrelation}.
 *
 * @param design `correlation` −1 … 1 (both and 0 excluded), `power`, `significance`, `alternative`
 * @returns at least 4 pairs
 * @throws InvalidArgumentError for values outside their range, unknown keys, or a correlation that the test cannot find
 * @example
 * ```ts
 * import { sampleSizeCorrelation } from '@steatosis/stats';
 *
 * const { n, exactN, power } = sampleSizeCorrelation({ correlation: 0.3, power: 0.8 });
 * console.log(n, exactN.toFixed(2), power.toFixed(4)); // 85 84.07 0.8044
 * ```
 */
export function sampleSizeCorrelation(
  design: SampleSizeOptions & { correlation: number },
): CorrelationSampleSize {
  checkedOptions(design, ['correlation', 'power', 'significance', 'alternative']);
  const correlation = checkedCorrelation(design.correlation);
  const { significance, alternative } = checkedPlanning(design);
  const wanted = checkedPower(design.power, significance);
  const at = (n: number) => powerAt(n, correlation, significance, alternative);
  const effect = { name: 'correlation', value: correlation };
  const { whole, fraction } = leastSize((n) => at(n) - wanted, 4, effect);
  return {
    power: at(whole),
    n: whole,
    exactN: fraction,
    correlation,
    significance,
    alternative,
    method: METHOD,
  };
}

function powerAt(n: number, correlation: number, significance: number, alternative: Alternative) {
  const rho = towards(correlation, alternative);
  const t = studentUpperQuantile(tailOf(significance, alternative), n - 2);
  const critical = Math.asinh(t / Math.sqrt(n - 2)); // atanh(t/√(t² + n − 2))
  const z = Math.atanh(rho) + rho / (2 * (n - 1));
  const root = Math.sqrt(n - 3);
  const other = alternative === 'two-sided' ? normalUpper((critical + z) * root) : 0;
  return Math.min(1, normalUpper((critical - z) * root) + other);
}

function checkedCorrelation(correlation: number): number {
  if (!(typeof correlation === 'number' && Math.abs(correlation) < 1)) {
    throw new InvalidArgumentError('correlation', correlation, 'a number between −1 and 1');
  }
  return correlation;
}
