import type { EngineMemory } from '../../engine/memory.js';
import type { Team } from '../../engine/team.js';
import { type BinnedMatrix, binCount } from '../binning/binned-matrix.js';
import type { GrowingNode } from './growing-node.js';
import { CHUNK_ROWS, type GrowingMemory, MOST_LEAF_PARTS } from './growing-memory.js';
import * as at from './layout.js';

/** A node whose rows are divided. */
export interface RowSplit {
  readonly node: GrowingNode;
  /** Of which child the gradients are gathered, because its histogram is summed up. */
  readonly gather: 'none' | 'left' | 'right';
}

/** Some rows that get the same output. */
export interface LeafRows {
  readonly start: number;
  readonly end: number;
  /** float32 */
  readonly value: number;
}

/** The rows of the nodes: those of a node stand side by side, always in ascending order. */
export class RowOrder {
  readonly #engine: EngineMemory;
  readonly #team: Team;
  readonly #binned: BinnedMatrix;
  readonly #places: GrowingMemory;

  constructor(engine: EngineMemory, team: Team, binned: BinnedMatrix, places: GrowingMemory) {
    this.#engine = engine;
    this.#team = team;
    this.#binned = binned;
    this.#places = places;
  }

  /** All rows in their own order. */
  reset(): void {
    this.#team.run('growingOrder', this.#places.settings);
  }

  /**
   * Divide the rows of nodes, {@link MOST_NODES} or fewer, by their splits: those that go left come first.
   *
   * @returns where the rows of each right child begin
   */
  divide(splits: readonly RowSplit[]): number[] {
    const { settings, chunks } = this.#places;
    const words = this.#engine.i32;
    const tests = splits.map((split, i) => this.#writeTest(split.node, i));
    let count = 0;
    const firsts = splits.map(({ node }, i) => {
      const first = count;
      for (let start = node.start; start < node.end; start += CHUNK_ROWS) {
        const chunk = (chunks + count++ * at.CHUNK_BYTES) / 4;
        words[chunk + at.CHUNK_START / 4] = start;
        words[chunk + at.CHUNK_END / 4] = Math.min(start + CHUNK_ROWS, node.end);
        words.set(tests[i], chunk + at.CHUNK_BINS / 4);
      }
      return first;
    });
    words[(settings + at.CHUNK_COUNT) / 4] = count;
    words[(settings + at.NEXT) / 4] = 0;
    this.#team.run('growingSplit', settings);
    const middles = splits.map((split, i) =>
      this.#placeChunks(split, firsts[i], firsts[i + 1] ?? count),
    );
    words[(settings + at.NEXT) / 4] = 0;
    this.#team.run('growingMove', settings);
    return middles;
  }

  /** Add the outputs of leaves to the margins of their rows. */
  addOutputs(leaves: readonly LeafRows[], margins: number, strideBytes: number): void {
    const { settings, leafParts } = this.#places;
    const { u32, f32 } = this.#engine;
    let count = 0;
    const flush = () => {
      u32[(settings + at.NEXT) / 4] = 0;
      this.#team.run('growingLeaves', settings, leafParts, count, margins, strideBytes);
      count = 0;
    };
    for (const { start, end, value } of leaves) {
      for (let from = start; from < end; from += CHUNK_ROWS) {
        const part = leafParts + count * at.LEAF_BYTES;
        u32[(part + at.LEAF_START) / 4] = from;
        u32[(part + at.LEAF_END) / 4] = Math.min(from + CHUNK_ROWS, end);
        f32[(part + at.LEAF_VALUE) / 4] = value;
        if (++count === MOST_LEAF_PARTS) flush();
      }
    }
    if (count > 0) flush();
  }

  /** What a chunk has to know of a split: where the feature's bins are and which ones go left. */
  #writeTest({ split }: GrowingNode, number: number): [number, number] {
    const { bins, binBytes, tileBytes, hasMissing } = this.#binned;
    const { goesLeft, mostSlots } = this.#places;
    const { feature, bin, defaultLeft, categories } = split!;
    const missing = binCount(this.#binned, feature);
    const address = goesLeft + number * mostSlots;
    const table = this.#engine.u8At(address, missing + Number(hasMissing));
    if (categories) {
      table.fill(1);
      for (const category of categories) table[category] = 0;
    } else {
      table.fill(0);
      table.fill(1, 0, bin + 1);
    }
    if (hasMissing) table[missing] = Number(defaultLeft);
    return [bins + (feature >> 2) * tileBytes + (feature & 3) * binBytes, address];
  }

  #placeChunks({ node, gather }: RowSplit, from: number, to: number): number {
    const words = this.#engine.i32;
    const { chunks } = this.#places;
    let middle = node.start;
    for (let i = from; i < to; i++) {
      const chunk = (chunks + i * at.CHUNK_BYTES) / 4;
      words[chunk + at.CHUNK_LEFT_TO / 4] = middle;
      middle += words[chunk + at.CHUNK_LEFTS / 4];
    }
    let right = middle;
    for (let i = from; i < to; i++) {
      const chunk = (chunks + i * at.CHUNK_BYTES) / 4;
      const rows = words[chunk + at.CHUNK_END / 4] - words[chunk + at.CHUNK_START / 4];
      words[chunk + at.CHUNK_RIGHT_TO / 4] = right;
      words[chunk + at.CHUNK_GATHER / 4] = gather === 'none' ? 0 : gather === 'left' ? 1 : 2;
      right += rows - words[chunk + at.CHUNK_LEFTS / 4];
    }
    return middle;
  }
}
