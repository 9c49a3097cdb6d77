import { InvalidArgumentError } from '@steatosis/core';
import type { LeafGame } from './leaf-game.js';
import type { LeafPaths } from './leaf-paths.js';

/** Most numbers kept of one tree: 16 MiB, about what a core's nearer caches hold. */
const MOST_KEPT = 2 ** 21;

/** Paths longer than this are not kept: few rows would disagree in the same way. */
const LONGEST_KEPT = 12;

/** Most numbers that the leaves of one tree may give together. */
const MOST_NUMBERS = 2 ** 26;

/**
 * Adds what rows get from the leaves of one tree.
 *
 * That depends only on which features of a leaf's path a row disagrees with, so the numbers are worked out once for
 * every set of features that occurs and looked up afterwards (Yang 2021, Fast TreeSHAP v2, arXiv:2109.09847). A row's
 * sums have the same bits whether they were looked up or worked out, and whatever rows came before.
 */
export class LeafSums {
  readonly #paths: LeafPaths;
  readonly #game: LeafGame;
  readonly #targets: Int32Array;
  /** Targets of leaf i stand from `#targetStarts[i]` to before `#targetStarts[i + 1]`. */
  readonly #targetStarts: Int32Array;
  /** Where the sets of a leaf begin in `#isKept`, −1 if they are not kept. */
  readonly #setStarts: Int32Array;
  readonly #tableStarts: Int32Array;
  readonly #isKept: Uint8Array;
  readonly #table: Float64Array;
  readonly #masks: Int32Array;
  readonly #disagrees: Uint8Array;
  readonly #fresh: Float64Array;

  /** @param rows number of rows that will come; for few of them little is kept */
  constructor(paths: LeafPaths, game: LeafGame, rows: number) {
    this.#paths = paths;
    this.#game = game;
    const leaves = paths.leaves.length;
    this.#targetStarts = new Int32Array(leaves + 1);
    this.#setStarts = new Int32Array(leaves).fill(-1);
    this.#tableStarts = new Int32Array(leaves);
    let sets = 0;
    let kept = 0;
    let longest = 0;
    let widest = 0;
    let numbers = 0;
    for (let leaf = 0; leaf < leaves; leaf++) {
      const m = paths.starts[leaf + 1] - paths.starts[leaf];
      const width = game.width(m);
      longest = Math.max(longest, m);
      widest = Math.max(widest, width);
      numbers += width;
      if (numbers > MOST_NUMBERS) refuse(numbers);
      this.#targetStarts[leaf + 1] = numbers;
      if (m > LONGEST_KEPT || 2 ** m > 8 * rows || kept + 2 ** m * width > MOST_KEPT) continue;
      this.#setStarts[leaf] = sets;
      this.#tableStarts[leaf] = kept;
      sets += 2 ** m;
      kept += 2 ** m * width;
    }
    this.#targets = new Int32Array(numbers);
    for (let leaf = 0; leaf < leaves; leaf++) {
      this.#targets.set(game.targets(leaf), this.#targetStarts[leaf]);
    }
    this.#isKept = new Uint8Array(sets);
    this.#table = new Float64Array(kept);
    this.#masks = new Int32Array(paths.nodes.length);
    this.#disagrees = new Uint8Array(longest);
    this.#fresh = new Float64Array(widest);
  }

  /**
   * Add one row's numbers.
   *
   * @param goesLeft 1 for each position where the row goes left
   * @param to where the numbers go, the row's first at `first`
   */
  addRow(goesLeft: Uint8Array, to: Float64Array, first: number): void {
    this.#findMasks(goesLeft);
    const { leaves } = this.#paths;
    const masks = this.#masks;
    const targets = this.#targets;
    const targetStarts = this.#targetStarts;
    const setStarts = this.#setStarts;
    const tableStarts = this.#tableStarts;
    const isKept = this.#isKept;
    const table = this.#table;
    for (let leaf = 0; leaf < leaves.length; leaf++) {
      if (setStarts[leaf] < 0) {
        this.#addLong(leaf, goesLeft, to, first);
        continue;
      }
      const start = targetStarts[leaf];
      const end = targetStarts[leaf + 1];
      const mask = masks[leaves[leaf]];
      let entry = tableStarts[leaf] + mask * (end - start);
      if (isKept[setStarts[leaf] + mask] === 0) this.#keep(leaf, mask, entry);
      for (let i = start; i < end; i++) to[first + targets[i]] += table[entry++];
    }
  }

  /** For each position the set of features that the row disagrees with on the way there, a bit for each place. */
  #findMasks(goesLeft: Uint8Array): void {
    const { places, right } = this.#paths;
    const masks = this.#masks;
    for (let at = 0; at < places.length; at++) {
      const place = places[at];
      if (place < 0) continue;
      masks[at + 1] = masks[at] | ((1 - goesLeft[at]) << place);
      masks[right[at]] = masks[at] | (goesLeft[at] << place);
    }
  }

  #keep(leaf: number, mask: number, entry: number): void {
    for (let i = 0; i < LONGEST_KEPT && i < this.#disagrees.length; i++) {
      this.#disagrees[i] = (mask >> i) & 1;
    }
    this.#game.fill(leaf, this.#disagrees, this.#table, entry);
    this.#isKept[this.#setStarts[leaf] + mask] = 1;
  }

  /** A leaf whose sets are not kept; its path may have more places than a mask has bits. */
  #addLong(leaf: number, goesLeft: Uint8Array, to: Float64Array, first: number): void {
    const { leaves, parents, places } = this.#paths;
    this.#disagrees.fill(0);
    for (let child = leaves[leaf]; parents[child] !== -1; child = parents[child]) {
      const at = parents[child];
      const isLeft = child === at + 1 ? 1 : 0;
      if (goesLeft[at] !== isLeft) this.#disagrees[places[at]] = 1;
    }
    this.#game.fill(leaf, this.#disagrees, this.#fresh, 0);
    const start = this.#targetStarts[leaf];
    const width = this.#targetStarts[leaf + 1] - start;
    for (let i = 0; i < width; i++) to[first + this.#targets[start + i]] += this.#fresh[i];
  }
}

function refuse(numbers: number): never {
  throw new InvalidArgumentError(
    'model',
    `a tree with ${numbers} values or more per row`,
    `trees whose leaves have at most ${MOST_NUMBERS} features or pairs of features on their paths together; limit the depth`,
  );
}
