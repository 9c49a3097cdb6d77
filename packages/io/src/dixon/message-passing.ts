import { compileKernel } from '@steatosis/core';
import { CANDIDATES } from './candidates.js';
import bytes from './kernels/field-choice.as.ts?wasm';
import { voxelGraph } from './voxel-graph.js';

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

/** The record of a voxel in the kernel's memory, in places of 4 bytes. */
const RECORD = 32;
const CURVATURE = 8;
const COST = 4;
const AFTER = 24;
const BEFORE = 27;
const SHARE = 30;
const COUNT = 31;

const PAGE = 65536;

interface ChoiceExports {
  memory: WebAssembly.Memory;
  heapBase: WebAssembly.Global;
  setProblem(
    count: number,
    records: number,
    labels: number,
    periodHz: number,
    weightX: number,
    weightY: number,
    weightZ: number,
  ): void;
  forward(): number;
  backward(): void;
  energyOfLabels(): number;
  changed(): number;
}

/** Compiled when first used. */
let compiled: WebAssembly.Module | undefined;

/**
 * Chooses one candidate per voxel by min-sum message passing.
 *
 * The energy is `Σ_i cost_i + μ/2 Σ_ij √(curvature_i·curvature_j)·wrap(Δf)²/distance` over the
 * voxels and their 6 neighbours; `cost + curvature·Δf²` is the residual near a candidate (Δf in Hz),
 * distances are in mm. Each sweep passes once forward and once backward through the voxels in raster
 * order with sequential tree-reweighted messages (Kolmogorov, IEEE PAMI 2006;28:1568), which need one
 * message per edge; labels are read off in the forward pass given those already chosen, and the
 * labelling of least energy seen so far is kept. Each choice has a kernel, and memory, of its own.
 *
 * @throws WasmSimdMissingError where WebAssembly or its SIMD instructions are missing
 */
export class FieldChoice {
  /** Chosen candidate of each voxel: the best labelling so far. */
  readonly labels: Uint8Array;
  /** Energy of {@link labels}. */
  energy = Number.POSITIVE_INFINITY;
  /** Voxels whose label the last forward pass changed. */
  changed = Number.POSITIVE_INFINITY;
  readonly #kernel: ChoiceExports;
  readonly #current: Uint8Array;

  constructor(problem: FieldProblem) {
    const count = problem.voxels.length;
    this.#kernel = newKernel();
    const { memory, heapBase } = this.#kernel;
    const records = Math.ceil(Number(heapBase.value) / RECORD / 4) * RECORD * 4;
    const labels = records + count * RECORD * 4;
    const missing = labels + count - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    fillRecords(problem, memory.buffer, records);
    const period = Number.isFinite(problem.periodHz) ? problem.periodHz : NO_PERIOD_HZ;
    const [x, y, z] = problem.spacing.map((distance) => (0.5 * problem.smoothness) / distance);
    this.#kernel.setProblem(count, records, labels, period, x, y, z);
    this.#current = new Uint8Array(memory.buffer, labels, count);
    this.labels = new Uint8Array(count);
  }

  /** Label all voxels in raster order and send messages ahead. */
  forward(): void {
    this.#keepIfBetter(this.#kernel.forward());
    this.changed = this.#kernel.changed();
  }

  /** Send messages back in the opposite order; the second half of a sweep. */
  backward(): void {
    this.#kernel.backward();
  }

  /** Keep a known labelling until a better one is found. */
  offer(labels: Uint8Array): void {
    this.#current.set(labels);
    this.#keepIfBetter(this.#kernel.energyOfLabels());
  }

  #keepIfBetter(energy: number): void {
    if (energy >= this.energy) return;
    this.energy = energy;
    this.labels.set(this.#current);
  }
}

function newKernel(): ChoiceExports {
  compiled ??= compileKernel(bytes);
  return new WebAssembly.Instance(compiled).exports as unknown as ChoiceExports;
}

/** Lay the problem out for the kernel. */
function fillRecords(problem: FieldProblem, buffer: ArrayBuffer, records: number): void {
  const { fieldHz, cost, curvature, voxels } = problem;
  const count = voxels.length;
  const floats = new Float32Array(buffer, records, count * RECORD);
  const integers = new Int32Array(buffer, records, count * RECORD);
  const { after, before } = voxelGraph(voxels, problem.size);
  for (let i = 0; i < count; i++) {
    const at = i * RECORD;
    let candidates = 0;
    for (let x = 0; x < CANDIDATES; x++) {
      const from = i * CANDIDATES + x;
      floats[at + x] = fieldHz[from];
      floats[at + COST + x] = cost[from];
      floats[at + CURVATURE + x] = curvature[from];
      if (cost[from] < Number.POSITIVE_INFINITY) candidates = x + 1;
    }
    let ahead = 0;
    let behind = 0;
    for (let axis = 0; axis < 3; axis++) {
      const next = after[axis][i];
      const previous = before[axis][i];
      integers[at + AFTER + axis] = next;
      integers[at + BEFORE + axis] = previous;
      if (next >= 0) ahead++;
      if (previous >= 0) behind++;
    }
    floats[at + SHARE] = 1 / Math.max(1, ahead, behind);
    integers[at + COUNT] = Math.max(1, candidates);
  }
}
