const { fround } = Math;

/** float32 of 1e-16, XGBoost's least hessian and what keeps its sigmoid from a division by zero. */
const LEAST_HESSIAN = 1.0000000168623835e-16;

/** Greatest exponent that XGBoost's sigmoid takes, float32 of 88.7. */
const MOST_EXPONENT = 88.69999694824219;

/** How margins of one output become predictions, and back. */
export interface Link {
  /** From a margin to a prediction. */
  readonly transform: (margin: number) => number;
  /** From a base score to a margin. */
  readonly marginOf: (baseScore: number) => number;
  /** Whether `baseScore` can be one. */
  readonly isBaseScore: (baseScore: number) => boolean;
}

/** 1 / (e^−x + 1 + 10⁻¹⁶) in float32, the exponent held below overflow. */
export function sigmoid(x: number): number {
  const power = fround(Math.exp(Math.min(-x, MOST_EXPONENT)));
  return fround(1 / fround(fround(power + 1) + LEAST_HESSIAN));
}

export const identity: Link = {
  transform: (margin) => margin,
  marginOf: fround,
  isBaseScore: (baseScore) => Number.isFinite(fround(baseScore)),
};

/** Probabilities; XGBoost holds the base score 10⁻⁶ away from 0 and 1. */
export const logit: Link = {
  transform: sigmoid,
  marginOf(baseScore) {
    const least = fround(1e-6);
    const p = Math.min(Math.max(fround(baseScore), least), fround(1 - least));
    return fround(-Math.log(fround(fround(1 / p) - 1))) + 0;
  },
  isBaseScore: (baseScore) => baseScore > 0 && baseScore < 1,
};

/** Means > 0, whose logarithms are summed up. */
export const logarithm: Link = {
  transform: (margin) => fround(Math.exp(margin)),
  marginOf: (baseScore) => fround(Math.log(fround(baseScore))),
  isBaseScore: (baseScore) => fround(baseScore) > 0 && fround(baseScore) < Infinity,
};
