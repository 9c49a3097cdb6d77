import { compileKernel } from '@steatosis/core';
import bytes from './boosting.shared.as.ts?wasm';

const PAGE = 65536;
/** Pages that a memory may grow to: all that 32-bit addresses reach. */
const MOST_PAGES = 65536;
/** Reserved places start at multiples of this: whole cache lines, so that members of a team share none. */
const ALIGNMENT = 64;
/** Bytes after each place that a kernel's last load may reach into. */
const MARGIN = 64;

/**
 * The memory of the training kernels, which all members of a team share, and the kernels on this thread.
 *
 * The lead lays the memory out by `reserve`; the others are told addresses. Kernels are called with addresses.
 * Views (`u8` … `f64`) are of the whole memory, indexed by address, address/4 or address/8; growing the memory makes
 * them too short, so they are read from here anew after every `reserve`, and at the start of every step.
 */
export class EngineMemory {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  /** Functions of the module; who calls them types them. */
  readonly kernels: WebAssembly.Exports;
  #views: Views;
  #top: number;
  readonly #bottom: number;

  /**
   * @param shared memory and module of the lead, for the other members; absent for a new memory
   * @throws WasmSimdMissingError where WebAssembly, its SIMD instructions or shared memories are missing
   */
  constructor(shared?: { memory: WebAssembly.Memory; module: WebAssembly.Module }) {
    this.module = shared?.module ?? (compiled ??= compileKernel(bytes));
    this.memory =
      shared?.memory ?? new WebAssembly.Memory({ initial: 16, maximum: MOST_PAGES, shared: true });
    this.kernels = new WebAssembly.Instance(this.module, { env: { memory: this.memory } }).exports;
    this.#bottom = aligned(Number((this.kernels.heapBase as WebAssembly.Global).value));
    this.#top = this.#bottom;
    this.#views = viewsOf(this.memory);
  }

  get u8(): Uint8Array {
    return this.#current().u8;
  }

  get i32(): Int32Array {
    return this.#current().i32;
  }

  get u32(): Uint32Array {
    return this.#current().u32;
  }

  get f32(): Float32Array {
    return this.#current().f32;
  }

  get f64(): Float64Array {
    return this.#current().f64;
  }

  /** A view of one place. */
  u8At(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  i32At(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  u32At(address: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, length);
  }

  f32At(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  f64At(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }

  /**
   * Room for so many bytes, not cleared; for the lead only. At least 64 bytes after it exist.
   *
   * @returns its address, a multiple of 64
   * @throws RangeError when there is no more memory
   */
  reserve(size: number): number {
    const address = this.#top;
    const top = aligned(address + size + MARGIN);
    if (top > this.memory.buffer.byteLength) {
      this.memory.grow(Math.ceil((top - this.memory.buffer.byteLength) / PAGE));
    }
    this.#top = top;
    return address;
  }

  /** The same, all zero. */
  reserveZeroed(size: number): number {
    const address = this.reserve(size);
    this.u8.fill(0, address, address + size);
    return address;
  }

  /** Forget everything that was reserved. */
  clear(): void {
    this.#top = this.#bottom;
  }

  /** Bytes that the memory has grown to. */
  get size(): number {
    return this.memory.buffer.byteLength;
  }

  #current(): Views {
    // Another member may have grown the memory: the buffer then is a longer one of the same bytes.
    if (this.#views.u8.length !== this.memory.buffer.byteLength) this.#views = viewsOf(this.memory);
    return this.#views;
  }
}

/** Kept, since compiling takes longer than training a small model. */
let compiled: WebAssembly.Module | undefined;

interface Views {
  u8: Uint8Array;
  i32: Int32Array;
  u32: Uint32Array;
  f32: Float32Array;
  f64: Float64Array;
}

function viewsOf({ buffer }: WebAssembly.Memory): Views {
  return {
    u8: new Uint8Array(buffer),
    i32: new Int32Array(buffer),
    u32: new Uint32Array(buffer),
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
  };
}

function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
