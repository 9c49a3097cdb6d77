import { compileKernel, type Vector3 } from '@steatosis/core';
import type { GlcmMeasures } from '../features/glcm-measures.js';
import { EPSILON_PER_CELL } from '../kernels/logarithms.js';
import type { Neighbourhood } from './neighbourhood.js';
import bytes from './pairs.as.ts?wasm';

/** How pairs of neighbours are counted. */
export interface PairOptions {
  /** Count each pair both ways. */
  symmetric: boolean;
  /** One a direction; with them all directions are added up. */
  weights: readonly number[] | undefined;
  /** Whether any feature needs the maximal correlation, which costs more than all others together. */
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

/** Numbers that the kernel gives for each matrix. */
const RESULTS = 31;
/** Bits of mutual information that rounding can leave of none. */
const INDEPENDENT = 1e-13;
const PAGE = 65536;

/** Compiled when first used. */
let compiled: WebAssembly.Module | undefined;

/** What co-occurrence features read. */
type PairMeasures = Omit<GlcmMeasures, 'load' | 'loadCells'>;

/** The co-occurrence matrices of a neighbourhood, one direction after the other. */
export class LocalPairs implements PairMeasures {
  readonly levels: Float64Array;
  readonly highest: number;
  energy = 0;
  maximum = 0;
  jointEntropy = 0;
  rowEntropy = 0;
  columnEntropy = 0;
  occupiedCells = 0;
  occupiedRows = 0;
  occupiedColumns = 0;
  covariance = 0;
  readonly row = { mean: 0, variance: 0 };
  readonly column = { mean: 0, variance: 0 };
  readonly sum = { mean: 0, meanSquare: 0, second: 0, third: 0, fourth: 0, entropy: 0 };
  readonly difference = {
    mean: 0,
    meanSquare: 0,
    variance: 0,
    entropy: 0,
    inverse: 0,
    inverseMoment: 0,
    inverseNormalised: 0,
    inverseMomentNormalised: 0,
    inverseVariance: 0,
  };

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
  #epsilonOfProducts = 0;
  #correlation = 0;

  constructor(neighbourhood: Neighbourhood, directions: readonly Vector3[], options: PairOptions) {
    const { ranks, members, levels, volume } = neighbourhood;
    compiled ??= compileKernel(bytes);
    const kernel = new WebAssembly.Instance(compiled).exports as unknown as PairKernel;
    const { weights } = options;
    this.levels = volume.grayLevels;
    this.highest = volume.grayLevels.at(-1)!;
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

  /** Whether all voxels of the region have one gray level; PyRadiomics' rule for MCC asks for it. */
  get flat(): boolean {
    return this.levels.length < 2;
  }

  get single(): boolean {
    return this.occupiedRows === 1 && this.occupiedColumns === 1;
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
      this.#read(this.#results, RESULTS * m);
      visit();
    }
  }

  #read(from: Float64Array, at: number): void {
    const { row, column, sum, difference } = this;
    this.energy = from[at + 1];
    this.maximum = from[at + 2];
    this.jointEntropy = from[at + 3];
    this.occupiedCells = from[at + 4];
    this.rowEntropy = from[at + 5];
    this.occupiedRows = from[at + 6];
    row.mean = from[at + 7];
    row.variance = from[at + 8];
    this.columnEntropy = from[at + 9];
    this.occupiedColumns = from[at + 10];
    column.mean = from[at + 11];
    column.variance = from[at + 12];
    sum.mean = from[at + 13];
    sum.meanSquare = from[at + 14];
    sum.second = from[at + 15];
    sum.third = from[at + 16];
    sum.fourth = from[at + 17];
    sum.entropy = from[at + 18];
    difference.mean = from[at + 19];
    difference.meanSquare = from[at + 20];
    difference.variance = from[at + 21];
    difference.entropy = from[at + 22];
    difference.inverse = from[at + 23];
    difference.inverseMoment = from[at + 24];
    difference.inverseNormalised = from[at + 25];
    difference.inverseMomentNormalised = from[at + 26];
    difference.inverseVariance = from[at + 27];
    this.#epsilonOfProducts = from[at + 28];
    this.covariance = from[at + 29];
    this.#correlation = from[at + 30];
  }

  mutualInformation(): number {
    const epsilon = this.occupiedCells - this.occupiedRows * this.occupiedColumns;
    const information =
      this.rowEntropy + this.columnEntropy - this.jointEntropy + epsilon * EPSILON_PER_CELL;
    return information > INDEPENDENT ? information : 0;
  }

  jointEntropyDeficit(): number {
    const epsilon = this.#epsilonOfProducts - this.occupiedCells * EPSILON_PER_CELL;
    return this.jointEntropy - this.rowEntropy - this.columnEntropy + epsilon;
  }

  /** Of a flat neighbourhood 0, unlike that of a flat region: only there PyRadiomics' Q is 1×1. */
  maximalCorrelation(): number {
    return this.flat ? 1 : this.#correlation;
  }
}
