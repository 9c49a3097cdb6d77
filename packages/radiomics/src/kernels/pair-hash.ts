import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { CELL_BYTES, type CellList } from './glcm-cells.js';

const SLOT_BYTES = 16;
const SMALLEST = 1024;

interface HashKernels {
  addPairsOfRun(
    ranks: number,
    bytes: number,
    from: number,
    to: number,
    step: number,
    symmetric: boolean,
    weight: number,
    slots: number,
    mask: number,
  ): number;
  moveEntries(from: number, fromSlots: number, to: number, toMask: number): void;
  listPairs(slots: number, mask: number, list: number): number;
}

/**
 * Pairs of ranks and how often each occurs, in memory that grows with the pairs that there are and not
 * with all that could be.
 */
export class PairHash {
  readonly #grid: LevelGrid;
  readonly #symmetric: boolean;
  readonly #kernels: HashKernels;
  #slots: number;
  #capacity: number;
  #used = 0;

  /**
   * @param symmetric count each pair both ways
   * @param expected how many pairs there may be; more are taken too
   */
  constructor(grid: LevelGrid, symmetric: boolean, expected = 0) {
    this.#grid = grid;
    this.#symmetric = symmetric;
    this.#kernels = grid.arena.exports as unknown as HashKernels;
    this.#capacity = Math.max(SMALLEST, slotsFor(expected));
    this.#slots = grid.arena.reserveZeroed(SLOT_BYTES * this.#capacity);
  }

  /** Pairs that occur. */
  get size(): number {
    return this.#used;
  }

  /** Count the pairs of voxels one step apart, each with a weight. */
  add([x, y, z]: Vector3, weight: number): void {
    const { runs, ranksAddress, rankBytes, rowStep, sliceStep } = this.#grid;
    const step = x + y * rowStep + z * sliceStep;
    for (let r = 0; r < runs.length; r += 2) {
      const from = runs[r];
      const to = runs[r + 1];
      this.#makeRoom(to - from);
      this.#used += this.#kernels.addPairsOfRun(
        ranksAddress,
        rankBytes,
        from,
        to,
        step,
        this.#symmetric,
        weight,
        this.#slots,
        this.#capacity - 1,
      );
    }
  }

  /** List the pairs, in the arena. */
  list(): CellList {
    const address = this.#grid.arena.reserve(CELL_BYTES * this.#used);
    const end = this.#kernels.listPairs(this.#slots, this.#capacity - 1, address);
    return { address, end };
  }

  /** Keep at least half of the slots free, so that a free one is found soon. */
  #makeRoom(pairs: number): void {
    const wanted = this.#used + pairs;
    if (2 * wanted <= this.#capacity) return;
    const capacity = slotsFor(2 * wanted);
    const slots = this.#grid.arena.reserveZeroed(SLOT_BYTES * capacity);
    this.#kernels.moveEntries(this.#slots, this.#capacity, slots, capacity - 1);
    this.#slots = slots;
    this.#capacity = capacity;
  }
}

/** A power of two, at least twice as many as pairs. */
function slotsFor(pairs: number): number {
  return 2 ** Math.ceil(Math.log2(2 * pairs + 1));
}
