import type { EngineMemory } from '../../engine/memory.js';
import { type BinnedMatrix, binCount } from '../binning/binned-matrix.js';
import type { GrowerSettings } from './grower-settings.js';
import { MOST_NODES } from './growth-queue.js';
import type { GrowingKernels } from './growing-steps.js';
import * as at from './layout.js';

/** Rows of a chunk: its two lists stay in a core's first caches. */
export const CHUNK_ROWS = 4096;
/** Leaves, or parts of them, that get their outputs in one step. */
export const MOST_LEAF_PARTS = 4096;

/** The places in engine memory that growing works in; reserved once and used for every tree. */
export class GrowingMemory {
  /** Address of what the steps need to know. */
  readonly settings: number;
  /** f32 pairs (g, h) of the rows, filled by the caller. */
  readonly gradients: number;
  readonly order: number;
  readonly tasks: number;
  readonly chunks: number;
  readonly bests: number;
  readonly bestBytes: number;
  readonly leafParts: number;
  /** u8 per lane for each node of a step. */
  readonly features: number;
  /** Numbers of features, the last tile filled up. */
  readonly lanes: number;
  /** u8 per bin for each node that is split: which ones go left. */
  readonly goesLeft: number;
  readonly mostSlots: number;
  readonly histogramBytes: number;

  constructor(
    engine: EngineMemory,
    members: number,
    binned: BinnedMatrix,
    settings: GrowerSettings,
    givenWeight: boolean,
  ) {
    const { rows, columns, tiles, hasMissing } = binned;
    const missing = Number(hasMissing);
    this.lanes = tiles * 4;
    const counts = new Int32Array(this.lanes);
    for (let f = 0; f < columns; f++) counts[f] = binCount(binned, f);
    const tileBins = Int32Array.from({ length: tiles }, (_, t) =>
      Math.max(...counts.subarray(4 * t, 4 * t + 4)),
    );
    const offsets = new Int32Array(tiles);
    for (let t = 1; t < tiles; t++) {
      offsets[t] = offsets[t - 1] + (tileBins[t - 1] + missing) * at.SLOT_BYTES;
    }
    const mostSlots = tileBins.reduce((most, bins) => Math.max(most, bins), 0) + missing;
    this.histogramBytes = offsets[tiles - 1] + (tileBins[tiles - 1] + missing) * at.SLOT_BYTES;

    const kinds = new Uint8Array(this.lanes);
    let categories = 0;
    for (let f = 0; f < columns; f++) {
      kinds[f] = kindOf(binned, f, settings);
      if (kinds[f] !== at.NUMERIC) categories = Math.max(categories, counts[f]);
    }
    const kernels = engine.kernels as unknown as GrowingKernels;
    const scratchBytes = aligned(kernels.growingScratch(mostSlots, categories));
    this.bestBytes = aligned(at.BEST_CATEGORIES + 4 * Math.ceil(categories / 32));
    this.mostSlots = mostSlots;

    const ints = (values: Int32Array) => {
      const address = engine.reserve(values.byteLength);
      engine.i32.set(values, address / 4);
      return address;
    };
    const bytes = (values: Uint8Array) => {
      const address = engine.reserve(values.byteLength);
      engine.u8.set(values, address);
      return address;
    };
    this.settings = engine.reserveZeroed(at.SETTINGS_BYTES);
    this.gradients = engine.reserve(8 * rows);
    // Two numbers more, of which the sums read the bins without using them.
    this.order = engine.reserveZeroed(4 * (rows + 2));
    this.tasks = engine.reserve(MOST_NODES * at.TASK_BYTES);
    this.chunks = engine.reserve((MOST_NODES + Math.ceil(rows / CHUNK_ROWS)) * at.CHUNK_BYTES);
    this.bests = engine.reserve(2 * MOST_NODES * members * this.bestBytes);
    this.leafParts = engine.reserve(MOST_LEAF_PARTS * at.LEAF_BYTES);
    this.features = engine.reserve(2 * MOST_NODES * this.lanes);
    this.goesLeft = engine.reserve(MOST_NODES * mostSlots);
    const monotone = new Uint8Array(this.lanes);
    settings.monotoneConstraints?.forEach((sign, f) => (monotone[f] = sign));
    const words: [number, number][] = [
      [at.TILES, tiles],
      [at.BINS, binned.bins],
      [at.BIN_BYTES, binned.binBytes],
      [at.TILE_BYTES, binned.tileBytes],
      [at.TILE_OFFSETS, ints(offsets)],
      [at.TILE_BINS, ints(tileBins)],
      [at.BIN_COUNTS, ints(counts)],
      [at.KINDS, bytes(kinds)],
      [at.MONOTONE, bytes(monotone)],
      [at.HAS_MISSING, missing],
      [at.GRADIENTS, this.gradients],
      [at.GATHERED, engine.reserve(8 * rows)],
      [at.ORDER, this.order],
      [at.LEFTS, engine.reserve(4 * rows)],
      [at.RIGHTS, engine.reserve(4 * rows)],
      [at.ROWS, rows],
      [at.TASKS, this.tasks],
      [at.CHUNKS, this.chunks],
      [at.BESTS, this.bests],
      [at.BEST_BYTES, this.bestBytes],
      [at.SCRATCH, engine.reserve(scratchBytes * members)],
      [at.SCRATCH_BYTES, scratchBytes],
      [at.MOST_SLOTS, mostSlots],
      [at.GIVEN_WEIGHT, Number(givenWeight)],
      [at.MAX_CATEGORIES, settings.maxCatThreshold],
    ];
    for (const [offset, value] of words) engine.u32[(this.settings + offset) / 4] = value;
    const numbers: [number, number][] = [
      [at.LAMBDA, settings.lambda],
      [at.ALPHA, settings.alpha],
      [at.MAX_DELTA_STEP, settings.maxDeltaStep],
      [at.MIN_CHILD_WEIGHT, settings.minChildWeight],
    ];
    for (const [offset, value] of numbers) engine.f32[(this.settings + offset) / 4] = value;
  }
}

function kindOf(binned: BinnedMatrix, feature: number, settings: GrowerSettings): number {
  if (binned.cuts.categorical[feature] !== 1) return at.NUMERIC;
  return binCount(binned, feature) < settings.maxCatToOnehot ? at.ONE_HOT : at.PARTITION;
}

/** Whole cache lines, so that members do not write to the same ones. */
function aligned(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
