import { compileKernel, type TypedArray, type Vector3 } from '@steatosis/core';
import type { RecursiveCoefficients } from './gaussian-coefficients.js';
import bytes from './recursive-lines.as.ts?wasm';

/** Voxels with the x axis fastest. */
export interface Block<T extends TypedArray = TypedArray> {
  data: T;
  size: Readonly<Vector3>;
}

interface KernelExports {
  memory: WebAssembly.Memory;
  heapBase: WebAssembly.Global;
  setCoefficients(address: number): void;
  filterLines(
    source: number,
    double: number,
    elementStep: number,
    lineStep: number,
    lines: number,
    n: number,
    target: number,
    targetElementStep: number,
    targetLineStep: number,
    from: number,
    to: number,
    scratch: number,
  ): void;
}

/** Lines that the kernel takes at a time. */
const LINES = 8;
const ROW_BYTES = 64;
const PAGE = 65536;
/** Voxels of a sheet of rows across z, where rows are short. */
const SHEET_WIDTH = 256;

/** One a thread, made when first used. */
let shared: KernelExports | undefined;

/**
 * Filter along one axis; beyond its ends the first and last voxel are taken to go on.
 *
 * @param from first place along the axis that is wanted, `to` the place after the last; the others are
 * filtered through and left out
 * @param target room for the result, which may be where the block lies; by default a new array
 */
export function filterAlong(
  block: Block,
  axis: 0 | 1 | 2,
  coefficients: RecursiveCoefficients,
  from: number,
  to: number,
  target?: Float32Array<ArrayBuffer>,
): Block<Float32Array<ArrayBuffer>> {
  const [nx, ny, nz] = block.size;
  const size: Vector3 = [nx, ny, nz];
  size[axis] = to - from;
  const voxels = size[0] * size[1] * size[2];
  // Each sheet is read as a whole before it is written, no further on than where it was read.
  const data = target?.subarray(0, voxels) ?? new Float32Array(voxels);
  // A sheet is what goes through the kernel's memory at once: a slice, or some rows of all slices.
  const rows = axis === 2 ? Math.min(ny, Math.ceil(SHEET_WIDTH / nx)) : ny;
  const sheet = new Sheet(
    nx * (axis === 2 ? nz : 1) * rows,
    block.data,
    coefficients,
    block.size[axis],
  );
  if (axis < 2) {
    const outWidth = size[0];
    for (let z = 0; z < nz; z++) {
      sheet.put(block.data.subarray(z * nx * ny, (z + 1) * nx * ny), 0);
      if (axis === 0) sheet.filter(nx, 1, nx, ny, 1, outWidth, from, to);
      else sheet.filter(ny, nx, 1, nx, nx, 1, from, to);
      const count = size[0] * size[1];
      data.set(sheet.result(0, count), z * count);
    }
    return { data, size };
  }
  for (let y = 0; y < ny; y += rows) {
    const width = Math.min(rows, ny - y) * nx;
    for (let z = 0; z < nz; z++) {
      const start = z * nx * ny + y * nx;
      sheet.put(block.data.subarray(start, start + width), z * width);
    }
    sheet.filter(nz, width, 1, width, width, 1, from, to);
    for (let z = 0; z < to - from; z++) {
      data.set(sheet.result(z * width, width), z * nx * ny + y * nx);
    }
  }
  return { data, size };
}

/** Room in the kernel's memory for some voxels and their results. */
class Sheet {
  readonly #kernel: KernelExports;
  readonly #input: Float32Array | Float64Array;
  readonly #output: Float32Array;
  readonly #scratch: number;

  constructor(voxels: number, source: TypedArray, coefficients: RecursiveCoefficients, n: number) {
    shared ??= new WebAssembly.Instance(compileKernel(bytes)).exports as unknown as KernelExports;
    this.#kernel = shared;
    const table = tableOf(coefficients);
    const double = !fitsSingle(source);
    const tableAt = Math.ceil(Number(shared.heapBase.value) / 16) * 16;
    this.#scratch = tableAt + table.byteLength;
    const inputAt = this.#scratch + 3 * (n + 8) * ROW_BYTES;
    const outputAt = inputAt + Math.ceil((voxels * (double ? 8 : 4)) / 16) * 16;
    const missing = outputAt + voxels * 4 - shared.memory.buffer.byteLength;
    if (missing > 0) shared.memory.grow(Math.ceil(missing / PAGE));
    const { buffer } = shared.memory;
    new Float64Array(buffer, tableAt, table.length).set(table);
    shared.setCoefficients(tableAt);
    this.#input = new (double ? Float64Array : Float32Array)(buffer, inputAt, voxels);
    this.#output = new Float32Array(buffer, outputAt, voxels);
  }

  put(values: TypedArray, at: number): void {
    this.#input.set(values, at);
  }

  /** Filter lines of n elements; steps are in voxels, of the input and of the output. */
  filter(
    n: number,
    elementStep: number,
    lineStep: number,
    lines: number,
    outElementStep: number,
    outLineStep: number,
    from: number,
    to: number,
  ): void {
    const bytesIn = this.#input.BYTES_PER_ELEMENT;
    const double = Number(bytesIn === 8);
    for (let line = 0; line < lines; line += LINES) {
      this.#kernel.filterLines(
        this.#input.byteOffset + line * lineStep * bytesIn,
        double,
        elementStep * bytesIn,
        lineStep * bytesIn,
        Math.min(LINES, lines - line),
        n,
        this.#output.byteOffset + line * outLineStep * 4,
        outElementStep * 4,
        outLineStep * 4,
        from,
        to,
        this.#scratch,
      );
    }
  }

  result(at: number, count: number): Float32Array {
    return this.#output.subarray(at, at + count);
  }
}

/** Whether single precision holds every value of an array's type. */
function fitsSingle(data: TypedArray): boolean {
  return data.BYTES_PER_ELEMENT < 4 || data instanceof Float32Array;
}

/** What the kernel reads: all weights, and those by which the end values count beyond the ends. */
function tableOf({ forward, backward, recursion }: RecursiveCoefficients): Float64Array {
  const all = sum([1, ...recursion]);
  const forwardEnd = recursion.map((d) => (d * sum(forward)) / all);
  const backwardEnd = recursion.map((d) => (d * sum(backward)) / all);
  return Float64Array.of(...forward, ...backward, ...recursion, ...forwardEnd, ...backwardEnd);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value);
}
