import { compensatedSum } from '../numeric/sum.js';
import { fUpper } from '../special/f.js';
import { UNKNOWN_P } from '../special/p-value.js';

/** Test of all coefficients but the intercept together. */
export interface ModelFTest {
  statistic: number;
  /** [coefficients tested, n − p] */
  degreesOfFreedom: [numerator: number, denominator: number];
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
}

/** How well a linear model fits. */
export interface FitQuality {
  /** √(RSS/(n − p)) */
  residualStandardError: number;
  /** Share of the variance explained; of Σy² in a model without intercept. */
  rSquared: number;
  /** 1 − (1 − R²)(n − 1)/(n − p), with n for n − 1 in a model without intercept. */
  adjustedRSquared: number;
  fTest: ModelFTest;
  /** Of normal errors, at the maximum likelihood estimate of their variance. */
  logLikelihood: number;
  /** −2 ln L + 2(p + 1): the variance counts as a parameter, as in R. */
  aic: number;
  /** −2 ln L + (p + 1) ln n */
  bic: number;
}

/** @internal */
function unknownFTest(numerator: number, denominator: number): ModelFTest {
  return { statistic: Number.NaN, degreesOfFreedom: [numerator, denominator], ...UNKNOWN_P };
}

/** @internal */
export function fTest(statistic: number, numerator: number, denominator: number): ModelFTest {
  if (Number.isNaN(statistic) || numerator < 1 || denominator < 1) {
    return unknownFTest(numerator, denominator);
  }
  return {
    statistic,
    degreesOfFreedom: [numerator, denominator],
    ...fUpper(statistic, numerator, denominator),
  };
}

/** Sums of squares of a fit. */
export interface SumsOfSquares {
  /** Σ w (ŷ − ȳ)², ȳ being 0 without an intercept. */
  explained: number;
  /** Σ w (y − ŷ)² */
  residual: number;
}

/**
 * The explained sum by itself, since as the difference of two others it would lose its digits in a weak model.
 *
 * @param y about its mean, where there is an intercept
 * @internal
 */
export function sumsOfSquares(
  y: Float64Array,
  residuals: Float64Array,
  weights: Float64Array | undefined,
): SumsOfSquares {
  const weighted = (value: number, i: number) =>
    (weights === undefined ? 1 : weights[i]) * value * value;
  return {
    explained: compensatedSum(residuals.map((residual, i) => weighted(y[i] - residual, i))),
    residual: compensatedSum(residuals.map(weighted)),
  };
}

/**
 * @param scale unit of y in which the sums of squares are
 * @internal
 */
export function fitQuality(
  { explained, residual }: SumsOfSquares,
  {
    n,
    p,
    intercept,
    scale,
    weights,
  }: { n: number; p: number; intercept: boolean; scale: number; weights: Float64Array | undefined },
): FitQuality {
  const tested = intercept ? p - 1 : p;
  const left = n - p;
  const rSquared = explained / (explained + residual);
  const unexplained = residual / (explained + residual);
  const logWeights = weights === undefined ? 0 : compensatedSum(weights.map(Math.log));
  const logLikelihood =
    0.5 * logWeights - (n / 2) * (Math.log((2 * Math.PI * residual) / n) + 2 * Math.log(scale) + 1);
  return {
    residualStandardError: Math.sqrt(residual / left) * scale,
    rSquared,
    adjustedRSquared: 1 - (unexplained * (intercept ? n - 1 : n)) / left,
    fTest: fTest(explained / tested / (residual / left), tested, left),
    logLikelihood,
    aic: -2 * logLikelihood + 2 * (p + 1),
    bic: -2 * logLikelihood + (p + 1) * Math.log(n),
  };
}

/** @internal */
export function unknownQuality(n: number, p: number, intercept: boolean): FitQuality {
  return {
    residualStandardError: Number.NaN,
    rSquared: Number.NaN,
    adjustedRSquared: Number.NaN,
    fTest: unknownFTest(intercept ? p - 1 : p, n - p),
    logLikelihood: Number.NaN,
    aic: Number.NaN,
    bic: Number.NaN,
  };
}
