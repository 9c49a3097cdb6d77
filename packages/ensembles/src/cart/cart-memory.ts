import { compileKernel } from '@steatosis/core';
import { InvalidDataError } from '../errors.js';
import bytes from './kernels/cart.as.ts?wasm';

const PAGE = 65536;
/** Reserved places start at multiples of this: whole cache lines. */
const ALIGNMENT = 64;
/** Most bytes that 32-bit addresses reach. */
const MOST_BYTES = 2 ** 32;
/** A memory that grew beyond this is not kept for the next tree: WebAssembly's never shrinks. */
const LARGE = 64 * 2 ** 20;

/** Kernels of exact trees; addresses are bytes, lists hold 32-bit rows. What they do is said in `kernels/`. */
export interface CartKernels {
  copyLists(order: number, count: number, lists: number, stride: number, columns: number): void;
  copyBag(
    order: number,
    count: number,
    times: number,
    lists: number,
    stride: number,
    columns: number,
  ): void;
  markSides(list: number, start: number, middle: number, end: number, goesLeft: number): void;
  divideLists(
    lists: number,
    stride: number,
    columns: number,
    divided: number,
    start: number,
    end: number,
    goesLeft: number,
    scratch: number,
  ): void;
  sumClasses(byClass: number, classes: number, list: number, count: number, sums: number): void;
  sumTargets(targets: number, list: number, count: number, sums: number): void;
  sumWeightedTargets(
    pairs: number,
    targets: number,
    list: number,
    count: number,
    sums: number,
  ): void;
  scanTwoClasses(signed: number, weight: number, difference: number, ...task: ScanTask): void;
  scanClasses(
    byClass: number,
    classes: number,
    totals: number,
    left: number,
    weight: number,
    ...task: ScanTask
  ): void;
  scanSquares(targets: number, sum: number, ...task: ScanTask): void;
  scanWeightedSquares(pairs: number, sum: number, weight: number, ...task: ScanTask): void;
}

/** What every scan is told, see {@link TreeBuilder}. */
export type ScanTask = readonly [
  values: number,
  rows: number,
  lists: number,
  stride: number,
  features: number,
  featureCount: number,
  start: number,
  end: number,
  minSamplesLeaf: number,
  best: number,
];

/** The memory of the kernels. What is reserved stays until {@link withCartMemory} returns. */
export class CartMemory {
  readonly kernels: CartKernels;
  /** Views of the whole memory, indexed by address, address/4 or address/8; renewed where it grows. */
  u8 = new Uint8Array();
  i32 = new Int32Array();
  f32 = new Float32Array();
  f64 = new Float64Array();
  readonly #memory: WebAssembly.Memory;
  readonly #bottom: number;
  #top: number;

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module);
    this.kernels = exports as unknown as CartKernels;
    this.#memory = exports.memory as WebAssembly.Memory;
    this.#bottom = aligned(Number((exports.heapBase as WebAssembly.Global).value));
    this.#top = this.#bottom;
    this.#renewViews();
  }

  /** Bytes that the memory has grown to. */
  get size(): number {
    return this.u8.length;
  }

  /** Forget everything that was reserved. */
  clear(): void {
    this.#top = this.#bottom;
  }

  /**
   * Room for so many bytes, not cleared.
   *
   * @returns its address, a multiple of 64
   * @throws InvalidDataError when there is no more memory
   */
  reserve(size: number): number {
    const address = this.#top;
    const top = aligned(address + size);
    if (top > this.size) this.#grow(top);
    this.#top = top;
    return address;
  }

  #grow(top: number): void {
    const pages = Math.ceil((top - this.size) / PAGE);
    try {
      if (top > MOST_BYTES) throw new RangeError('32-bit addresses end');
      this.#memory.grow(pages);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new InvalidDataError(
        'x',
        `sorting every feature takes ${Math.ceil(top / 2 ** 20)} MiB or more, and WebAssembly gives no more than ` +
          `${Math.floor(this.size / 2 ** 20)} MiB here; use fewer rows or features, or XGBClassifier and XGBRegressor, ` +
          'whose binned features need far less.',
      );
    }
    this.#renewViews();
  }

  #renewViews(): void {
    const { buffer } = this.#memory;
    this.u8 = new Uint8Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.f64 = new Float64Array(buffer);
  }
}

let compiled: WebAssembly.Module | undefined;
/** The memory that waits for the next fit; none while one runs, since a callback of that may start another. */
let idle: CartMemory | undefined;

/**
 * Run `work` with an empty memory of its own.
 *
 * @throws WasmSimdMissingError where WebAssembly or its SIMD instructions are missing
 */
export function withCartMemory<T>(work: (memory: CartMemory) => T): T {
  const memory = idle ?? new CartMemory((compiled ??= compileKernel(bytes)));
  idle = undefined;
  memory.clear();
  try {
    return work(memory);
  } finally {
    if (memory.size <= LARGE) idle = memory;
  }
}

function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
