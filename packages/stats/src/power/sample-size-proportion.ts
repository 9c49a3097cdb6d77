import { checkedChoice } from '../alternative.js';
import { checkedLevel, checkedOptions } from '../checks.js';
import { zOf } from '../roc/auc-interval.js';
import { leastSize } from './least-size.js';
import { checkedPositive, openShare } from './planning.js';

/** How many observations a proportion needs. */
export interface ProportionSampleSize {
  n: number;
  /** The number at which the width is met exactly; `n` is the whole number above. */
  exactN: number;
  proportion: number;
  /** Half the width of the interval with `n` observations. */
  halfWidth: number;
  level: number;
  method: string;
}

/**
 * How many observations make the interval of a proportion (a sensitivity, an accuracy) narrow enough, if the proportion is what it is
 * assumed to be.
 *
 * Sources: Wilson (1927, JASA 22:209), half-width z √(p(1 − p)/n + z²/4n²)/(1 + z²/n); Wald's z √(p(1 − p)/n).
 *
 * @param design `proportion` and `halfWidth` between 0 and 1, `level` (default 0.95), `method` `'wilson'` (default) or `'wald'`
 * @throws InvalidArgumentError for values outside their range or unknown keys
 * @example
 * ```ts
 * import { sampleSizeProportion } from '@steatosis/stats';
 *
 * console.log(sampleSizeProportion({ proportion: 0.9, halfWidth: 0.05 }).n); // 141
 * console.log(sampleSizeProportion({ proportion: 0.9, halfWidth: 0.05, method: 'wald' }).n); // 139
 * ```
 */
export function sampleSizeProportion(design: {
  proportion: number;
  halfWidth: number;
  level?: number;
  method?: 'wilson' | 'wald';
}): ProportionSampleSize {
  checkedOptions(design, ['proportion', 'halfWidth', 'level', 'method']);
  const p = openShare('proportion', design.proportion);
  const wanted = checkedPositive('halfWidth', design.halfWidth);
  const level = checkedLevel(design.level);
  const kind = checkedChoice('method', design.method ?? 'wilson', ['wilson', 'wald']);
  const z = zOf(level);
  const halfWidthAt = (n: number) =>
    kind === 'wald'
      ? z * Math.sqrt((p * (1 - p)) / n)
      : (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  const effect = { name: 'halfWidth', value: wanted };
  const { whole, fraction } = leastSize((n) => wanted - halfWidthAt(n), 1, effect);
  return {
    n: whole,
    exactN: fraction,
    proportion: p,
    halfWidth: halfWidthAt(whole),
    level,
    method: `sample size for the width of ${kind === 'wald' ? "Wald's" : "Wilson's"} interval of a proportion`,
  };
}
