import { CommonPhaseFit } from './common-phase-fit.js';
import { CostCurve, CURVE_R2STAR } from './cost-curve.js';
import { IndependentFit } from './independent-fit.js';
import { B_FAT_IM, B_FAT_RE, B_WATER_IM, B_WATER_RE, FAT0, Moments, WATER0 } from './moments.js';
import { Refinement, type RefinementLimits } from './refine.js';
import { type SignalModel, wrapHz } from './signal-model.js';

/** Candidate fields per voxel at most. */
export const CANDIDATES = 4;

/** Candidates are only ranked here; the chosen one is refined to convergence later. */
const POLISH_EVALUATIONS = 4;

/** Steps below this (1/s, rad/s) change no ranking. */
const POLISH_TOLERANCE = 5;

/**
 * A minimum this share of the signal's energy above the best one explains the echoes too badly to be
 * true, and a voxel too noisy for that has no minimum so high.
 */
const HOPELESS = 0.25;

/** Candidates that end nearer than this share of a grid step are one and the same. */
const SAME_WITHIN_STEPS = 0.5;

/** R2* of a candidate, 1/s: a decay that is physical; the final fit is not bound by it. */
const CANDIDATE_R2STAR: readonly [number, number] = [0, 2000];

/** Up to {@link CANDIDATES} fields per voxel, best first; unused places hold a cost of Infinity. */
export interface Candidates {
  fieldHz: Float32Array;
  r2starPerSecond: Float32Array;
  /** Residual of the best fit with water ≥ 0 and fat ≥ 0, in squared units of the echoes. */
  cost: Float32Array;
  /** Half the second derivative of the residual by the field, per Hz². */
  curvature: Float32Array;
}

/** Finds the fields that may be right for a voxel from its echoes alone. */
export class CandidateFinder {
  readonly #curve: CostCurve;
  readonly #moments: Moments;
  readonly #independent: IndependentFit;
  readonly #common: CommonPhaseFit;
  readonly #refinement = new Refinement();
  readonly #limits: RefinementLimits;
  readonly #stepHz: number;
  readonly #periodHz: number;
  readonly #minima = new Int32Array(64);

  constructor(model: SignalModel) {
    this.#curve = new CostCurve(model);
    this.#moments = new Moments(model);
    this.#independent = new IndependentFit(this.#moments);
    this.#common = new CommonPhaseFit(this.#moments);
    this.#periodHz = model.periodHz;
    this.#stepHz = this.#curve.gridHz[1] - this.#curve.gridHz[0];
    this.#limits = {
      evaluations: POLISH_EVALUATIONS,
      fieldStepHz: 2 * this.#stepHz,
      r2starBounds: CANDIDATE_R2STAR,
      tolerance: POLISH_TOLERANCE,
    };
  }

  /** Write the candidates of one voxel to places `at` … `at + CANDIDATES − 1`. */
  find(echoes: Float32Array, offset: number, out: Candidates, at: number): void {
    const curve = this.#curve;
    curve.compute(echoes, offset);
    this.#moments.load(echoes, offset);
    const found = Math.min(CANDIDATES, this.#sortedMinima(HOPELESS * this.#moments.energy));
    let kept = 0;
    for (let i = 0; i < found; i++) {
      const g = this.#minima[i];
      const fit = this.#independent;
      this.#refinement.run(
        fit,
        this.#moments.energy,
        curve.gridHz[g] + this.#stepHz * this.#offsetInSteps(g),
        CURVE_R2STAR[curve.decayIndex[g]],
        this.#limits,
      );
      const { fieldHz, r2star } = this.#refinement;
      const curvature = (2 * Math.PI) ** 2 * fit.curvature;
      const cost = this.#physicalCost();
      kept = this.#insert(out, at, kept, fieldHz, r2star, cost, curvature);
    }
    for (let i = kept; i < CANDIDATES; i++) out.cost[at + i] = Number.POSITIVE_INFINITY;
  }

  /** Collect the minima of the curve up to `height` above the lowest, lowest first; returns how many. */
  #sortedMinima(height: number): number {
    const { values, cyclic } = this.#curve;
    const minima = this.#minima;
    const count = values.length;
    let found = 0;
    for (let g = 0; g < count; g++) {
      const value = values[g];
      const before = g > 0 ? values[g - 1] : cyclic ? values[count - 1] : Number.POSITIVE_INFINITY;
      const after = g < count - 1 ? values[g + 1] : cyclic ? values[0] : Number.POSITIVE_INFINITY;
      if (!(value < before && value <= after) || found === minima.length) continue;
      let i = found++;
      for (; i > 0 && values[minima[i - 1]] > value; i--) minima[i] = minima[i - 1];
      minima[i] = g;
    }
    if (found === 0) minima[found++] = 0;
    while (values[minima[found - 1]] > values[minima[0]] + height) found--;
    return found;
  }

  /** Vertex of the parabola through a minimum and its neighbours, in grid steps. */
  #offsetInSteps(g: number): number {
    const { values, cyclic } = this.#curve;
    const count = values.length;
    if (!cyclic && (g === 0 || g === count - 1)) return 0;
    const before = values[(g + count - 1) % count];
    const after = values[(g + 1) % count];
    const bend = before - 2 * values[g] + after;
    return bend > 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / bend)) : 0;
  }

  /** The least residual, where the moments stand, with one phase, water ≥ 0 and fat ≥ 0: a negative amount is no candidate. */
  #physicalCost(): number {
    const common = this.#common;
    common.solve();
    if (common.water >= 0 && common.fat >= 0) return common.cost;
    const { sums, energy } = this.#moments;
    const water = (sums[B_WATER_RE] ** 2 + sums[B_WATER_IM] ** 2) / sums[WATER0];
    const fat = (sums[B_FAT_RE] ** 2 + sums[B_FAT_IM] ** 2) / sums[FAT0];
    return Math.max(0, energy - Math.max(water, fat));
  }

  /** Keep the list sorted by cost and free of duplicates. */
  #insert(
    out: Candidates,
    at: number,
    kept: number,
    fieldHz: number,
    r2star: number,
    cost: number,
    curvature: number,
  ): number {
    for (let i = 0; i < kept; i++) {
      const apart = Math.abs(wrapHz(out.fieldHz[at + i] - fieldHz, this.#periodHz));
      if (apart > SAME_WITHIN_STEPS * this.#stepHz) continue;
      if (out.cost[at + i] <= cost) return kept;
      for (let j = i; j < kept - 1; j++) move(out, at + j + 1, at + j);
      kept--;
      break;
    }
    let i = kept;
    for (; i > 0 && out.cost[at + i - 1] > cost; i--) move(out, at + i - 1, at + i);
    out.fieldHz[at + i] = fieldHz;
    out.r2starPerSecond[at + i] = r2star;
    out.cost[at + i] = cost;
    out.curvature[at + i] = curvature;
    return kept + 1;
  }
}

function move(out: Candidates, from: number, to: number): void {
  out.fieldHz[to] = out.fieldHz[from];
  out.r2starPerSecond[to] = out.r2starPerSecond[from];
  out.cost[to] = out.cost[from];
  out.curvature[to] = out.curvature[from];
}
