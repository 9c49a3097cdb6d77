import { CANDIDATES } from '../candidates.js';
import type { FieldProblem } from '../message-passing.js';
import { passMessages } from './coarse-start.js';
import { type Labelling, NEIGHBOURS } from './labelling.js';

/** Rounds of finding voxels in doubt and deciding them at most. */
const MOST_ROUNDS = 5;

/** Rings of neighbours that are decided together with a voxel in doubt; twice as many in each further round. */
const RINGS = 2;

/** What it took to settle the labels. */
export interface Settlement {
  /** Voxels that took part in message passing. */
  contested: number;
  /** Sweeps of message passing in all rounds. */
  sweeps: number;
}

/**
 * Start each voxel from the field that the coarse grid predicts: the candidate that is best if all
 * neighbours had that field.
 */
export function startLabels(state: Labelling, flatHz: Float32Array, jumpHz: number): void {
  const { problem, labels } = state;
  const weight = 2 * state.weights.reduce((a, b) => a + b);
  for (let i = 0; i < labels.length; i++) {
    const count = state.count(i);
    let least = Infinity;
    let best = 0;
    for (let x = 0; x < count; x++) {
      const at = i * CANDIDATES + x;
      const d = Math.min(jumpHz, Math.abs(state.wrap(state.flatHz(i, x) - flatHz[i])));
      const energy = problem.cost[at] + weight * problem.curvature[at] * d * d;
      if (energy < least) {
        least = energy;
        best = x;
      }
    }
    state.choose(i, best);
  }
}

/**
 * Decide the voxels in doubt by message passing, all others held: those that another candidate would
 * suit better, or whose field jumps to a neighbour's, with rings of neighbours. Repeated with wider
 * rings while doubt arises outside of what was decided.
 */
export async function settle(
  state: Labelling,
  jumpHz: number,
  pause: () => Promise<void>,
): Promise<Settlement> {
  const total = state.labels.length;
  const touched = new Uint8Array(total);
  const active = new Uint8Array(total);
  let sweeps = 0;
  let seeds = findDoubt(state, jumpHz, active);
  for (let round = 0; round < MOST_ROUNDS && seeds > 0; round++) {
    for (let ring = 0; ring < RINGS << round; ring++) grow(state, active);
    const { members, problem } = contestedPart(state, active);
    const start = Uint8Array.from(members, (i) => state.labels[i]);
    const found = await passMessages(problem, pause, start);
    sweeps += found.sweeps;
    for (let k = 0; k < members.length; k++) {
      touched[members[k]] = 1;
      state.choose(members[k], found.labels[k]);
    }
    seeds = findDoubtAround(state, jumpHz, active, members);
  }
  let contested = 0;
  for (let i = 0; i < total; i++) contested += touched[i];
  return { contested, sweeps };
}

/**
 * Mark the voxels in doubt; returns how many there are.
 *
 * The candidate of least residual whose neighbours all continue is in no doubt: other candidates lie
 * further from all of them.
 */
function findDoubt(state: Labelling, jumpHz: number, active: Uint8Array): number {
  state.forEachLink((i, j) => {
    if (!state.continues(i, j, jumpHz)) active[i] = active[j] = 1;
  });
  let seeds = 0;
  for (let i = 0; i < active.length; i++) {
    if (active[i] === 0 && state.labels[i] > 0 && inDoubt(state, i, jumpHz)) active[i] = 1;
    seeds += active[i];
  }
  return seeds;
}

/** Mark the voxels in doubt that touch those decided last in place of these; returns how many there are. */
function findDoubtAround(
  state: Labelling,
  jumpHz: number,
  active: Uint8Array,
  decided: Int32Array,
): number {
  const around = new Set<number>();
  for (const i of decided) {
    state.visit(i);
    for (const j of state.near) if (j >= 0 && active[j] === 0) around.add(j);
  }
  for (const i of decided) active[i] = 0;
  let seeds = 0;
  for (const i of around) {
    if (!inDoubt(state, i, jumpHz)) continue;
    active[i] = 1;
    seeds++;
  }
  return seeds;
}

/** Whether voxel `i` jumps to a neighbour, or another candidate would suit it better. */
function inDoubt(state: Labelling, i: number, jumpHz: number): boolean {
  const { near, labels, problem } = state;
  state.visit(i);
  for (let k = 0; k < NEIGHBOURS; k++) {
    if (near[k] >= 0 && !state.continues(i, near[k], jumpHz)) return true;
  }
  const count = state.count(i);
  let least = Infinity;
  let best = 0;
  for (let x = 0; x < count; x++) {
    let energy = problem.cost[i * CANDIDATES + x];
    for (let k = 0; k < NEIGHBOURS; k++) {
      const j = near[k];
      if (j >= 0) energy += state.link(i, x, j, labels[j], state.weights[k >> 1]);
    }
    if (energy < least) {
      least = energy;
      best = x;
    }
  }
  return best !== labels[i];
}

/** Add the neighbours of all active voxels. */
function grow(state: Labelling, active: Uint8Array): void {
  const { near } = state;
  for (let i = 0; i < active.length; i++) {
    if (active[i] !== 1) continue;
    state.visit(i);
    for (let k = 0; k < NEIGHBOURS; k++) {
      if (near[k] >= 0 && active[near[k]] === 0) active[near[k]] = 2;
    }
  }
  for (let i = 0; i < active.length; i++) if (active[i] === 2) active[i] = 1;
}

/** The problem of the active voxels alone; links to held neighbours become part of their cost. */
function contestedPart(
  state: Labelling,
  active: Uint8Array,
): { members: Int32Array; problem: FieldProblem } {
  const { near, labels, problem } = state;
  let count = 0;
  for (let i = 0; i < active.length; i++) count += active[i];
  const members = new Int32Array(count);
  for (let i = 0, k = 0; i < active.length; i++) if (active[i] === 1) members[k++] = i;
  const fieldHz = new Float32Array(count * CANDIDATES);
  const cost = new Float32Array(count * CANDIDATES).fill(Infinity);
  const curvature = new Float32Array(count * CANDIDATES);
  for (let m = 0; m < count; m++) {
    const i = members[m];
    state.visit(i);
    const candidates = state.count(i);
    for (let x = 0; x < candidates; x++) {
      const at = m * CANDIDATES + x;
      fieldHz[at] = state.flatHz(i, x);
      curvature[at] = problem.curvature[i * CANDIDATES + x];
      let sum = problem.cost[i * CANDIDATES + x];
      for (let k = 0; k < NEIGHBOURS; k++) {
        const j = near[k];
        if (j < 0 || active[j] === 1) continue;
        sum += state.link(i, x, j, labels[j], state.weights[k >> 1]);
      }
      cost[at] = sum;
    }
  }
  const voxels = Int32Array.from(members, (i) => problem.voxels[i]);
  return { members, problem: { ...problem, voxels, fieldHz, cost, curvature } };
}
