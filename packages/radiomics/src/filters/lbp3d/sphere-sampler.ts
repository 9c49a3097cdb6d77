import {
  type Box,
  cropVolume,
  denseData,
  type TypedArray,
  type Vector3,
  type Volume,
} from '@steatosis/core';
import {
  SPLINE_MEMORY,
  splineCoefficients,
  type SplineTable,
  splineTable,
} from './cubic-spline.js';

/**
 * Values on a sphere around the voxels of a box, interpolated by cubic splines with the arithmetic of
 * SciPy's `map_coordinates` and rounded to the type of the image, since equality with the centre counts.
 * Beyond the image everything is 0.
 */
export class SphereSampler {
  /** What the last call of `sample` found. */
  readonly values: Float64Array;
  readonly #coefficients: Float64Array;
  readonly #steps: readonly [number, number];
  readonly #tables: readonly SplineTable[];
  readonly #round: (value: number) => number;

  /** @param points x, y, z of one point of the sphere after the other, in voxels */
  constructor(image: Volume, box: Box, points: Float64Array) {
    const count = points.length / 3;
    this.values = new Float64Array(count);
    this.#round = roundingOf(image.data.data);
    // PyRadiomics adds x, y, z of the points to z, y, x of the voxel.
    const offsets = [2, 1, 0].map((axis) =>
      Float64Array.from({ length: count }, (_, v) => points[3 * v + axis]),
    );
    const size = image.data.shape as Vector3;
    const reach = Math.ceil(points.reduce((far, x) => Math.max(far, Math.abs(x)), 0)) + 2;
    const around = boxAround(box, size, reach + SPLINE_MEMORY);
    const data = Float64Array.from(denseData(cropVolume(image, around)));
    splineCoefficients({ data, size: around.size });
    this.#coefficients = data;
    this.#steps = [around.size[0], around.size[0] * around.size[1]];
    this.#tables = ([0, 1, 2] as const).map((axis) =>
      splineTable(offsets[axis], box.start[axis], box.size[axis], size[axis], {
        from: around.start[axis],
        length: around.size[axis],
      }),
    );
  }

  /** Fill `values` for a voxel of the box. */
  sample(x: number, y: number, z: number): void {
    const { values } = this;
    const count = values.length;
    const [tx, ty, tz] = this.#tables;
    const [rowStep, sliceStep] = this.#steps;
    const coefficients = this.#coefficients;
    const round = this.#round;
    for (let v = 0; v < count; v++) {
      const ex = x * count + v;
      const ey = y * count + v;
      const ez = z * count + v;
      if ((tx.inside[ex] & ty.inside[ey] & tz.inside[ez]) === 0) {
        values[v] = 0;
        continue;
      }
      const x0 = tx.places[4 * ex];
      const x1 = tx.places[4 * ex + 1];
      const x2 = tx.places[4 * ex + 2];
      const x3 = tx.places[4 * ex + 3];
      const w0 = tx.weights[4 * ex];
      const w1 = tx.weights[4 * ex + 1];
      const w2 = tx.weights[4 * ex + 2];
      const w3 = tx.weights[4 * ex + 3];
      let sum = 0;
      for (let j = 4 * ez; j < 4 * ez + 4; j++) {
        const slice = tz.places[j] * sliceStep;
        const wz = tz.weights[j];
        for (let k = 4 * ey; k < 4 * ey + 4; k++) {
          const row = slice + ty.places[k] * rowStep;
          const wy = ty.weights[k];
          // In this order: SciPy weighs each coefficient by z, y and x and adds them one by one.
          sum += coefficients[row + x0] * wz * wy * w0;
          sum += coefficients[row + x1] * wz * wy * w1;
          sum += coefficients[row + x2] * wz * wy * w2;
          sum += coefficients[row + x3] * wz * wy * w3;
        }
      }
      values[v] = round(sum);
    }
  }
}

function boxAround(box: Box, size: Vector3, reach: number): Box {
  const start = box.start.map((n) => Math.max(0, n - reach)) as Vector3;
  const end = box.start.map((n, axis) => Math.min(size[axis], n + box.size[axis] + reach));
  return { start, size: end.map((n, axis) => n - start[axis]) as Vector3 };
}

/** How SciPy brings an interpolated value into the type of the image. */
function roundingOf(data: TypedArray): (value: number) => number {
  if (data instanceof Float64Array) return (value) => value;
  if (data instanceof Float32Array) return Math.fround;
  const bits = 8 * data.BYTES_PER_ELEMENT;
  const signed =
    data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array;
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const high = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  return (value) => {
    const away = value > 0 ? value + 0.5 : signed ? value - 0.5 : 0;
    return Math.trunc(Math.max(low, Math.min(high, away)));
  };
}
