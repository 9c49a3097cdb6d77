import { compensatedSum } from '../numeric/sum.js';
import { type GeeFamily, meanAndVariance } from './gee-family.js';
import type { StandardColumns } from './standard-columns.js';
import { solveNormal, triangle, type Triangle } from './triangle.js';
import {
  exchangeableCorrelation,
  isPossibleCorrelation,
  pairsOf,
  whitened,
} from './working-correlation.js';

/** What the estimating equations are about. */
export interface GeeProblem {
  columns: StandardColumns;
  y: Float64Array;
  /** Known part of the linear predictor; 0 where absent. */
  offset?: Float64Array | undefined;
  family: GeeFamily;
  /** Whether observations of a cluster correlate. */
  exchangeable: boolean;
  members: readonly Uint32Array[];
  maxIterations: number;
}

/** The solution in standard columns. */
export interface GeeFit {
  coefficients: Float64Array;
  /** R of Σ Dᵀ V⁻¹ D for φ = 1. */
  root: Triangle;
  /** The columns of R^−½ A^−½ D. */
  derivatives: Float64Array[];
  /** R^−½ A^−½ (y − μ) */
  residuals: Float64Array;
  means: Float64Array;
  /** α; NaN where no cluster has two observations. */
  workingCorrelation: number;
  /** φ */
  scale: number;
  iterations: number;
  converged: boolean;
}

const SMALL_STEP = 1e-11;

/**
 * Fisher scoring for β, in turn with moment estimates of φ and α until none of them moves.
 *
 * φ = Σ e²/N and α = Σ e e'/(pairs · φ) over all pairs within clusters, with Pearson's residuals e and without subtracting the number
 * of coefficients from N or the pairs, as geepack has it.
 *
 * Source: Liang and Zeger (1986, Biometrika 73:13), §3.
 *
 * @param start solution under independence, or near it
 * @internal
 */
export function fitGee(problem: GeeProblem, start: Float64Array): GeeFit {
  const { columns, members, maxIterations } = problem;
  const hasPairs = problem.exchangeable && pairsOf(members) > 0;
  let coefficients = start;
  let state = stateAt(problem, coefficients, hasPairs ? undefined : 0);
  let last = Infinity;
  let converged = false;
  let iterations = 0;
  while (!converged && iterations < maxIterations && isPossibleCorrelation(state.alpha, members)) {
    iterations++;
    const step = solveNormal(triangle(state.derivatives), score(state));
    coefficients = coefficients.map((value, j) => value + step[j]);
    const next = stateAt(problem, coefficients, hasPairs ? undefined : 0);
    const change = Math.max(
      largestChange(columns, step, state.eta),
      Math.abs(next.alpha - state.alpha),
    );
    state = next;
    converged = change < SMALL_STEP || (change < 1e-8 && change > last / 2);
    last = change;
  }
  return {
    coefficients,
    root: triangle(state.derivatives),
    derivatives: state.derivatives,
    residuals: state.residuals,
    means: state.means,
    workingCorrelation: problem.exchangeable && !hasPairs ? Number.NaN : state.alpha,
    scale: state.scale,
    iterations,
    converged,
  };
}

/**
 * A solution under independence by Fisher scoring with halved steps, from the overall mean.
 *
 * @internal
 */
export function independentFit(problem: GeeProblem): Float64Array {
  const { columns, y, family, maxIterations } = problem;
  let coefficients = new Float64Array(columns.high.length);
  if (family === 'poisson' && columns.intercept) {
    coefficients[0] = Math.log(compensatedSum(y) / y.length);
  }
  let state = stateAt(problem, coefficients, 0);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const step = solveNormal(triangle(state.derivatives), score(state));
    const before = state;
    const from = coefficients;
    for (let share = 1; share > 1e-10; share /= 2) {
      coefficients = from.map((value, j) => value + share * step[j]);
      state = stateAt(problem, coefficients, 0);
      if (
        state.quasiLikelihood >=
        before.quasiLikelihood - 1e-12 * Math.abs(before.quasiLikelihood)
      ) {
        break;
      }
    }
    if (!(largestChange(columns, step, before.eta) > 1e-8)) break;
  }
  return coefficients;
}

/** Everything at γ; α from the residuals unless it is given. */
function stateAt(problem: GeeProblem, gamma: Float64Array, givenAlpha: number | undefined) {
  const { columns, y, offset, family, members } = problem;
  const n = y.length;
  const eta = offset === undefined ? new Float64Array(n) : offset.slice();
  columns.high.forEach((column, j) => {
    for (let i = 0; i < n; i++) eta[i] += gamma[j] * column[i];
  });
  const means = new Float64Array(n);
  const roots = new Float64Array(n);
  const pearson = new Float64Array(n);
  const likelihoods = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const { mean, variance, residual, quasiLikelihood } = meanAndVariance(family, eta[i], y[i]);
    means[i] = mean;
    roots[i] = Math.sqrt(variance);
    pearson[i] = residual / roots[i];
    likelihoods[i] = quasiLikelihood;
  }
  const scale = compensatedSum(pearson.map((e) => e * e)) / n;
  const alpha = givenAlpha ?? exchangeableCorrelation(pearson, scale, members);
  // With a canonical link dμ/dη is the variance, and A^−½ D its root times the columns.
  const derivatives = columns.high.map((column) =>
    whitened(
      column.map((value, i) => value * roots[i]),
      alpha,
      members,
    ),
  );
  return {
    eta,
    means,
    scale,
    alpha,
    derivatives,
    residuals: whitened(pearson, alpha, members),
    quasiLikelihood: compensatedSum(likelihoods),
  };
}

function score({
  derivatives,
  residuals,
}: {
  derivatives: Float64Array[];
  residuals: Float64Array;
}): Float64Array {
  return Float64Array.from(derivatives, (column) =>
    compensatedSum(column.map((value, i) => value * residuals[i])),
  );
}

/** The greatest change of a linear predictor, relative where it is above 1. */
function largestChange({ high }: StandardColumns, step: Float64Array, eta: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < eta.length; i++) {
    let change = 0;
    for (let j = 0; j < step.length; j++) change += step[j] * high[j][i];
    const relative = Math.abs(change) / (1 + Math.abs(eta[i]));
    if (!(relative <= largest)) largest = relative;
  }
  return largest;
}
