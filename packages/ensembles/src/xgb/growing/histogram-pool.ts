import type { EngineMemory } from '../../engine/memory.js';

/**
 * Places for histograms, used again once a node is done, so that a tree reserves none. There are only so many: wide
 * levels of many features would take more memory than there is.
 */
export class HistogramPool {
  readonly #engine: EngineMemory;
  readonly #bytes: number;
  readonly #free: number[] = [];
  /** How many may still be reserved. */
  #left: number;
  /** The place that is always free for a histogram that is made anew; 0 until it is needed. */
  #spare = 0;

  constructor(engine: EngineMemory, bytes: number, mostBytes: number) {
    this.#engine = engine;
    this.#bytes = bytes;
    this.#left = Math.max(1, Math.floor(mostBytes / bytes));
  }

  /** A place, or 0 if all are taken. */
  take(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#left === 0) return 0;
    this.#left--;
    return this.#engine.reserve(this.#bytes);
  }

  /** 0 stands for no place. */
  release(histogram: number): void {
    if (histogram !== 0) this.#free.push(histogram);
  }

  spare(): number {
    this.#spare ||= this.#engine.reserve(this.#bytes);
    return this.#spare;
  }
}
