import type { TypedArray } from '@steatosis/core';

/**
 * Tells whether a stretch of a mask is background, by looking at 16 bytes at a time: several times faster
 * than element by element, and most of a mask is background.
 */
export class BackgroundRows {
  readonly #words: Int32Array | undefined;
  readonly #perWord: number;

  constructor(data: TypedArray) {
    const words = Math.floor(data.byteLength / 4);
    if (data.byteOffset % 4 === 0)
      this.#words = new Int32Array(data.buffer, data.byteOffset, words);
    this.#perWord = 4 / data.BYTES_PER_ELEMENT;
  }

  /** True only if the elements from `from` up to `to` are all 0; false where it cannot be told quickly. */
  isBackground(from: number, to: number): boolean {
    const words = this.#words;
    if (words === undefined) return false;
    // The words that hold the stretch may hold a few elements beyond it.
    const last = Math.ceil(to / this.#perWord);
    if (last > words.length) return false;
    let w = Math.floor(from / this.#perWord);
    for (; w + 4 <= last; w += 4) {
      if ((words[w] | words[w + 1] | words[w + 2] | words[w + 3]) !== 0) return false;
    }
    for (; w < last; w++) if (words[w] !== 0) return false;
    return true;
  }
}
