import { InvalidDataError } from '../errors.js';

/** P(second class) = 1 / (1 + exp(slope · score + intercept)). */
export interface PlattCurve {
  /** Per unit of the score; negative where the chance rises with the score. */
  slope: number;
  intercept: number;
}

/** Scores greater than this are scaled for the search, as in scikit-learn. */
const LARGE_SCORE = 30;
const MOST_STEPS = 200;
/** As small as rounding lets the gradient of the mean loss become. */
const FLAT = 1e-14;

/**
 * Fit a sigmoid to scores by Platt's method: the likelihood with targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2) instead
 * of 1 and 0, so that few rows do not make certainties.
 *
 * Newton steps with halving to the exact optimum (Lin, Lin and Weng 2007, doi:10.1007/s10994-007-5018-6);
 * scikit-learn stops at a gradient of 10⁻⁶. Platt 1999.
 *
 * @param scores one finite number per row
 * @param isPositive whether a row is of the second class
 * @param weights one weight ≥ 0 per row
 * @throws InvalidDataError for a score that is no finite number
 */
export function fitPlatt(
  scores: Float64Array,
  isPositive: readonly boolean[],
  weights: Float64Array | undefined,
): PlattCurve {
  const row = scores.findIndex((score) => !Number.isFinite(score));
  if (row !== -1) {
    throw new InvalidDataError('scores', `found ${scores[row]}; a finite number is needed.`, {
      row,
    });
  }
  const weightOf = (i: number): number => (weights ? weights[i] : 1);
  let positives = 0;
  let negatives = 0;
  isPositive.forEach((positive, i) => {
    if (positive) positives += weightOf(i);
    else negatives += weightOf(i);
  });
  const largest = scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0);
  const scale = largest >= LARGE_SCORE ? largest : 1;
  const problem: Problem = {
    scores: scores.map((score) => score / scale),
    targets: Float64Array.from(isPositive, (positive) =>
      positive ? (positives + 1) / (positives + 2) : 1 / (negatives + 2),
    ),
    // Their sum is 1, so that what counts as flat does not depend on the number of rows.
    weights: Float64Array.from(scores, (_, i) => weightOf(i) / (positives + negatives)),
  };
  const { slope, intercept } = minimise(problem, {
    slope: 0,
    intercept: Math.log((negatives + 1) / (positives + 1)),
  });
  return { slope: slope / scale, intercept };
}

/** The curve at each score. */
export function plattProbabilities(
  { slope, intercept }: PlattCurve,
  scores: Float64Array,
): Float64Array {
  return scores.map((score) => logistic(-(slope * score + intercept)));
}

interface Problem {
  scores: Float64Array;
  targets: Float64Array;
  weights: Float64Array;
}

function minimise(problem: Problem, start: PlattCurve): PlattCurve {
  let at = start;
  let loss = lossAt(problem, at);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = newtonDirection(problem, at);
    if (!direction) break;
    let share = 1;
    let next = moved(at, direction, share);
    let nextLoss = lossAt(problem, next);
    while (nextLoss > loss && share > Number.EPSILON) {
      share /= 2;
      next = moved(at, direction, share);
      nextLoss = lossAt(problem, next);
    }
    if (!(nextLoss <= loss)) break;
    const isStill = next.slope === at.slope && next.intercept === at.intercept;
    at = next;
    loss = nextLoss;
    if (isStill) break;
  }
  return at;
}

function moved(at: PlattCurve, by: PlattCurve, share: number): PlattCurve {
  return { slope: at.slope + share * by.slope, intercept: at.intercept + share * by.intercept };
}

function lossAt({ scores, targets, weights }: Problem, { slope, intercept }: PlattCurve): number {
  let loss = 0;
  for (let i = 0; i < scores.length; i++) {
    const raw = -(slope * scores[i] + intercept);
    // ln(1 + e^raw) − target · raw, without overflow.
    const softplus = raw > 0 ? raw + Math.log1p(Math.exp(-raw)) : Math.log1p(Math.exp(raw));
    loss += weights[i] * (softplus - targets[i] * raw);
  }
  return loss;
}

/** Where Newton's method would go, or undefined where the loss is flat. */
function newtonDirection(
  { scores, targets, weights }: Problem,
  { slope, intercept }: PlattCurve,
): PlattCurve | undefined {
  let [gradientSlope, gradientIntercept, aa, ab, bb] = [0, 0, 0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    const p = logistic(-(slope * scores[i] + intercept));
    const pull = weights[i] * (targets[i] - p);
    const curvature = weights[i] * p * (1 - p);
    gradientSlope += pull * scores[i];
    gradientIntercept += pull;
    aa += curvature * scores[i] * scores[i];
    ab += curvature * scores[i];
    bb += curvature;
  }
  if (Math.abs(gradientSlope) <= FLAT && Math.abs(gradientIntercept) <= FLAT) return undefined;
  // A little of the identity keeps it solvable where all scores are equal.
  aa += 1e-12;
  bb += 1e-12;
  const determinant = aa * bb - ab * ab;
  return {
    slope: (ab * gradientIntercept - bb * gradientSlope) / determinant,
    intercept: (ab * gradientSlope - aa * gradientIntercept) / determinant,
  };
}

function logistic(raw: number): number {
  return raw >= 0 ? 1 / (1 + Math.exp(-raw)) : Math.exp(raw) / (1 + Math.exp(raw));
}
