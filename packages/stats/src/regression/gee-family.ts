/** Distribution of the response, with its canonical link: logit, identity, log. */
export type GeeFamily = 'binomial' | 'gaussian' | 'poisson';

/** One observation at its linear predictor. */
export interface MeanAndVariance {
  mean: number;
  /** Variance function at the mean; with a canonical link also dμ/dη. */
  variance: number;
  /** y − μ */
  residual: number;
  /** y η − b(η), whose derivative by η is the residual. */
  quasiLikelihood: number;
}

/** @internal */
export function meanAndVariance(family: GeeFamily, eta: number, y: number): MeanAndVariance {
  if (family === 'gaussian') {
    return { mean: eta, variance: 1, residual: y - eta, quasiLikelihood: -((y - eta) ** 2) / 2 };
  }
  if (family === 'poisson') {
    const mean = Math.exp(eta);
    return { mean, variance: mean, residual: y - mean, quasiLikelihood: y * eta - mean };
  }
  const small = Math.exp(-Math.abs(eta));
  const less = small / (1 + small);
  const more = 1 / (1 + small);
  const [mean, complement] = eta < 0 ? [less, more] : [more, less];
  return {
    mean,
    variance: less * more,
    residual: y === 1 ? complement : -mean,
    quasiLikelihood: Math.min(y === 1 ? eta : -eta, 0) - Math.log1p(small),
  };
}
