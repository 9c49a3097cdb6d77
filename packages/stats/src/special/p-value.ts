/** A probability with its natural logarithm, which goes on where the probability underflows. */
export interface PValue {
  p: number;
  logP: number;
}

/** Neither is known. */
export const UNKNOWN_P: Readonly<PValue> = { p: Number.NaN, logP: Number.NaN };

/** `p` twice, at most 1: two-sided P of a symmetric distribution from its tail. */
export function doubled({ p, logP }: PValue): PValue {
  return p >= 0.5 ? { p: 1, logP: 0 } : { p: 2 * p, logP: logP + Math.LN2 };
}
