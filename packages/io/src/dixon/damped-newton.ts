import { InvalidArgumentError } from '@steatosis/core';

/** A cost with its Gauss–Newton model: what {@link DampedNewton} descends on. */
export interface DescentProblem {
  readonly unknowns: number;
  /** Cost of the last evaluation; not finite where a value is impossible. */
  readonly cost: number;
  /** A rise of the cost by less than this is rounding. */
  readonly slack: number;
  /** Half the negative gradient there. */
  readonly descent: Float64Array;
  /** Gauss–Newton matrix (half the Hessian's model) there, `[row * unknowns + column]`, symmetric. */
  readonly normal: Float64Array;
  evaluate(values: Float64Array): void;
  /** Whether a step is so small that the descent has arrived. */
  isSmall(step: Float64Array, values: Float64Array): boolean;
}

/** Evaluations at most; noise-free voxels take 5 to 10. */
const MOST_EVALUATIONS = 200;

const FIRST_DAMPING = 1e-3;
const HIGHEST_DAMPING = 1e12;

/**
 * Levenberg–Marquardt descent with Marquardt's scaling (SIAM J Appl Math 1963;11:431): the diagonal of
 * the Gauss–Newton matrix is raised by a factor until a step descends. One object serves all voxels.
 */
export class DampedNewton {
  readonly values: Float64Array;
  converged = false;
  readonly #step: Float64Array;
  readonly #trial: Float64Array;
  readonly #descent: Float64Array;
  readonly #normal: Float64Array;
  readonly #factor: SymmetricFactor;

  constructor(unknowns: number) {
    this.values = new Float64Array(unknowns);
    this.#step = new Float64Array(unknowns);
    this.#trial = new Float64Array(unknowns);
    this.#descent = new Float64Array(unknowns);
    this.#normal = new Float64Array(unknowns * unknowns);
    this.#factor = new SymmetricFactor(unknowns);
  }

  /** Descend from `values`; afterwards `problem` holds the evaluation at `values`. */
  run(problem: DescentProblem): void {
    const { values } = this;
    const n = problem.unknowns;
    if (n !== values.length) throw new InvalidArgumentError('unknowns', n, String(values.length));
    problem.evaluate(values);
    let damping = FIRST_DAMPING;
    let evaluations = 1;
    this.converged = false;
    while (evaluations < MOST_EVALUATIONS) {
      const cost = problem.cost;
      this.#descent.set(problem.descent);
      this.#normal.set(problem.normal);
      let accepted = false;
      let small = false;
      while (!accepted && evaluations < MOST_EVALUATIONS && damping < HIGHEST_DAMPING) {
        if (!this.#factor.factorise(this.#normal, damping)) {
          damping = Math.max(10 * damping, FIRST_DAMPING);
          continue;
        }
        this.#step.set(this.#descent);
        this.#factor.solve(this.#step);
        for (let i = 0; i < n; i++) this.#trial[i] = values[i] + this.#step[i];
        problem.evaluate(this.#trial);
        evaluations++;
        small = problem.isSmall(this.#step, this.#trial);
        accepted = problem.cost <= cost + problem.slack;
        if (!accepted && small) break;
        damping = accepted ? 0.1 * damping : 10 * Math.max(damping, 1e-9);
      }
      if (!accepted) {
        // A small step that no longer descends is rounding: the place before it is the minimum.
        this.converged = small;
        problem.evaluate(values);
        return;
      }
      values.set(this.#trial);
      // A heavily damped step is short wherever it stands.
      if (small && damping <= FIRST_DAMPING) {
        this.converged = true;
        return;
      }
    }
  }
}

/** A pivot below this share of its diagonal entry is 0 but for rounding. */
const SINGULAR = 1e-12;

/** Cholesky factor of a small symmetric matrix. */
export class SymmetricFactor {
  readonly #size: number;
  readonly #lower: Float64Array;

  constructor(size: number) {
    this.#size = size;
    this.#lower = new Float64Array(size * size);
  }

  /** Factorise `matrix` with its diagonal times 1 + `damping`; false where it is singular or not finite. */
  factorise(matrix: Float64Array, damping = 0): boolean {
    const n = this.#size;
    const lower = this.#lower;
    for (let row = 0; row < n; row++) {
      for (let column = 0; column <= row; column++) {
        const entry = matrix[row * n + column];
        let sum = row === column ? entry * (1 + damping) : entry;
        for (let k = 0; k < column; k++) sum -= lower[row * n + k] * lower[column * n + k];
        if (row !== column) lower[row * n + column] = sum / lower[column * n + column];
        else if (sum > SINGULAR * entry && sum < Number.POSITIVE_INFINITY) {
          lower[row * n + row] = Math.sqrt(sum);
        } else return false;
      }
    }
    return true;
  }

  /** Replace `vector` by the solution for it. */
  solve(vector: Float64Array): void {
    const n = this.#size;
    const lower = this.#lower;
    for (let row = 0; row < n; row++) {
      for (let k = 0; k < row; k++) vector[row] -= lower[row * n + k] * vector[k];
      vector[row] /= lower[row * n + row];
    }
    for (let row = n - 1; row >= 0; row--) {
      for (let k = row + 1; k < n; k++) vector[row] -= lower[k * n + row] * vector[k];
      vector[row] /= lower[row * n + row];
    }
  }

  /** gᵀ A⁻¹ g for the factorised A: the variance along `gradient`, which is overwritten. */
  varianceAlong(gradient: Float64Array): number {
    const n = this.#size;
    const lower = this.#lower;
    let sum = 0;
    for (let row = 0; row < n; row++) {
      for (let k = 0; k < row; k++) gradient[row] -= lower[row * n + k] * gradient[k];
      gradient[row] /= lower[row * n + row];
      sum += gradient[row] * gradient[row];
    }
    return sum;
  }
}
