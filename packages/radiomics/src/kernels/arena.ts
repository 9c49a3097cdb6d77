import { compileKernel } from '@steatosis/core';
import bytes from './texture.as.ts?wasm';

/** An arena that grew beyond this is kept only until memory is needed elsewhere: WebAssembly's never shrinks. */
const LARGE = 64 * 2 ** 20;
const PAGE = 65536;
/** Places start at multiples of this, for SIMD and for whole cache lines of counters. */
const ALIGNMENT = 64;
/** Bytes that may be read on either side of a place, so that SIMD loads need no special last step. */
const MARGIN = 64;

interface TextureModule {
  memory: WebAssembly.Memory;
  heapBase: WebAssembly.Global;
}

/**
 * The WebAssembly module of the texture kernels and its one memory, handed out as a stack.
 *
 * How a kernel is added and asks for space:
 * - `my-kernel.as.ts` holds it, `texture.as.ts` gets one line `export … from './my-kernel.as'`. The
 *   TypeScript beside it declares what it calls: `arena.exports as unknown as { countThings(…): void }`.
 * - `mark = arena.mark()`, then `arena.reserve(bytes)` (whatever was there) or `arena.reserveZeroed(bytes)`
 *   give addresses; kernels are called with these. `arena.release(mark)` gives back all that was reserved
 *   since. What is read out afterwards is copied, or used before the next `reserve`.
 * - Views (`arena.u32(address, length)` …, `arena.bytes` …) are made after the last `reserve`: that may
 *   grow the memory, which detaches every view made before.
 * - `levelGrid` lays the discretised region out at the bottom, where it stays until the next region is;
 *   a `LevelGrid` carries its arena and the addresses. So `mark` … `release` must not span the making of
 *   a grid, and a grid is used up before the next is made.
 * - Functions that use the arena are synchronous: nothing else can run between `mark` and `release`.
 */
export class TextureArena {
  /** Views of the whole memory, indexed by address, address/2, /4 and /8; renewed where it grows. */
  bytes = new Uint8Array();
  shorts = new Uint16Array();
  words = new Uint32Array();
  integers = new Int32Array();
  doubles = new Float64Array();
  /** The functions of the module; who calls them types them. */
  readonly exports: WebAssembly.Exports;
  readonly #memory: WebAssembly.Memory;
  readonly #bottom: number;
  #top: number;

  constructor() {
    this.exports = new WebAssembly.Instance(compileKernel(bytes)).exports;
    const { memory, heapBase } = this.exports as unknown as TextureModule;
    this.#memory = memory;
    this.#bottom = aligned(Number(heapBase.value) + MARGIN);
    this.#top = this.#bottom;
    this.#renewViews();
  }

  /** Forget everything that was reserved. */
  clear(): void {
    this.#top = this.#bottom;
  }

  /** Where the stack ends now, for {@link release}. */
  mark(): number {
    return this.#top;
  }

  /** Give back what was reserved since the mark. */
  release(mark: number): void {
    this.#top = mark;
  }

  /**
   * Room for so many bytes, not cleared. At least 64 bytes before and after it exist, so that a load may
   * reach out of it.
   *
   * @returns its address, a multiple of 64
   * @throws RangeError when WebAssembly can have no more memory
   */
  reserve(size: number): number {
    const address = this.#top;
    const top = aligned(address + size + MARGIN);
    if (top > this.bytes.length) this.#grow(top);
    this.#top = top;
    return address;
  }

  /** The same, all zero. */
  reserveZeroed(size: number): number {
    const address = this.reserve(size);
    this.bytes.fill(0, address, address + size);
    return address;
  }

  u8(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.bytes.buffer, address, length);
  }

  u16(address: number, length: number): Uint16Array<ArrayBuffer> {
    return new Uint16Array(this.bytes.buffer, address, length);
  }

  u32(address: number, length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.bytes.buffer, address, length);
  }

  i32(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.bytes.buffer, address, length);
  }

  f64(address: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.bytes.buffer, address, length);
  }

  #grow(top: number): void {
    // Some more than needed at first, so that small regions of many sizes grow it once.
    const missing = Math.max(top, 2 ** 20) - this.bytes.length;
    this.#memory.grow(Math.ceil(missing / PAGE));
    this.#renewViews();
    if (this.bytes.length > LARGE && small === this) {
      small = undefined;
      large = new WeakRef<TextureArena>(this);
    }
  }

  #renewViews(): void {
    const buffer = this.#memory.buffer;
    this.bytes = new Uint8Array(buffer);
    this.shorts = new Uint16Array(buffer);
    this.words = new Uint32Array(buffer);
    this.integers = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
  }
}

/** One a thread, made when first used. */
let small: TextureArena | undefined;
let large: WeakRef<TextureArena> | undefined;

/**
 * The arena of this thread.
 *
 * @throws WasmSimdMissingError where WebAssembly or its SIMD instructions are missing
 */
export function textureArena(): TextureArena {
  return small ?? large?.deref() ?? (small = new TextureArena());
}

function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
