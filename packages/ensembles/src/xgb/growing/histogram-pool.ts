import type { EngineMemory } from '../../engine/memory.js';

/** Places for histograms, used again once a node is done, so that a tree reserves none. */
export class HistogramPool {
  readonly #engine: EngineMemory;
  readonly #bytes: number;
  readonly #free: number[] = [];

  constructor(engine: EngineMemory, bytes: number) {
    this.#engine = engine;
    this.#bytes = bytes;
  }

  take(): number {
    return this.#free.pop() ?? this.#engine.reserve(this.#bytes);
  }

  /** 0 stands for no histogram. */
  release(histogram: number): void {
    if (histogram !== 0) this.#free.push(histogram);
  }
}
