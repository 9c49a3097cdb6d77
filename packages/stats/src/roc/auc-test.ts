import type { Alternative } from '../alternative.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';

/** Options of the tests of two AUCs. */
export interface AucTestOptions {
  /** `'greater'`: the first AUC is greater. Default `'two-sided'`. */
  alternative?: Alternative;
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN scores. Default `'propagate'`; `'omit'` leaves out the observation, of paired scores from both. */
  nanPolicy?: NanPolicy;
}

/** Two AUCs, compared. */
export interface AucTest {
  /** First minus second AUC. */
  difference: number;
  /** difference ± quantile · SE, two-sided whatever the alternative. */
  interval: Interval;
  level: number;
  /** Of the difference. */
  standardError: number;
  /** difference/SE */
  statistic: number;
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  alternative: Alternative;
  aucA: number;
  aucB: number;
  varianceA: number;
  varianceB: number;
  method: string;
  /** Why values are NaN; absent when none is. */
  reason?: Reason;
}
