const { fround } = Math;

/** What the gain of a split depends on; all values are float32 numbers. */
export interface Regularisation {
  readonly lambda: number;
  readonly minChildWeight: number;
}

/**
 * Gain of a set of rows with gradient sum G and hessian sum H: G² / (H + λ), eq. 6 of Chen and Guestrin 2016
 * without its factor ½, with XGBoost's roundings to float32.
 */
export function gainOf(gradient: number, hessian: number, lambda: number): number {
  return hessian <= 0 ? 0 : fround(fround(gradient * gradient) / fround(hessian + lambda));
}

/** Optimal weight −G / (H + λ) of a leaf (eq. 5), 0 (never −0) where the rows weigh too little; float32. */
export function weightOf(
  gradient: number,
  hessian: number,
  { lambda, minChildWeight }: Regularisation,
): number {
  return hessian < minChildWeight || hessian <= 0 ? 0 : fround(-gradient / (hessian + lambda)) + 0;
}
