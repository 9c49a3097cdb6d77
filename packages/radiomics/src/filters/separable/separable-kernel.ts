import { compileKernel } from '@steatosis/core';
import bytes from './separable.as.ts?wasm';

const PAGE = 65536;

type Runs = [
  source: number,
  groups: number,
  width: number,
  sourceGroup: number,
  targetGroup: number,
  offsets: number,
  taps: number,
  count: number,
];
type Convolve = (...args: [...Runs, target: number]) => void;
type ConvolvePair = (...args: [...Runs, first: number, second: number]) => void;

interface KernelExports {
  memory: WebAssembly.Memory;
  heapBase: WebAssembly.Global;
  convolve64: Convolve;
  convolve32: Convolve;
  convolvePair64: ConvolvePair;
  convolvePair32: ConvolvePair;
}

/** One a thread, made when first used. */
let shared: SeparableKernel | undefined;

/**
 * The kernel of this thread. It is not re-entrant: reserve, fill, run and read within one synchronous stretch.
 *
 * @throws WasmSimdMissingError where WebAssembly or its SIMD instructions are missing
 */
export function separableKernel(): SeparableKernel {
  shared ??= new SeparableKernel();
  return shared;
}

/** The compiled kernel with its memory, in which the caller reserves room. */
export class SeparableKernel {
  readonly run: KernelExports;
  #next = 0;

  constructor() {
    const { exports } = new WebAssembly.Instance(compileKernel(bytes));
    this.run = exports as unknown as KernelExports;
  }

  /** Forget all that was reserved. */
  reset(): void {
    this.#next = Number(this.run.heapBase.value);
  }

  /** Address of room for so many bytes. */
  reserve(size: number): number {
    const { memory } = this.run;
    const address = Math.ceil(this.#next / 16) * 16;
    this.#next = address + size;
    const missing = this.#next - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return address;
  }

  /** Numbers in memory from an address on; valid until the next `reserve`. */
  numbers(address: number, length: number, single: boolean): Float32Array | Float64Array {
    const { buffer } = this.run.memory;
    return single
      ? new Float32Array(buffer, address, length)
      : new Float64Array(buffer, address, length);
  }

  /** Byte offsets in memory from an address on; valid until the next `reserve`. */
  offsets(address: number, length: number): Uint32Array {
    return new Uint32Array(this.run.memory.buffer, address, length);
  }
}
