/** Above this many bytes a buffer is not kept: it belongs to one large region and is freed with it. */
const LARGEST_KEPT = 1 << 20;

/**
 * Scratch arrays that are reused from region to region, so that a cohort of small regions allocates
 * little per region. An array is valid until the same name is asked for again. All zero, except for the
 * `Unset` ones, which may hold what an earlier user left.
 */
export class Workspace {
  readonly #kept = new Map<string, ArrayBuffer>();

  uint8(name: string, length: number): Uint8Array {
    return new Uint8Array(this.#zeroed(name, length), 0, length);
  }

  uint16(name: string, length: number): Uint16Array {
    return new Uint16Array(this.#zeroed(name, length * 2), 0, length);
  }

  uint16Unset(name: string, length: number): Uint16Array {
    return new Uint16Array(this.#buffer(name, length * 2), 0, length);
  }

  uint32(name: string, length: number): Uint32Array {
    return new Uint32Array(this.#zeroed(name, length * 4), 0, length);
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
    const kept = this.#kept.get(name);
    if (kept === undefined || kept.byteLength < bytes) return this.#buffer(name, bytes);
    new Uint8Array(kept, 0, bytes).fill(0);
    return kept;
  }

  #buffer(name: string, bytes: number): ArrayBuffer {
    const kept = this.#kept.get(name);
    if (kept !== undefined && kept.byteLength >= bytes) return kept;
    const size = Math.max(256, 2 ** Math.ceil(Math.log2(bytes + 1)));
    if (size > LARGEST_KEPT) return new ArrayBuffer(bytes);
    const buffer = new ArrayBuffer(size);
    this.#kept.set(name, buffer);
    return buffer;
  }
}

let shared: Workspace | undefined;

/** The workspace of the synchronous functions; they never run inside one another. */
export function sharedWorkspace(): Workspace {
  return (shared ??= new Workspace());
}
