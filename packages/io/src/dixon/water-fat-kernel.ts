import { compileKernel } from '@steatosis/core';
import { type CurveTables, CURVE_R2STAR, curveTables } from './cost-curve.js';
import bytes from './kernels/water-fat.as.ts?wasm';
import type { SignalModel } from './signal-model.js';

/** Voxels that the kernel takes at a time: they and all that is written about them stay in the cache. */
export const BATCH = 512;

/** Candidate fields per voxel at most. */
export const CANDIDATES = 4;

/** Candidates of a batch at most. */
const ENTRIES = CANDIDATES * BATCH;

/** Bytes of an entry of the queue and of a polished candidate. */
const QUEUE_ENTRY = 24;
const POLISHED = 32;

/** Room for the larger of the two results: four numbers a candidate, or eight a voxel. */
const RESULTS = 4 * ENTRIES;

const PAGE = 65536;

interface KernelExports {
  memory: WebAssembly.Memory;
  heapBase: WebAssembly.Global;
  startModel(echoes: number, steps: number): void;
  setEcho(k: number, timeS: number, fatRe: number, fatIm: number, step: number): void;
  setStep(j: number, timeS: number): void;
  setEchoes(real: number, imaginary: number, places: number): void;
  setQueue(address: number): void;
  setEstimates(address: number, places: number): void;
  setCandidates(scratch: number, counts: number, address: number, capacity: number): void;
  setSearch(
    points: number,
    cyclic: number,
    stepHz: number,
    periodHz: number,
    firstDecay: number,
    secondDecay: number,
  ): void;
  setCurve(
    points: number,
    lags: number,
    counts: number,
    pairs: number,
    diagonal: number,
    waves: number,
    scratch: number,
  ): void;
  findCandidates(count: number): void;
  estimate(
    count: number,
    fields: number,
    decays: number,
    commonPhase: number,
    fieldStepHz: number,
  ): number;
}

/** One a thread, made when first used. */
let shared: WaterFatKernel | undefined;

/**
 * The kernel of this thread, set up for a model. It is not re-entrant: set up, fill, run and read within one
 * synchronous stretch.
 *
 * @throws WasmSimdMissingError where WebAssembly or its SIMD instructions are missing
 */
export function kernelFor(model: SignalModel): WaterFatKernel {
  shared ??= new WaterFatKernel();
  shared.use(model);
  return shared;
}

/** The compiled kernel with its memory laid out for one acquisition. */
export class WaterFatKernel {
  /** Real parts of a batch: echo 0 of all voxels, {@link BATCH} places, then echo 1 … */
  real = new Float32Array();
  /** Imaginary parts, in the same way. */
  imaginary = new Float32Array();
  /** Field in Hz of each voxel of a batch at which to start. */
  fieldHz = new Float32Array();
  /** Decay in 1/s of each voxel of a batch at which to start. */
  r2starPerSecond = new Float32Array();
  /** What the last call wrote. */
  results = new Float32Array();
  readonly #kernel: KernelExports;
  #key = '';
  #model: SignalModel | undefined;
  #searches = false;
  #heap = 0;
  #next = 0;

  constructor() {
    const module = compileKernel(bytes);
    const { exports } = new WebAssembly.Instance(module);
    this.#kernel = exports as unknown as KernelExports;
    this.#heap = Number(this.#kernel.heapBase.value);
  }

  /** Set up for a model, unless it already is. */
  use(model: SignalModel): void {
    const { timesS, fatReal, fatImaginary, steps, stepOfEcho, periodHz } = model;
    const key = [periodHz, ...timesS, ...fatReal, ...fatImaginary].join();
    if (key === this.#key) return;
    const kernel = this.#kernel;
    this.#key = key;
    this.#model = model;
    this.#searches = false;
    kernel.startModel(timesS.length, steps.length);
    timesS.forEach((time, k) =>
      kernel.setEcho(k, time, fatReal[k], fatImaginary[k], stepOfEcho[k]),
    );
    steps.forEach((step, j) => kernel.setStep(j, step));
    this.#layOut(timesS.length, undefined);
  }

  /** Also set up the search for candidates. */
  useSearch(): void {
    if (this.#searches) return;
    this.#searches = true;
    const model = this.#model!;
    this.#layOut(model.timesS.length, curveTables(model));
  }

  /** Candidates of the first `count` voxels: four planes in {@link results}. */
  findCandidates(count: number): void {
    this.#kernel.findCandidates(count);
  }

  /**
   * Fit the first `count` voxels from {@link fieldHz}: eight planes in {@link results}.
   *
   * @returns how many did not converge
   */
  estimate(count: number, knownDecay: boolean, commonPhase: boolean, fieldStepHz: number): number {
    return this.#kernel.estimate(
      count,
      this.fieldHz.byteOffset,
      knownDecay ? this.r2starPerSecond.byteOffset : 0,
      Number(commonPhase),
      fieldStepHz,
    );
  }

  #layOut(echoes: number, curve: CurveTables | undefined): void {
    const kernel = this.#kernel;
    this.#next = this.#heap;
    const real = this.#reserve(4 * echoes * BATCH);
    const imaginary = this.#reserve(4 * echoes * BATCH);
    const fields = this.#reserve(4 * BATCH);
    const decays = this.#reserve(4 * BATCH);
    const results = this.#reserve(4 * RESULTS);
    const queue = this.#reserve(QUEUE_ENTRY * ENTRIES);
    kernel.setEchoes(real, imaginary, BATCH);
    kernel.setQueue(queue);
    kernel.setEstimates(results, BATCH);
    if (curve) this.#layOutSearch(curve, results);
    const { buffer } = kernel.memory;
    this.real = new Float32Array(buffer, real, echoes * BATCH);
    this.imaginary = new Float32Array(buffer, imaginary, echoes * BATCH);
    this.fieldHz = new Float32Array(buffer, fields, BATCH);
    this.r2starPerSecond = new Float32Array(buffer, decays, BATCH);
    this.results = new Float32Array(buffer, results, RESULTS);
  }

  #layOutSearch(curve: CurveTables, results: number): void {
    const kernel = this.#kernel;
    const { points, stepHz, periodHz } = curve;
    const lags = curve.pairsOfLag.length;
    kernel.setCandidates(
      this.#reserve(POLISHED * ENTRIES),
      this.#reserve(4 * BATCH),
      results,
      ENTRIES,
    );
    kernel.setCurve(
      points,
      lags,
      this.#place(curve.pairsOfLag),
      this.#place(curve.pairs),
      this.#place(curve.diagonal),
      this.#place(curve.waves),
      this.#reserve(16 * (4 * lags + 2 * points)),
    );
    const [first, second] = CURVE_R2STAR;
    const cyclic = Number.isFinite(periodHz);
    kernel.setSearch(points, Number(cyclic), stepHz, cyclic ? periodHz : 0, first, second);
  }

  /** Room for so many bytes, at a multiple of 16. */
  #reserve(size: number): number {
    const { memory } = this.#kernel;
    const address = Math.ceil(this.#next / 16) * 16;
    this.#next = address + size;
    const missing = this.#next - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return address;
  }

  #place(table: Uint32Array | Float32Array): number {
    const address = this.#reserve(table.byteLength);
    const source = new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
    new Uint8Array(this.#kernel.memory.buffer).set(source, address);
    return address;
  }
}
