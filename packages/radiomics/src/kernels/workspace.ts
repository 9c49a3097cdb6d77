/** Buffers up to this many bytes are kept for good; larger ones until memory is needed elsewhere. */
const SMALL = 1 << 20;

/**
 * Scratch arrays that are reused from region to region: small regions then allocate little, and large
 * ones do not pay for fresh pages of memory, which costs more than some kernels. An array is valid until
 * the same name is asked for again. All zero, except for the `Unset` ones, which may hold what an
 * earlier user left.
 */
export class Workspace {
  readonly #small = new Map<string, ArrayBuffer>();
  readonly #large = new Map<string, WeakRef<ArrayBuffer>>();

  uint8(name: string, length: number): Uint8Array {
    return new Uint8Array(this.#zeroed(name, length), 0, length);
  }

  uint32(name: string, length: number): Uint32Array {
    return new Uint32Array(this.#zeroed(name, length * 4), 0, length);
  }

  uint32Unset(name: string, length: number): Uint32Array {
    return new Uint32Array(this.#buffer(name, length * 4), 0, length);
  }

  int32(name: string, length: number): Int32Array {
    return new Int32Array(this.#zeroed(name, length * 4), 0, length);
  }

  int32Unset(name: string, length: number): Int32Array {
    return new Int32Array(this.#buffer(name, length * 4), 0, length);
  }

  float64(name: string, length: number): Float64Array {
    return new Float64Array(this.#zeroed(name, length * 8), 0, length);
  }

  float64Unset(name: string, length: number): Float64Array {
    return new Float64Array(this.#buffer(name, length * 8), 0, length);
  }

  #zeroed(name: string, bytes: number): ArrayBuffer {
    const kept = this.#find(name, bytes);
    if (kept === undefined) return this.#allocate(name, bytes);
    new Uint8Array(kept, 0, bytes).fill(0);
    return kept;
  }

  #buffer(name: string, bytes: number): ArrayBuffer {
    return this.#find(name, bytes) ?? this.#allocate(name, bytes);
  }

  #find(name: string, bytes: number): ArrayBuffer | undefined {
    const small = this.#small.get(name);
    if (small !== undefined && small.byteLength >= bytes) return small;
    const large = this.#large.get(name)?.deref();
    return large !== undefined && large.byteLength >= bytes ? large : undefined;
  }

  #allocate(name: string, bytes: number): ArrayBuffer {
    if (bytes > SMALL) {
      const buffer = new ArrayBuffer(bytes);
      this.#large.set(name, new WeakRef(buffer));
      return buffer;
    }
    const buffer = new ArrayBuffer(Math.max(256, 2 ** Math.ceil(Math.log2(bytes + 1))));
    this.#small.set(name, buffer);
    return buffer;
  }
}

let shared: Workspace | undefined;

/** The workspace of the synchronous functions; they never run inside one another. */
export function sharedWorkspace(): Workspace {
  return (shared ??= new Workspace());
}
