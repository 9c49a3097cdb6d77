import { chiSquareMedian } from '../chi-square.js';
import { createSignalModel, type ModelParameters } from '../signal-model.js';
import { TERMS } from './acquisition-errors.js';
import { solveSymmetric } from './solve.js';
import { KINDS, OWN_UNKNOWNS, VoxelEquations } from './voxel-equations.js';

/** Voxels from which errors are found. */
export interface VoxelSample {
  /** Measured echoes (re, im, …) of the voxels, one voxel after the other. */
  echoes: Float32Array;
  /** (x, y, z) of each voxel from −1 to 1 across the grid. */
  coordinates: Float32Array;
  /** Where each voxel starts: its field in Hz … */
  fieldHz: Float32Array;
  /** … and its decay in 1/s. */
  r2starPerSecond: Float32Array;
}

/** Input of the task `fitErrors`. */
export interface ErrorFitInput {
  model: ModelParameters;
  sample: VoxelSample;
  /** Amounts of `TERMS` to start from. */
  terms: Float64Array;
  /** Kinds of errors that may change, as indices of `ERROR_KINDS`. */
  kinds: readonly number[];
  /** Steps at most. */
  mostSteps: number;
}

/** Where a fit of acquisition errors ended. */
export interface ErrorFit {
  /** Amounts of `TERMS`. */
  terms: Float64Array;
  /** Covariance of all terms, row-major, for the noise in the residuals; 0 for terms that were not free or cannot be known. */
  covariance: Float64Array;
  /** Median over the voxels of the root mean square residual per echo, before the first step … */
  residualBefore: number;
  /** … and after the last. */
  residualAfter: number;
  /** Median over the voxels of |ΔPDFF| in %, from before the first step to after the last. */
  pdffShiftPercent: number;
}

/** Voxels whose residual is this multiple of the median weigh a quarter, larger ones ever less. */
const TOLERATED_MEDIANS = 3;

/** Converged when no phase (rad) or amplitude moves by more than this between centre and edge. */
const TOLERANCE = 1e-5;

/** Longest field step of a voxel in units of 1/(last echo time): beyond, it is not linear any more. */
const LONGEST_FIELD_STEP = 0.05;

/** The same for the decay. */
const LONGEST_DECAY_STEP = 0.5;

/** The term that is an amplitude, and its limit: no receiver weighs echoes so unevenly. */
const AMPLITUDE = TERMS.length - 1;
const LARGEST_AMPLITUDE = 0.5;

/** The residual cannot be smaller than this share of the signal in single precision. */
const ROUNDING = 1e-14;

/** Numbers kept per voxel: weight, matrix, right-hand side, coupling and own step. */
const COLUMNS = KINDS;
const AT_RHS = COLUMNS * COLUMNS;
const AT_COUPLING = AT_RHS + COLUMNS;
const AT_OWN = AT_COUPLING + 2 * COLUMNS;
const KEPT = AT_OWN + 2;

/**
 * Fit acquisition errors to a sample of voxels by robust least squares together with the voxels' own
 * unknowns: Gauss–Newton steps with the own unknowns eliminated, and weights after Geman and McClure,
 * `1/(1 + cost/3 medians)²`, so that voxels in the wrong valley of the field or with another signal (flow,
 * gas) have little say.
 */
export function fitErrors(input: ErrorFitInput): ErrorFit {
  const fit = new SampleFit(input);
  fit.linearise();
  const pdffBefore = fit.pdffPercent.slice();
  const before = fit.medianCost();
  for (let steps = 0; steps < input.mostSteps; steps++) {
    const largest = fit.step();
    fit.linearise();
    if (largest < TOLERANCE) break;
  }
  const perEcho = (cost: number): number => Math.sqrt(cost / input.model.echoTimesMs.length);
  return {
    terms: fit.terms,
    covariance: fit.covariance(),
    residualBefore: perEcho(before),
    residualAfter: perEcho(fit.medianCost()),
    pdffShiftPercent: median(pdffBefore.map((pdff, v) => Math.abs(fit.pdffPercent[v] - pdff))),
  };
}

/** The sample, linearised where errors and own unknowns stand. */
class SampleFit {
  readonly terms: Float64Array;
  readonly pdffPercent: Float64Array;
  readonly #sample: VoxelSample;
  readonly #equations: VoxelEquations;
  readonly #echoes: number;
  /** Free terms, and the kind and spatial function of every term. */
  readonly #free: readonly number[];
  readonly #kind = Uint8Array.from(TERMS, ({ kind }) => kind);
  readonly #space = Uint8Array.from(TERMS, ({ space }) => space);
  readonly #field: Float64Array;
  readonly #decay: Float64Array;
  readonly #cost: Float64Array;
  readonly #kept: Float64Array;
  readonly #leastCost: number;
  readonly #lastTimeS: number;

  constructor({ model, sample, terms, kinds }: ErrorFitInput) {
    const signal = createSignalModel(model);
    const count = sample.fieldHz.length;
    this.terms = Float64Array.from(terms);
    this.pdffPercent = new Float64Array(count);
    this.#sample = sample;
    this.#equations = new VoxelEquations(signal);
    this.#echoes = signal.timesS.length;
    this.#free = TERMS.flatMap(({ kind }, i) => (kinds.includes(kind) ? [i] : []));
    this.#field = Float64Array.from(sample.fieldHz);
    this.#decay = Float64Array.from(sample.r2starPerSecond);
    this.#cost = new Float64Array(count);
    this.#kept = new Float64Array(count * KEPT);
    this.#leastCost = (ROUNDING * sample.echoes.reduce((sum, s) => sum + s * s, 0)) / count;
    this.#lastTimeS = signal.timesS[this.#echoes - 1];
  }

  /** Residuals and derivatives of all voxels. */
  linearise(): void {
    const equations = this.#equations;
    const kinds = new Float64Array(KINDS);
    for (let v = 0; v < this.#field.length; v++) {
      this.#atVoxel(v, this.terms, kinds);
      equations.linearise(this.#sample.echoes, 2 * v * this.#echoes, {
        fieldHz: this.#field[v],
        r2star: this.#decay[v],
        bipolarRad: kinds[0],
        firstEchoRad: kinds[1],
        amplitude: kinds[2],
      });
      // Without signal or after an endless decay a voxel has no solution: it has no say either.
      this.#cost[v] = Number.isFinite(equations.cost) ? equations.cost : Number.POSITIVE_INFINITY;
      this.pdffPercent[v] = equations.pdffPercent;
      const at = v * KEPT;
      this.#kept.set(equations.matrix, at);
      this.#kept.set(equations.rhs, at + AT_RHS);
      this.#kept.set(equations.coupling, at + AT_COUPLING);
      this.#kept.set(equations.ownStep, at + AT_OWN);
    }
  }

  medianCost(): number {
    return median(this.#cost);
  }

  /** One Gauss–Newton step; returns the largest change of a term. */
  step(): number {
    const { matrix, rhs } = this.#normalEquations();
    solveSymmetric(matrix, this.#free.length, rhs, 1);
    const change = new Float64Array(TERMS.length);
    this.#free.forEach((term, i) => (change[term] = rhs[i]));
    change.forEach((by, term) => (this.terms[term] += by));
    this.terms[AMPLITUDE] = clamp(this.terms[AMPLITUDE], LARGEST_AMPLITUDE);
    const kinds = new Float64Array(KINDS);
    for (let v = 0; v < this.#field.length; v++) {
      if (this.#cost[v] === Number.POSITIVE_INFINITY) continue;
      this.#atVoxel(v, change, kinds);
      const at = v * KEPT;
      let field = this.#kept[at + AT_OWN];
      let decay = this.#kept[at + AT_OWN + 1];
      for (let c = 0; c < COLUMNS; c++) {
        field -= this.#kept[at + AT_COUPLING + c] * kinds[c];
        decay -= this.#kept[at + AT_COUPLING + COLUMNS + c] * kinds[c];
      }
      this.#field[v] += clamp(field, LONGEST_FIELD_STEP / this.#lastTimeS);
      this.#decay[v] += clamp(decay, LONGEST_DECAY_STEP / this.#lastTimeS);
    }
    return change.reduce((most, by) => Math.max(most, Math.abs(by)), 0);
  }

  covariance(): Float64Array {
    const n = this.#free.length;
    const { matrix } = this.#normalEquations();
    const inverse = new Float64Array(n * n);
    for (let i = 0; i < n; i++) inverse[i * n + i] = 1;
    solveSymmetric(matrix, n, inverse, n);
    const variance = this.medianCost() / chiSquareMedian(2 * this.#echoes - OWN_UNKNOWNS);
    const all = new Float64Array(TERMS.length ** 2);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        all[this.#free[i] * TERMS.length + this.#free[j]] = variance * inverse[i * n + j];
      }
    }
    return all;
  }

  #normalEquations(): { matrix: Float64Array; rhs: Float64Array } {
    const n = this.#free.length;
    const matrix = new Float64Array(n * n);
    const rhs = new Float64Array(n);
    const space = Float64Array.of(1, 0, 0, 0);
    const scale = 1 / (TOLERATED_MEDIANS * Math.max(this.medianCost(), this.#leastCost));
    const kind = Uint8Array.from(this.#free, (term) => this.#kind[term]);
    const place = Uint8Array.from(this.#free, (term) => this.#space[term]);
    const kept = this.#kept;
    for (let v = 0; v < this.#field.length; v++) {
      if (this.#cost[v] === Number.POSITIVE_INFINITY) continue;
      const weight = 1 / (1 + this.#cost[v] * scale) ** 2;
      for (let axis = 0; axis < 3; axis++) space[axis + 1] = this.#sample.coordinates[3 * v + axis];
      const at = v * KEPT;
      for (let i = 0; i < n; i++) {
        const share = weight * space[place[i]];
        const row = at + kind[i] * COLUMNS;
        rhs[i] += share * kept[at + AT_RHS + kind[i]];
        for (let j = 0; j <= i; j++)
          matrix[i * n + j] += share * space[place[j]] * kept[row + kind[j]];
      }
    }
    return { matrix, rhs };
  }

  /** The kinds of errors at one voxel for given amounts of the terms. */
  #atVoxel(v: number, terms: Float64Array, kinds: Float64Array): void {
    const { coordinates } = this.#sample;
    const kind = this.#kind;
    const space = this.#space;
    kinds.fill(0);
    for (let i = 0; i < kind.length; i++) {
      const scale = space[i] === 0 ? 1 : coordinates[3 * v + space[i] - 1];
      kinds[kind[i]] += terms[i] * scale;
    }
  }
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  return sorted[Math.floor(sorted.length / 2)];
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}
