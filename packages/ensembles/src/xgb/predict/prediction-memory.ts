import { compileKernel } from '@steatosis/core';
import bytes from './walk.as.ts?wasm';
import type { PackedTrees } from './pack-trees.js';

/** The kernels; every place is an address. */
interface WalkKernels {
  memory: WebAssembly.Memory;
  heapBase: WebAssembly.Global;
  anyMissing(values: number, n: number): number;
  spread(values: number, rows: number, columns: number, to: number): void;
  addOutputs(
    forest: number,
    begin: number,
    end: number,
    values: number,
    stride: number,
    rows: number,
    margins: number,
    outputs: number,
  ): void;
  findLeaves(
    forest: number,
    begin: number,
    end: number,
    values: number,
    stride: number,
    rows: number,
    to: number,
  ): void;
}

/** The small memory in which rows are predicted, a block at a time: rows, what is found of them, trees. */
export class PredictionMemory {
  readonly kernels: WalkKernels;
  #f32: Float32Array;
  #i32: Int32Array;
  #loaded: PackedTrees | undefined;
  #loadedAt = 0;

  constructor() {
    const instance = new WebAssembly.Instance(compileKernel(bytes), {});
    this.kernels = instance.exports as unknown as WalkKernels;
    this.#f32 = new Float32Array(this.kernels.memory.buffer);
    this.#i32 = new Int32Array(this.kernels.memory.buffer);
  }

  /** First address that is free, a multiple of 64. */
  get bottom(): number {
    return Math.ceil(Number(this.kernels.heapBase.value) / 64) * 64;
  }

  /** The memory, read anew after trees have been loaded. */
  get f32(): Float32Array {
    return this.#f32;
  }

  get i32(): Int32Array {
    return this.#i32;
  }

  /** Bring trees to an address, unless they are there already. */
  load(trees: PackedTrees, address: number): void {
    if (this.#loaded === trees && this.#loadedAt === address) return;
    const end = address + trees.words.byteLength + 64;
    const { memory } = this.kernels;
    if (end > memory.buffer.byteLength) {
      memory.grow(Math.ceil((end - memory.buffer.byteLength) / 65536));
      this.#f32 = new Float32Array(memory.buffer);
      this.#i32 = new Int32Array(memory.buffer);
    }
    this.#i32.set(trees.words, address / 4);
    this.#loaded = trees;
    this.#loadedAt = address;
  }
}
