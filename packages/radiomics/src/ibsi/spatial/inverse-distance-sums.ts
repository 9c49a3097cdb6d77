import type { Vector3 } from '@steatosis/core';
import { type ComplexArray, complexArray, Fft, fastLength } from './fft.js';

/** Values z at some voxels of a box, x fastest. */
export interface ScatteredField {
  readonly size: Vector3;
  /** mm */
  readonly spacing: Vector3;
  /** 1 where there is a value. */
  readonly inside: Uint8Array;
  /** 0 where there is none. */
  readonly values: Float64Array;
}

/** Sums over ordered pairs i ≠ j of voxels inside, w = 1/distance in mm. */
export interface InverseDistanceSums {
  /** Σ w_ij */
  readonly weights: number;
  /** Σ w_ij·z_i·z_j */
  readonly products: number;
  /** Σ w_ij·z_i² */
  readonly squares: number;
}

/** Numbers that the spectra of some planes may take together: 128 MiB. */
const MOST_NUMBERS = 2 ** 24;

/**
 * Sums over all pairs of voxels, weighted by the inverse of their distance.
 *
 * A direct sum takes n² steps. The sums are quadratic forms of a convolution, so that by Parseval's
 * theorem they are sums over the product of spectra on a box padded to twice its size: n·log n steps,
 * exact up to rounding. The spectra are made a few planes of constant x frequency at a time, which keeps
 * memory bounded for any box.
 */
export function inverseDistanceSums(
  field: ScatteredField,
  mostNumbers: number = MOST_NUMBERS,
): InverseDistanceSums {
  const [nx, ny, nz] = field.size;
  const alongX = new Fft(fastLength(2 * nx - 1));
  const inPlane = new PlaneTransform(ny, nz);
  const frequencies = Math.floor(alongX.length / 2) + 1;
  const planeNumbers = 8 * ny * nz;
  const atOnce = Math.max(1, Math.min(frequencies, Math.floor(mostNumbers / planeNumbers)));
  const spectra = new PlaneSpectra(field, alongX, atOnce);
  const sums = { weights: 0, products: 0, squares: 0 };
  for (let first = 0; first < frequencies; first += atOnce) {
    const count = Math.min(atOnce, frequencies - first);
    spectra.fill(first, count);
    for (let f = 0; f < count; f++) {
      // A frequency stands for itself and its negative, where these differ.
      const frequency = first + f;
      const share = frequency === 0 || 2 * frequency === alongX.length ? 1 : 2;
      addPlane(sums, spectra, f, inPlane, share);
    }
  }
  const cells = alongX.length * inPlane.cells;
  return {
    weights: sums.weights / cells,
    products: sums.products / cells,
    squares: sums.squares / cells,
  };
}

function addPlane(
  sums: { weights: number; products: number; squares: number },
  spectra: PlaneSpectra,
  plane: number,
  transform: PlaneTransform,
  share: number,
): void {
  const kernel = transform.kernel(spectra.kernel, plane);
  const inside = transform.padded(spectra.inside, plane, 0);
  const values = transform.padded(spectra.values, plane, 1);
  const squares = transform.padded(spectra.squares, plane, 2);
  let weights = 0;
  let products = 0;
  let crossed = 0;
  for (let i = 0; i < kernel.length; i++) {
    const w = kernel[i];
    const r = inside.re[i];
    const q = inside.im[i];
    weights += w * (r * r + q * q);
    products += w * (values.re[i] * values.re[i] + values.im[i] * values.im[i]);
    crossed += w * (squares.re[i] * r + squares.im[i] * q);
  }
  sums.weights += share * weights;
  sums.products += share * products;
  sums.squares += share * crossed;
}

/** Spectra along x of the fields and of the weights, for some frequencies: planes [frequency][z][y]. */
class PlaneSpectra {
  readonly kernel: ComplexArray;
  readonly inside: ComplexArray;
  readonly values: ComplexArray;
  readonly squares: ComplexArray;
  readonly #field: ScatteredField;
  readonly #fft: Fft;
  #rows: ComplexArray;
  #room: ComplexArray;

  constructor(field: ScatteredField, fft: Fft, planes: number) {
    this.#field = field;
    this.#fft = fft;
    const [, ny, nz] = field.size;
    const numbers = planes * ny * nz;
    this.kernel = complexArray(numbers);
    this.inside = complexArray(numbers);
    this.values = complexArray(numbers);
    this.squares = complexArray(numbers);
    this.#rows = complexArray(fft.length * ny);
    this.#room = complexArray(fft.length * ny);
  }

  fill(first: number, count: number): void {
    const [nx, ny, nz] = this.#field.size;
    const { inside, values } = this.#field;
    for (let z = 0; z < nz; z++) {
      const slice = nx * ny * z;
      this.#clear();
      this.#write((x, y) => inside[slice + y * nx + x], this.#rows.re);
      this.#write((x, y) => values[slice + y * nx + x], this.#rows.im);
      this.#separate(first, count, z, this.inside, z, this.values);
    }
    for (let z = 0; z < nz; z += 2) {
      // Two real slices as the parts of a complex one; an odd last one goes with an empty one.
      const slice = nx * ny * z;
      const paired = z + 1 < nz;
      this.#clear();
      this.#write((x, y) => values[slice + y * nx + x] ** 2, this.#rows.re);
      if (paired) this.#write((x, y) => values[slice + nx * ny + y * nx + x] ** 2, this.#rows.im);
      this.#separate(first, count, z, this.squares, paired ? z + 1 : -1, this.squares);
      this.#clear();
      this.#writeWeights(z, this.#rows.re);
      if (paired) this.#writeWeights(z + 1, this.#rows.im);
      this.#separate(first, count, z, this.kernel, paired ? z + 1 : -1, this.kernel);
    }
  }

  #clear(): void {
    this.#rows.re.fill(0);
    this.#rows.im.fill(0);
  }

  #write(value: (x: number, y: number) => number, to: Float64Array): void {
    const [nx, ny] = this.#field.size;
    for (let x = 0; x < nx; x++) for (let y = 0; y < ny; y++) to[x * ny + y] = value(x, y);
  }

  /** Inverse distances to voxels at x, y of the slice z; x counts round the padded length both ways. */
  #writeWeights(z: number, to: Float64Array): void {
    const [nx, ny] = this.#field.size;
    const [sx, sy, sz] = this.#field.spacing;
    for (let x = 0; x < nx; x++) {
      const back = x === 0 ? 0 : this.#fft.length - x;
      for (let y = 0; y < ny; y++) {
        const nowhere = x === 0 && y === 0 && z === 0;
        const weight = nowhere ? 0 : 1 / Math.sqrt((x * sx) ** 2 + (y * sy) ** 2 + (z * sz) ** 2);
        to[x * ny + y] = weight;
        to[back * ny + y] = weight;
      }
    }
  }

  /** Transform a slice whose real and imaginary parts are two fields, and keep the spectrum of each. */
  #separate(
    first: number,
    count: number,
    z1: number,
    one: ComplexArray,
    z2: number,
    two: ComplexArray,
  ): void {
    const [, ny, nz] = this.#field.size;
    const { length } = this.#fft;
    const result = this.#fft.transform(this.#rows, this.#room, ny);
    if (result !== this.#rows) [this.#rows, this.#room] = [this.#room, this.#rows];
    const { re, im } = result;
    for (let f = 0; f < count; f++) {
      const at = (first + f) * ny;
      const opposite = ((length - first - f) % length) * ny;
      const to1 = (f * nz + z1) * ny;
      const to2 = (f * nz + z2) * ny;
      for (let y = 0; y < ny; y++) {
        const a = re[at + y];
        const b = im[at + y];
        const c = re[opposite + y];
        const d = im[opposite + y];
        one.re[to1 + y] = (a + c) / 2;
        one.im[to1 + y] = (b - d) / 2;
        if (z2 < 0) continue;
        two.re[to2 + y] = (b + d) / 2;
        two.im[to2 + y] = (c - a) / 2;
      }
    }
  }
}

/** Transforms of planes [z][y], padded to twice their size. */
class PlaneTransform {
  /** Cells of a padded plane. */
  readonly cells: number;
  readonly #ny: number;
  readonly #nz: number;
  readonly #alongY: Fft;
  readonly #alongZ: Fft;
  readonly #kernel: Float64Array;
  /** For each of three planes in use at the same time, its array and room for the transform. */
  readonly #rooms: [ComplexArray, ComplexArray][];
  readonly #columns: [ComplexArray, ComplexArray];

  constructor(ny: number, nz: number) {
    this.#ny = ny;
    this.#nz = nz;
    this.#alongY = new Fft(fastLength(2 * ny - 1));
    this.#alongZ = new Fft(fastLength(2 * nz - 1));
    this.cells = this.#alongY.length * this.#alongZ.length;
    this.#kernel = new Float64Array(this.cells);
    this.#rooms = [0, 1, 2].map(() => [complexArray(this.cells), complexArray(this.cells)]);
    const columns = this.#alongY.length * nz;
    this.#columns = [complexArray(columns), complexArray(columns)];
  }

  /** The spectrum of a plane with zeros around it. */
  padded(planes: ComplexArray, plane: number, room: number): ComplexArray {
    const { re, im } = this.#transformY(planes, plane, false);
    const [a, b] = this.#rooms[room];
    a.re.fill(0);
    a.im.fill(0);
    this.#transpose(re, a.re, false);
    this.#transpose(im, a.im, false);
    return this.#alongZ.transform(a, b, this.#alongY.length);
  }

  /** The spectrum, which is real, of a plane that is mirrored at y = 0 and z = 0. */
  kernel(planes: ComplexArray, plane: number): Float64Array {
    const { re } = this.#transformY(planes, plane, true);
    const [a, b] = this.#rooms[0];
    a.re.fill(0);
    a.im.fill(0);
    this.#transpose(re, a.re, true);
    this.#kernel.set(this.#alongZ.transform(a, b, this.#alongY.length).re);
    return this.#kernel;
  }

  #transformY(planes: ComplexArray, plane: number, mirrored: boolean): ComplexArray {
    const ny = this.#ny;
    const nz = this.#nz;
    const [a, b] = this.#columns;
    a.re.fill(0);
    a.im.fill(0);
    const from = plane * ny * nz;
    for (let z = 0; z < nz; z++) {
      for (let y = 0; y < ny; y++) {
        const re = planes.re[from + z * ny + y];
        a.re[y * nz + z] = re;
        a.im[y * nz + z] = mirrored ? 0 : planes.im[from + z * ny + y];
        if (mirrored && y > 0) a.re[(this.#alongY.length - y) * nz + z] = re;
      }
    }
    return this.#alongY.transform(a, b, nz);
  }

  /** From [y][z] to [z][y]. */
  #transpose(from: Float64Array, to: Float64Array, mirrored: boolean): void {
    const nz = this.#nz;
    const width = this.#alongY.length;
    for (let z = 0; z < nz; z++) {
      const back = (this.#alongZ.length - z) % this.#alongZ.length;
      for (let y = 0; y < width; y++) {
        const value = from[y * nz + z];
        to[z * width + y] = value;
        if (mirrored) to[back * width + y] = value;
      }
    }
  }
}
