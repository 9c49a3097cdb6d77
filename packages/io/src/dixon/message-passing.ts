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
 * The energy is `Σ_i cost_i + μ/2 Σ_ij min(curvature_i, curvature_j)·wrap(Δf)²/distance` over the
 * voxels and their 6 neighbours; `cost + curvature·Δf²` is the residual near a candidate (Δf in Hz),
 * distances are in mm. Each sweep passes once forward and once backward through the voxels in raster
 * order with sequential tree-reweighted messages (Kolmogorov, IEEE PAMI 2006;28:1568), which need one
 * message per edge; labels are read off in the forward pass given those already chosen, and the
 * labelling of least energy seen so far is kept.
 */
export class FieldChoice {
  /** Chosen candidate of each voxel: the best labelling so far. */
  readonly labels: Uint8Array;
  /** Energy of {@link labels}. */
  energy = Number.POSITIVE_INFINITY;
  /** Voxels whose label the last forward pass changed. */
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
    this.#weights = problem.spacing.map((distance) => (0.5 * problem.smoothness) / distance);
    this.#current = new Uint8Array(count);
    this.labels = new Uint8Array(count);
    this.#counts = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      let n = 1;
      while (n < CANDIDATES && problem.cost[i * CANDIDATES + n] < Number.POSITIVE_INFINITY) n++;
      this.#counts[i] = n;
    }
  }

  /** Label all voxels in raster order and send messages ahead. */
  forward(): void {
    const { after } = this.#graph;
    const current = this.#current;
    let energy = 0;
    let changed = 0;
    for (let i = 0; i < current.length; i++) {
      const label = current[i];
      energy += this.#choose(i);
      if (current[i] !== label) changed++;
      this.#gather(i);
      for (let axis = 0; axis < 3; axis++) {
        const j = after[axis][i];
        if (j >= 0) this.#send(axis, i, j, i);
      }
    }
    this.changed = changed;
    if (energy < this.energy) {
      this.energy = energy;
      this.labels.set(current);
    }
  }

  /** Send messages back in the opposite order; the second half of a sweep. */
  backward(): void {
    const { before } = this.#graph;
    for (let i = this.#counts.length - 1; i >= 0; i--) {
      this.#gather(i);
      for (let axis = 0; axis < 3; axis++) {
        const j = before[axis][i];
        if (j >= 0) this.#send(axis, i, j, j);
      }
    }
  }

  /** Keep a known labelling until a better one is found. */
  offer(labels: Uint8Array): void {
    this.#current.set(labels);
    let energy = 0;
    for (let i = 0; i < labels.length; i++) {
      energy += this.#energyBehind(i, i * CANDIDATES + labels[i]);
    }
    if (energy >= this.energy) return;
    this.energy = energy;
    this.labels.set(labels);
  }

  /** Cost of candidate `x` (its place) of voxel `i` and of its links to the voxels before it. */
  #energyBehind(i: number, x: number): number {
    const { cost, fieldHz, curvature } = this.#problem;
    const { before } = this.#graph;
    const period = this.#period;
    let energy = cost[x];
    for (let axis = 0; axis < 3; axis++) {
      const j = before[axis][i];
      if (j < 0) continue;
      const y = j * CANDIDATES + this.#current[j];
      const raw = fieldHz[x] - fieldHz[y];
      const d = raw - period * Math.floor(raw / period + 0.5);
      energy += this.#weights[axis] * Math.min(curvature[x], curvature[y]) * d * d;
    }
    return energy;
  }

  /** Label voxel `i` given the labels before it and the messages from after it; returns its energy. */
  #choose(i: number): number {
    const messages = this.#messages;
    const count = this.#counts[i];
    const at = i * CANDIDATES;
    let best = Number.POSITIVE_INFINITY;
    let bestEnergy = 0;
    let label = 0;
    for (let x = at; x < at + count; x++) {
      const energy = this.#energyBehind(i, x);
      const ahead = messages[0][x] + messages[1][x] + messages[2][x];
      if (energy + ahead < best) {
        best = energy + ahead;
        bestEnergy = energy;
        label = x - at;
      }
    }
    this.#current[i] = label;
    return bestEnergy;
  }

  /** Add up cost and messages of voxel `i`, weighted by its longer chain of links. */
  #gather(i: number): void {
    const { cost } = this.#problem;
    const { after, before } = this.#graph;
    const belief = this.#belief;
    const count = this.#counts[i];
    const at = i * CANDIDATES;
    let ahead = 0;
    let behind = 0;
    for (let x = 0; x < count; x++) belief[x] = cost[at + x];
    for (let axis = 0; axis < 3; axis++) {
      const message = this.#messages[axis];
      if (after[axis][i] >= 0) {
        ahead++;
        for (let x = 0; x < count; x++) belief[x] += message[at + x];
      }
      const j = before[axis][i];
      if (j >= 0) {
        behind++;
        for (let x = 0; x < count; x++) belief[x] += message[j * CANDIDATES + x];
      }
    }
    const share = 1 / Math.max(1, ahead, behind);
    for (let x = 0; x < count; x++) belief[x] *= share;
  }

  /** Send the message from voxel `i` to `j`; the edge's storage belongs to its first voxel, `owner`. */
  #send(axis: number, i: number, j: number, owner: number): void {
    const { fieldHz, curvature } = this.#problem;
    const message = this.#messages[axis];
    const belief = this.#belief;
    const source = this.#source;
    const sent = this.#sent;
    const count = this.#counts[i];
    const targets = this.#counts[j];
    const weight = this.#weights[axis];
    const period = this.#period;
    const perPeriod = 1 / period;
    const from = i * CANDIDATES;
    const to = j * CANDIDATES;
    const edge = owner * CANDIDATES;
    for (let x = 0; x < count; x++) source[x] = belief[x] - message[edge + x];
    let least = Number.POSITIVE_INFINITY;
    for (let y = 0; y < targets; y++) {
      const field = fieldHz[to + y];
      const bend = curvature[to + y];
      let best = Number.POSITIVE_INFINITY;
      for (let x = 0; x < count; x++) {
        const raw = fieldHz[from + x] - field;
        const d = raw - period * Math.floor(raw * perPeriod + 0.5);
        const value = source[x] + weight * Math.min(curvature[from + x], bend) * d * d;
        if (value < best) best = value;
      }
      sent[y] = best;
      if (best < least) least = best;
    }
    for (let y = 0; y < targets; y++) message[edge + y] = sent[y] - least;
  }
}
