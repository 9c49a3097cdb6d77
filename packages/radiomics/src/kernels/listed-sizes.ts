import type { TextureArena } from './arena.js';

/** Bytes of a cell of a list: row and size as 32-bit integers, count or weight as float64. */
export const LISTED_BYTES = 16;

/** Where cells of a matrix of gray level against size are listed in the arena, ascending by size. */
export interface ListedSizes {
  readonly listed: number;
  readonly listedEnd: number;
}

/**
 * List how often each pair of rank and size occurs. The list stays until the arena is released.
 *
 * @param pairs rank and size, one after the other
 * @param n ranks
 */
export function listSizes(arena: TextureArena, pairs: Uint32Array, n: number): ListedSizes {
  if (pairs.length === 0) return { listed: 0, listedEnd: 0 };
  const keys = new Float64Array(pairs.length / 2);
  for (let k = 0; k < keys.length; k++) keys[k] = sizeKey(pairs[2 * k], pairs[2 * k + 1], n);
  keys.sort();
  let distinct = 0;
  for (let k = 0; k < keys.length; k++) if (k === 0 || keys[k] !== keys[k - 1]) distinct++;
  const list = new SizeList(arena, distinct, n);
  for (let from = 0, to = 0; from < keys.length; from = to) {
    while (to < keys.length && keys[to] === keys[from]) to++;
    list.push(keys[from], to - from);
  }
  return list.placed;
}

/** A number that orders pairs of rank and size by size, then by rank. */
export function sizeKey(rank: number, size: number, n: number): number {
  return size * n + rank - 1;
}

/** A list that is being written, in the order of {@link sizeKey}. */
export class SizeList {
  readonly #arena: TextureArena;
  readonly #n: number;
  readonly #address: number;
  #end: number;

  constructor(arena: TextureArena, capacity: number, n: number) {
    this.#arena = arena;
    this.#n = n;
    this.#address = arena.reserve(LISTED_BYTES * capacity);
    this.#end = this.#address;
  }

  push(key: number, count: number): void {
    const { words, doubles } = this.#arena;
    const size = Math.floor(key / this.#n);
    words[this.#end >> 2] = key - size * this.#n;
    words[(this.#end >> 2) + 1] = size;
    doubles[(this.#end >> 3) + 1] = count;
    this.#end += LISTED_BYTES;
  }

  get placed(): ListedSizes {
    return { listed: this.#address, listedEnd: this.#end };
  }
}
