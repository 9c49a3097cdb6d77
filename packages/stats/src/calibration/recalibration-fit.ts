import { compensatedSum } from '../numeric/sum.js';

/** A logistic fit of labels on one predictor. */
export interface RecalibrationFit {
  intercept: number;
  interceptStandardError: number;
  slope: number;
  slopeStandardError: number;
  logLikelihood: number;
}

const MOST_STEPS = 200;
/** Of a standard error, or of the likelihood's own rounding. */
const TINY = 1e-13;

/**
 * Maximum likelihood of P(y = 1) = 1/(1 + exp(−a − bx)) by Newton's method with halved steps, from the prevalence and
 * slope 0, where the information is greatest. Both classes must occur and overlap in x.
 *
 * @internal
 */
export function recalibrationFit(
  labels: Uint8Array,
  x: Float64Array,
  positives: number,
): RecalibrationFit {
  let a = Math.log(positives / (labels.length - positives));
  let b = 0;
  let current = derivatives(labels, x, a, b);
  for (let iteration = 0; iteration < MOST_STEPS; iteration++) {
    let share = 1;
    let next = derivatives(labels, x, a + current.stepA, b + current.stepB);
    const least = current.logLikelihood * (1 + TINY);
    while (!(next.logLikelihood >= least) && share > TINY) {
      share /= 2;
      next = derivatives(labels, x, a + share * current.stepA, b + share * current.stepB);
    }
    a += share * current.stepA;
    b += share * current.stepB;
    current = next;
    if (
      Math.abs(current.stepA) <= TINY * current.interceptStandardError &&
      Math.abs(current.stepB) <= TINY * current.slopeStandardError
    ) {
      break;
    }
  }
  const { interceptStandardError, slopeStandardError, logLikelihood } = current;
  return { intercept: a, interceptStandardError, slope: b, slopeStandardError, logLikelihood };
}

/**
 * Maximum likelihood of the intercept a alone, with the slope held at 1: the root of Σ(y − p(a + x)), which falls in a,
 * by Newton's method kept within a bracket. Both classes must occur.
 *
 * @internal
 */
export function interceptFit(
  labels: Uint8Array,
  x: Float64Array,
  positives: number,
): { intercept: number; standardError: number } {
  const start = Math.log(positives / (labels.length - positives));
  let low = start - x.reduce((most, value) => Math.max(most, value), -Infinity);
  let high = start - x.reduce((least, value) => Math.min(least, value), Infinity);
  let a = Math.min(high, Math.max(low, 0));
  for (let iteration = 0; iteration < MOST_STEPS; iteration++) {
    const { score, weight } = derivatives(labels, x, a, 1);
    if (score > 0) low = a;
    else high = a;
    let next = a + score / weight;
    if (!(next > low && next < high)) next = (low + high) / 2;
    const settled = Math.abs(next - a) * Math.sqrt(weight) <= TINY || next === a;
    a = next;
    if (settled) break;
  }
  return { intercept: a, standardError: 1 / Math.sqrt(derivatives(labels, x, a, 1).weight) };
}

/** ln likelihood of the labels under intercept `a` and slope `b`. */
export function logLikelihoodOf(labels: Uint8Array, x: Float64Array, a: number, b: number): number {
  return compensatedSum(
    x.map((value, i) => {
      const eta = a + b * value;
      return -softplus(labels[i] === 1 ? -eta : eta);
    }),
  );
}

/** Score, information and Newton's step at (a, b); information about its weighted mean, so nothing cancels. */
function derivatives(labels: Uint8Array, x: Float64Array, a: number, b: number) {
  const residuals = new Float64Array(x.length);
  const weights = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const eta = a + b * x[i];
    const small = Math.exp(-Math.abs(eta));
    const probability = (eta < 0 ? small : 1) / (1 + small);
    const complement = (eta < 0 ? 1 : small) / (1 + small);
    residuals[i] = labels[i] === 1 ? complement : -probability;
    weights[i] = probability * complement;
  }
  const weight = compensatedSum(weights);
  const score = compensatedSum(residuals);
  const mean = compensatedSum(weights.map((w, i) => w * x[i])) / weight;
  const spread = compensatedSum(weights.map((w, i) => w * (x[i] - mean) ** 2));
  const stepB = compensatedSum(residuals.map((r, i) => r * (x[i] - mean))) / spread;
  return {
    score,
    weight,
    stepA: score / weight - mean * stepB,
    stepB,
    interceptStandardError: Math.sqrt(1 / weight + (mean * mean) / spread),
    slopeStandardError: 1 / Math.sqrt(spread),
    logLikelihood: logLikelihoodOf(labels, x, a, b),
  };
}

/** ln(1 + eˣ) */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
