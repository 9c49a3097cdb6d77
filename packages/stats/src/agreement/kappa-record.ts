import type { Interval, Reason } from '../reason.js';
import { normalP, normalQuantile } from '../special/normal.js';
import { type PValue, UNKNOWN_P } from '../special/p-value.js';

/** Agreement of raters beyond chance, with interval and test. */
export interface Kappa {
  /** 1 perfect agreement, 0 that of chance; NaN where it is undefined (see `reason`). */
  kappa: number;
  /** Normal interval at `level` with `standardError`, cut at ±1. */
  interval: Interval;
  level: number;
  /** For the interval. */
  standardError: number;
  /** The same if the raters agreed by chance only, for the test. */
  standardErrorNull: number;
  /** z = kappa / standardErrorNull */
  statistic: number;
  /** Two-sided P of agreement by chance. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Share of agreement found, weighted where there are weights. */
  observedAgreement: number;
  /** The same expected by chance. */
  expectedAgreement: number;
  /** Pairs, or subjects, used. */
  n: number;
  method: string;
  /**
   * `'zero-variance'` for perfect agreement (the interval says nothing), `'constant-input'` when only one category is used (of two
   * raters: by either), `'too-few-observations'`, `'nan-input'`.
   */
  reason?: Reason;
}

/** Interval and test that follow from a kappa and its two standard errors; all NaN for NaN. @internal */
export function testedKappa(
  kappa: number,
  standardError: number,
  standardErrorNull: number,
  level: number,
): Pick<Kappa, 'kappa' | 'interval' | 'standardError' | 'standardErrorNull' | 'statistic'> &
  PValue {
  const statistic = kappa / standardErrorNull;
  const reach = -normalQuantile((1 - level) / 2) * standardError;
  return {
    kappa,
    interval: [Math.max(-1, kappa - reach), Math.min(1, kappa + reach)],
    standardError,
    standardErrorNull,
    statistic,
    ...(Number.isNaN(statistic) ? UNKNOWN_P : normalP(statistic, 'two-sided')),
  };
}
