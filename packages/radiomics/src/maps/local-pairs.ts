import { compileKernel, type Vector3 } from '@steatosis/core';
import { PAIR_RESULTS, PairMeasures } from '../features/pair-measures.js';
import type { Neighbourhood } from './neighbourhood.js';
import bytes from './pairs.as.ts?wasm';

/** How pairs of neighbours are counted. */
export interface PairOptions {
  /** Count each pair both ways. */
  symmetric: boolean;
  /** One a direction; with them all directions are added up. */
  weights: readonly number[] | undefined;
  /** Whether any feature needs the maximal correlation, which costs about as much as all others together. */
  correlate: boolean;
}

interface PairKernel {
  memory: WebAssembly.Memory;
  heapBase: WebAssembly.Global;
  prepareNeighbourhoods(n: number, highest: number, pairs: number): number;
  measureNeighbourhood(
    ranks: number,
    members: number,
    count: number,
    steps: number,
    directions: number,
    weights: number,
    symmetric: boolean,
    levels: number,
    n: number,
    highest: number,
    correlate: boolean,
    out: number,
    scratch: number,
  ): number;
}

/** Numbers that the kernel gives for each matrix: the last is the maximal correlation. */
const RESULTS = PAIR_RESULTS + 1;
const PAGE = 65536;

/** Compiled when first used. */
let compiled: WebAssembly.Module | undefined;

/** The co-occurrence matrices of a neighbourhood, one direction after the other. */
export class LocalPairs extends PairMeasures {
  readonly #neighbourhood: Neighbourhood;
  readonly #options: PairOptions;
  readonly #kernel: PairKernel;
  readonly #directions: number;
  readonly #at: Record<
    'ranks' | 'members' | 'steps' | 'weights' | 'levels' | 'out' | 'scratch',
    number
  >;
  readonly #ranks: Uint32Array;
  readonly #members: Uint32Array;
  readonly #levels: Uint32Array;
  readonly #results: Float64Array;
  #correlation = 0;

  constructor(neighbourhood: Neighbourhood, directions: readonly Vector3[], options: PairOptions) {
    const { ranks, members, levels, volume } = neighbourhood;
    super(volume.grayLevels, volume.grayLevels.at(-1)!);
    compiled ??= compileKernel(bytes);
    const kernel = new WebAssembly.Instance(compiled).exports as unknown as PairKernel;
    const { weights } = options;
    this.#neighbourhood = neighbourhood;
    this.#options = options;
    this.#kernel = kernel;
    this.#directions = directions.length;
    const pairs = members.length * (weights === undefined ? 1 : directions.length);
    let top = Number(kernel.heapBase.value);
    const reserve = (size: number): number => {
      const address = Math.ceil(top / 16) * 16;
      top = address + size;
      return address;
    };
    this.#at = {
      ranks: reserve(4 * ranks.length),
      members: reserve(4 * members.length),
      steps: reserve(4 * directions.length),
      weights: weights === undefined ? 0 : reserve(8 * directions.length),
      levels: reserve(4 * levels.length),
      out: reserve(8 * RESULTS * Math.max(1, directions.length)),
      scratch: reserve(kernel.prepareNeighbourhoods(levels.length, this.highest, pairs)),
    };
    const missing = top - kernel.memory.buffer.byteLength;
    if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE));
    const { buffer } = kernel.memory;
    this.#ranks = new Uint32Array(buffer, this.#at.ranks, ranks.length);
    this.#members = new Uint32Array(buffer, this.#at.members, members.length);
    this.#levels = new Uint32Array(buffer, this.#at.levels, levels.length);
    this.#results = new Float64Array(
      buffer,
      this.#at.out,
      RESULTS * Math.max(1, directions.length),
    );
    const steps = neighbourhood.stepsOf(directions);
    new Int32Array(buffer, this.#at.steps, steps.length).set(steps);
    if (weights !== undefined) {
      new Float64Array(buffer, this.#at.weights, weights.length).set(weights);
    }
  }

  /** Measure the neighbourhood; `visit` is called for every matrix that is not empty. */
  measure(visit: () => void): void {
    const { ranks, members, count, levels, present } = this.#neighbourhood;
    const at = this.#at;
    this.#ranks.set(ranks);
    for (let k = 0; k < count; k++) this.#members[k] = members[k];
    for (let k = 0; k < present; k++) this.#levels[k] = levels[k];
    const matrices = this.#kernel.measureNeighbourhood(
      at.ranks,
      at.members,
      count,
      at.steps,
      this.#directions,
      at.weights,
      this.#options.symmetric,
      at.levels,
      present,
      this.highest,
      this.#options.correlate,
      at.out,
      at.scratch,
    );
    for (let m = 0; m < matrices; m++) {
      this.read(this.#results, RESULTS * m);
      this.#correlation = this.#results[RESULTS * m + PAIR_RESULTS];
      visit();
    }
  }

  /** Of a flat neighbourhood 0, unlike that of a flat region: only there PyRadiomics' Q is 1×1. */
  maximalCorrelation(): number {
    return this.flat ? 1 : this.#correlation;
  }
}
