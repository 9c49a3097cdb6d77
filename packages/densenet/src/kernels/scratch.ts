/** What a scratch buffer holds; two of one name are never in use at once. */
export type ScratchName = 'activation' | 'transposed' | 'gradient' | 'output' | 'filter';

/** Buffers that grow to the largest request and are used again by every layer and step. */
export class Scratch {
  readonly #buffers = new Map<ScratchName, Float32Array>();

  /** `length` elements of unspecified content. */
  take(name: ScratchName, length: number): Float32Array {
    let buffer = this.#buffers.get(name);
    if (buffer === undefined || buffer.length < length) {
      buffer = new Float32Array(length);
      this.#buffers.set(name, buffer);
    }
    return buffer.subarray(0, length);
  }

  clear(): void {
    this.#buffers.clear();
  }
}
