import type { LevelGrid } from '../discretise/gray-levels.js';
import { SizeList, sizeKey } from '../kernels/listed-sizes.js';
import type { RunTable } from '../kernels/run-counts.js';
import type { PlacedLevelSizes } from './level-size-measures.js';

interface SumKernels {
  addWeighted(counts: number, cells: number, weight: number, sums: number): void;
}

/** The run-length matrices of several directions, each with a weight, added up. */
export class WeightedRuns {
  readonly #grid: LevelGrid;
  readonly #longer = new Map<number, number>();
  readonly #sums: number;
  readonly #width: number;
  readonly #capacity: number;

  /** @param width lengths that the tables have, see `runTableWidth` */
  constructor(grid: LevelGrid, width: number) {
    this.#grid = grid;
    this.#width = width;
    this.#capacity = grid.grayLevels.length * width;
    this.#sums = grid.arena.reserveZeroed(8 * this.#capacity);
  }

  add({ address, longer, longerCount }: RunTable, weight: number): void {
    const { arena, grayLevels } = this.#grid;
    const kernels = arena.exports as unknown as SumKernels;
    kernels.addWeighted(address, this.#capacity, weight, this.#sums);
    const pairs = arena.u32(longer, 2 * longerCount);
    for (let k = 0; k < pairs.length; k += 2) {
      const key = sizeKey(pairs[k], pairs[k + 1], grayLevels.length);
      this.#longer.set(key, (this.#longer.get(key) ?? 0) + weight);
    }
  }

  /** The sum, in the arena. */
  placed(): PlacedLevelSizes {
    const { arena, grayLevels } = this.#grid;
    const n = grayLevels.length;
    const keys = Float64Array.from(this.#longer.keys()).sort();
    const list = new SizeList(arena, keys.length, n);
    for (const key of keys) list.push(key, this.#longer.get(key)!);
    const steps = { rowStep: 8, columnStep: 8 * n };
    return { address: this.#sums, weighted: true, width: this.#width, ...steps, ...list.placed };
  }
}
