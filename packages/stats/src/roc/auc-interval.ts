import type { Interval, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';

/** An interval and why it is NaN or says little. */
export interface AucInterval {
  interval: Interval;
  reason?: Reason | undefined;
}

/** AUC ± z·SE, cut to 0 … 1. */
export function waldInterval(auc: number, standardError: number, level: number): AucInterval {
  if (Number.isNaN(standardError)) return unknownInterval('too-few-observations');
  const reach = zOf(level) * standardError;
  return withZeroVariance([Math.max(0, auc - reach), Math.min(1, auc + reach)], standardError);
}

/** The same on the scale of ln(AUC/(1 − AUC)), whose standard error is SE/(AUC (1 − AUC)) by the delta method. */
export function logitInterval(auc: number, standardError: number, level: number): AucInterval {
  if (Number.isNaN(standardError)) return unknownInterval('too-few-observations');
  const product = auc * (1 - auc);
  if (product === 0) return unknownInterval('boundary-estimate');
  const logit = Math.log(auc / (1 - auc));
  const reach = (zOf(level) * standardError) / product;
  return withZeroVariance([expit(logit - reach), expit(logit + reach)], standardError);
}

/** The z that a standard normal variable exceeds in absolute value with probability 1 − level. */
export function zOf(level: number): number {
  return -normalQuantile((1 - level) / 2);
}

export function unknownInterval(reason: Reason): AucInterval {
  return { interval: [Number.NaN, Number.NaN], reason };
}

function withZeroVariance(interval: Interval, standardError: number): AucInterval {
  return standardError === 0 ? { interval, reason: 'zero-variance' } : { interval };
}

function expit(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
