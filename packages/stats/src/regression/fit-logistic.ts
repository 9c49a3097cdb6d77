import { compensatedSum } from '../numeric/sum.js';
import type { StandardColumns } from './standard-columns.js';
import { solveNormal, triangle, type Triangle } from './triangle.js';

/** What a logistic model is fitted to. */
export interface LogisticProblem {
  columns: StandardColumns;
  /** 0 or 1 */
  labels: Float64Array;
  /** Known part of the logit of each row; 0 where absent. */
  offset?: Float64Array | undefined;
  /** How often each row counts; 1 where absent. */
  weights?: Float64Array | undefined;
  maxIterations: number;
}

/** Maximum likelihood in standard columns. */
export interface LogisticFit {
  coefficients: Float64Array;
  /** R of the information Rᵀ R. */
  root: Triangle;
  /** P(y = 1) of each row. */
  probabilities: Float64Array;
  logLikelihood: number;
  iterations: number;
  outcome: 'converged' | 'separation' | 'no-convergence';
}

/** Change of a logit after which the next of Newton's steps would be below rounding. */
const SMALL_STEP = 1e-9;
/** In separated data the logits grow by about 1 a step, and what is finite settles as e^−step: 1e-13 by then. */
const SEPARATION_FROM = 30;

/**
 * Newton's method (iteratively reweighted least squares) with halved steps. The information goes through its triangular root, so
 * that its condition is not squared on the way, and the score is summed with compensation: where the score vanishes is the
 * estimate, whatever the rounding of the information.
 *
 * Without a finite maximum (Albert and Anderson 1984, Biometrika 71:1) the iterates leave along a direction that parts the
 * classes, which is looked for once the steps do not shrink.
 *
 * @param problem of independent columns, with fewer columns than rows
 * @internal
 */
export function fitLogistic(problem: LogisticProblem): LogisticFit {
  const { columns, labels, maxIterations } = problem;
  const p = columns.high.length;
  let coefficients = new Float64Array(p);
  let state = evaluate(problem, coefficients);
  let last = Infinity;
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const root = triangle(columns.high, state.rootWeights);
    const step = solveNormal(root, state.score);
    if (!step.every(Number.isFinite)) return ended(iteration, 'no-convergence');
    let share = 1;
    let next = coefficients.map((value, j) => value + step[j]);
    let nextState = evaluate(problem, next);
    const least = state.logLikelihood - 1e-12 * Math.abs(state.logLikelihood);
    while (!(nextState.logLikelihood >= least) && share > 1e-10) {
      share /= 2;
      next = coefficients.map((value, j) => value + share * step[j]);
      nextState = evaluate(problem, next);
    }
    const change = linear(columns, step);
    const largest = change.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    coefficients = next;
    state = nextState;
    const settled = largest < SMALL_STEP || (largest < 1e-6 && largest > last / 2);
    if (share === 1 && settled) return ended(iteration, 'converged');
    if (
      parts(labels, linear(columns, coefficients), 1e-10) ||
      (iteration >= SEPARATION_FROM && largest > 0.1 && parts(labels, change, -1e-9))
    ) {
      return ended(iteration, 'separation');
    }
    last = largest;
  }
  return ended(maxIterations, 'no-convergence');

  function ended(iterations: number, outcome: LogisticFit['outcome']): LogisticFit {
    return {
      coefficients,
      root: triangle(columns.high, state.rootWeights),
      probabilities: state.probabilities,
      logLikelihood: state.logLikelihood,
      iterations,
      outcome,
    };
  }
}

/** ln likelihood of a model without any coefficient: the offset alone. */
export function offsetLikelihood(problem: LogisticProblem): number {
  return evaluate(problem, new Float64Array(problem.columns.high.length)).logLikelihood;
}

/** Whether every row lies on its class's side of the hyperplane, by more than `least` of the largest distance. */
function parts(labels: Float64Array, distances: Float64Array, least: number): boolean {
  const largest = distances.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return distances.every((value, i) => (labels[i] === 1 ? value : -value) > least * largest);
}

/** Z γ */
function linear({ high }: StandardColumns, gamma: Float64Array): Float64Array {
  const sums = new Float64Array(high[0].length);
  high.forEach((column, j) => {
    for (let i = 0; i < sums.length; i++) sums[i] += gamma[j] * column[i];
  });
  return sums;
}

/** Likelihood, score and weights at γ. */
function evaluate({ columns, labels, offset, weights }: LogisticProblem, gamma: Float64Array) {
  const n = labels.length;
  const eta = linear(columns, gamma);
  if (offset !== undefined) for (let i = 0; i < n; i++) eta[i] += offset[i];
  const probabilities = new Float64Array(n);
  const residuals = new Float64Array(n);
  const rootWeights = new Float64Array(n);
  const logs = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    const small = Math.exp(-Math.abs(eta[i]));
    const probability = (eta[i] < 0 ? small : 1) / (1 + small);
    const complement = (eta[i] < 0 ? 1 : small) / (1 + small);
    const towards = labels[i] === 1 ? eta[i] : -eta[i];
    probabilities[i] = probability;
    residuals[i] = weight * (labels[i] === 1 ? complement : -probability);
    rootWeights[i] = Math.sqrt(weight * probability * complement);
    logs[i] = weight * (Math.min(towards, 0) - Math.log1p(small));
  }
  const score = Float64Array.from(columns.high, (column) =>
    compensatedSum(residuals.map((residual, i) => residual * column[i])),
  );
  return { probabilities, rootWeights, score, logLikelihood: compensatedSum(logs) };
}
