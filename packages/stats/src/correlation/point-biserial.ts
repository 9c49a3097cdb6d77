import { checkedAlternative } from '../alternative.js';
import {
  checkedLabels,
  checkedLevel,
  checkedOptions,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import { pearson } from './pearson.js';
import { type Correlation, type CorrelationOptions, undefinedCorrelation } from './result.js';

const METHOD = "point-biserial correlation, P by Student's t, interval by Fisher's z";

/** A point-biserial correlation with the sizes of its two groups. */
export interface PointBiserialCorrelation extends Correlation {
  /** Observations labelled 1. */
  positives: number;
  /** Observations labelled 0. */
  negatives: number;
}

/**
 * The correlation of a yes-or-no variable with a measured one: Pearson's r of the labels 0 and 1, whose P is that of Student's t test of
 * the two groups with equal variances.
 *
 * Source: Tate (1954, Ann. Math. Statist. 25:603); t = r √((n − 2)/(1 − r²)).
 *
 * @param binary 0 or 1 for each observation; NaN where it is missing
 * @param y as many numbers
 * @returns NaN with a `reason` for fewer than two observations, a single label (`single-class`), a constant y or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for other labels, arrays of different length, infinities or an impossible option
 * @example
 * ```ts
 * import { pointBiserial } from '@steatosis/stats';
 *
 * const metabolicSyndrome = [0, 0, 1, 0, 1, 1, 0, 1];
 * const pdffPercent = [2.1, 3.3, 8.0, 4.4, 6.9, 16.2, 5.8, 11.4];
 * const { coefficient, p, positives } = pointBiserial(metabolicSyndrome, pdffPercent);
 * console.log(coefficient.toFixed(3), p.toFixed(4), positives); // 0.776 0.0237 4
 * ```
 */
export function pointBiserial(
  binary: Numbers,
  y: Numbers,
  options: CorrelationOptions = {},
): PointBiserialCorrelation {
  checkedOptions(options, ['level', 'alternative', 'nanPolicy']);
  const asked = {
    level: checkedLevel(options.level),
    alternative: checkedAlternative(options.alternative),
    method: METHOD,
  };
  sameLength('binary', binary, 'y', y);
  const kept = keptObservations({ binary, y }, options.nanPolicy);
  if (kept === 'nan') {
    const { NaN: nan } = Number;
    return {
      ...undefinedCorrelation(y.length, asked, 'nan-input'),
      positives: nan,
      negatives: nan,
    };
  }
  const labels = checkedLabels('binary', keptValues(binary, kept));
  const n = labels.length;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const sizes = { positives, negatives: n - positives };
  if (n >= 2 && (positives === 0 || positives === n)) {
    return { ...undefinedCorrelation(n, asked, 'single-class'), ...sizes };
  }
  const { level, alternative } = asked;
  const record = pearson(labels, keptValues(y, kept), { level, alternative });
  return { ...record, method: METHOD, ...sizes };
}
