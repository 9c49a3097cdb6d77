import type { Random } from '@steatosis/core';
import type { PresortedColumns } from './presorted.js';

/** Two values closer than this are one; float32 of 1e-7. */
const FEATURE_THRESHOLD = 1.0000000116860974e-7;

/**
 * The features that a node looks at: all, or so many drawn without replacement. As in scikit-learn those that do not
 * vary in the node count among the drawn ones, but drawing goes on until one does vary.
 */
export class FeatureChoice {
  readonly #sorted: PresortedColumns;
  readonly #lists: number;
  readonly #wanted: number;
  readonly #address: number;
  readonly #all: Int32Array;

  constructor(sorted: PresortedColumns, lists: number, wanted: number) {
    this.#sorted = sorted;
    this.#lists = lists;
    this.#wanted = wanted;
    this.#address = sorted.memory.reserve(4 * sorted.columns);
    this.#all = Int32Array.from({ length: sorted.columns }, (_, feature) => feature);
    sorted.memory.i32.set(this.#all, this.#address / 4);
  }

  /** Address of the chosen features, ascending, for a node whose rows stand between `start` and `end`. */
  features(
    start: number,
    end: number,
    random: Random | undefined,
  ): { address: number; count: number } {
    const { columns, memory } = this.#sorted;
    if (this.#wanted >= columns || !random) return { address: this.#address, count: columns };
    const pool = this.#all.slice();
    let drawn = 0;
    for (let hasVarying = false; drawn < columns; drawn++) {
      if (drawn >= this.#wanted && hasVarying) break;
      const at = drawn + random.integer(columns - drawn);
      const feature = pool[at];
      pool[at] = pool[drawn];
      pool[drawn] = feature;
      hasVarying ||= this.#varies(feature, start, end);
    }
    memory.i32.set(pool.subarray(0, drawn).sort(), this.#address / 4);
    return { address: this.#address, count: drawn };
  }

  #varies(feature: number, start: number, end: number): boolean {
    const { memory, values, rows } = this.#sorted;
    const list = this.#lists / 4 + feature * rows;
    const column = values / 4 + feature * rows;
    const least = memory.f32[column + memory.i32[list + start]];
    const most = memory.f32[column + memory.i32[list + end - 1]];
    return most > Math.fround(least + FEATURE_THRESHOLD);
  }
}
