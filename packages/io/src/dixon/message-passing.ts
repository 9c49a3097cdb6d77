import { CANDIDATES } from './candidates.js';
import { type VoxelGraph, voxelGraph } from './voxel-graph.js';

/** The choice of one candidate field per voxel, as plain data that can be sent to a worker. */
export interface FieldProblem {
  /** Voxels along x, y, z. */
  size: readonly [number, number, number];
  /** Distance of neighbours along x, y, z in mm. */
  spacing: readonly [number, number, number];
  /** Grid index of each voxel of the mask, ascending. */
  voxels: Int32Array;
  /** Candidates of each voxel, {@link CANDIDATES} places each; unused places cost Infinity. */
  fieldHz: Float32Array;
  cost: Float32Array;
  curvature: Float32Array;
  /** Period of the field; Infinity where it has none. */
  periodHz: number;
  /** Weight μ of the prior. */
  smoothness: number;
}

/** Stands for "no period" in the wrapping formula, which would give NaN for Infinity. */
const NO_PERIOD_HZ = 1e30;

/**
 * Chooses one candidate per voxel by min-sum message passing.
 *
 * The energy is `Σ_i cost_i + μ Σ_ij min(curvature_i, curvature_j)·wrap(Δf)²/distance` over the voxels
 * and their 6 neighbours, where `cost + curvature·Δf²` is the residual near a candidate
 * (Δf in Hz) and distances are in mm. Each sweep passes once forward and once backward through the voxels in raster
 * order with sequential tree-reweighted messages (Kolmogorov, IEEE PAMI 2006;28:1568), which need one
 * message per edge; labels are read off in the forward pass given those already chosen, and the
 * labelling of least energy seen so far is kept.
 */
export class FieldChoice {
  /** Chosen candidate of each voxel: the best labelling so far. */
  readonly labels: Uint8Array;
  /** Energy of {@link labels}. */
  energy = Number.POSITIVE_INFINITY;
  /** Voxels whose label differs between the last two sweeps. */
  changed = Number.POSITIVE_INFINITY;
  readonly #problem: FieldProblem;
  readonly #graph: VoxelGraph;
  readonly #counts: Uint8Array;
  readonly #messages: readonly Float32Array[];
  readonly #current: Uint8Array;
  readonly #period: number;
  readonly #weights: readonly number[];
  readonly #belief = new Float64Array(CANDIDATES);
  readonly #source = new Float64Array(CANDIDATES);
  readonly #sent = new Float64Array(CANDIDATES);

  constructor(problem: FieldProblem) {
    const count = problem.voxels.length;
    this.#problem = problem;
    this.#graph = voxelGraph(problem.voxels, problem.size);
    this.#messages = problem.spacing.map(() => new Float32Array(count * CANDIDATES));
    this.#period = Number.isFinite(problem.periodHz) ? problem.periodHz : NO_PERIOD_HZ;
    this.#weights = problem.spacing.map((distance) => problem.smoothness / distance);
    this.#current = new Uint8Array(count);
    this.labels = new Uint8Array(count);
    this.#counts = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      let n = 1;
      while (n < CANDIDATES && problem.cost[i * CANDIDATES + n] < Number.POSITIVE_INFINITY) n++;
      this.#counts[i] = n;
    }
  }

  /** One pass forward, in which labels are chosen, and one backward. */
  sweep(): void {
    const count = this.#counts.length;
    let energy = 0;
    let changed = 0;
    for (let i = 0; i < count; i++) {
      energy += this.#choose(i);
      changed += this.#changedAt;
      this.#pass(i, this.#graph.after, false);
    }
    for (let i = count - 1; i >= 0; i--) this.#pass(i, this.#graph.before, true);
    if (energy < this.energy) {
      this.energy = energy;
      this.labels.set(this.#current);
    }
    this.changed = changed;
  }

  #changedAt = 0;

  /** Label voxel `i` given the labels before it and the messages from after it. */
  #choose(i: number): number {
    const { cost } = this.#problem;
    const { before } = this.#graph;
    const count = this.#counts[i];
    const at = i * CANDIDATES;
    let best = Number.POSITIVE_INFINITY;
    let bestEnergy = 0;
    let label = 0;
    for (let x = 0; x < count; x++) {
      let energy = cost[at + x];
      let ahead = 0;
      for (let axis = 0; axis < 3; axis++) {
        ahead += this.#messages[axis][at + x];
        const j = before[axis][i];
        if (j >= 0) energy += this.#prior(axis, at + x, j * CANDIDATES + this.#current[j]);
      }
      if (energy + ahead < best) {
        best = energy + ahead;
        bestEnergy = energy;
        label = x;
      }
    }
    this.#changedAt = this.#current[i] === label ? 0 : 1;
    this.#current[i] = label;
    return bestEnergy;
  }

  #prior(axis: number, p: number, q: number): number {
    const { fieldHz, curvature } = this.#problem;
    const raw = fieldHz[p] - fieldHz[q];
    const d = raw - this.#period * Math.floor(raw / this.#period + 0.5);
    return this.#weights[axis] * Math.min(curvature[p], curvature[q]) * d * d;
  }

  /** Send messages from voxel `i` along the given links. An edge's message lives at its first voxel. */
  #pass(i: number, links: VoxelGraph['after'], backward: boolean): void {
    const { cost, fieldHz, curvature } = this.#problem;
    const { after, before } = this.#graph;
    const messages = this.#messages;
    const belief = this.#belief;
    const source = this.#source;
    const sent = this.#sent;
    const count = this.#counts[i];
    const at = i * CANDIDATES;
    let ahead = 0;
    let behind = 0;
    for (let x = 0; x < count; x++) belief[x] = cost[at + x];
    for (let axis = 0; axis < 3; axis++) {
      const message = messages[axis];
      if (after[axis][i] >= 0) {
        ahead++;
        for (let x = 0; x < count; x++) belief[x] += message[at + x];
      }
      const j = before[axis][i];
      if (j >= 0) {
        behind++;
        const from = j * CANDIDATES;
        for (let x = 0; x < count; x++) belief[x] += message[from + x];
      }
    }
    const share = 1 / Math.max(1, ahead, behind);
    const period = this.#period;
    const perPeriod = 1 / period;
    for (let axis = 0; axis < 3; axis++) {
      const j = links[axis][i];
      if (j < 0) continue;
      const message = messages[axis];
      const edge = (backward ? j : i) * CANDIDATES;
      const weight = this.#weights[axis];
      const to = j * CANDIDATES;
      const targets = this.#counts[j];
      for (let x = 0; x < count; x++) source[x] = share * belief[x] - message[edge + x];
      let least = Number.POSITIVE_INFINITY;
      for (let y = 0; y < targets; y++) {
        const field = fieldHz[to + y];
        const bend = curvature[to + y];
        let best = Number.POSITIVE_INFINITY;
        for (let x = 0; x < count; x++) {
          const raw = fieldHz[at + x] - field;
          const d = raw - period * Math.floor(raw * perPeriod + 0.5);
          const value = source[x] + weight * Math.min(curvature[at + x], bend) * d * d;
          if (value < best) best = value;
        }
        sent[y] = best;
        if (best < least) least = best;
      }
      for (let y = 0; y < targets; y++) message[edge + y] = sent[y] - least;
    }
  }
}
