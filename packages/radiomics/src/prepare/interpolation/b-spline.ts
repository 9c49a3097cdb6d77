import type { Vector3 } from '@steatosis/core';
import type { AxisTaps, Kernel, PositionBox, Samples, SeparableKernel } from './kernel.js';

/** The pole of the cubic B-spline's inverse filter, √3 − 2. */
const POLE = -0.2679491924311228;

/** Gain of the inverse filter: 6 but for rounding, which is kept so that coefficients are those of ITK. */
const GAIN = (1 - POLE) * (1 - 1 / POLE);

/** Terms of the sum that starts a row: with 18 it is exact to 1e-10, where ITK ends it. */
const START_TERMS = 18;

/**
 * Voxels around the wanted positions that the coefficients are computed from. What lies beyond an end
 * enters with a weight that falls by the pole's size, 0.268, per voxel, and 0.268⁴⁰ is 2⁻⁷⁶: below the
 * precision of the coefficients, so that they are those of the whole image.
 */
const MARGIN = 42;

/**
 * Interpolation by cubic B-splines with mirrored borders: coefficients by recursive filtering, then a
 * weighted sum of 4×4×4 of them (Unser, Aldroubi and Eden 1993, IEEE Trans Signal Process 41:821–848;
 * Unser 1999, IEEE Signal Process Mag 16(6):22–38, box 2).
 */
export function bSplineKernel(
  image: Samples,
  wanted: PositionBox,
): Kernel & { separable: SeparableKernel } {
  const samples = coefficients(image, wanted);
  const { data, size, start } = samples;
  const full = image.size;
  const taps = [0, 1, 2].map(() => ({
    position: NaN,
    at: new Int32Array(4),
    weights: new Float64Array(4),
  }));
  const set = (axis: number, position: number) => {
    const tap = taps[axis];
    if (tap.position === position) return;
    tap.position = position;
    setTaps(position, full[axis], start[axis], tap.at, tap.weights, 0);
  };
  const [tx, ty, tz] = taps;
  const planes = new Float64Array(16);
  return {
    at(x, y, z) {
      set(0, x);
      set(1, y);
      set(2, z);
      for (let j = 0; j < 4; j++) {
        for (let i = 0; i < 4; i++) planes[4 * j + i] = tx.weights[i] * ty.weights[j];
      }
      const x0 = tx.at[0];
      const x1 = tx.at[1];
      const x2 = tx.at[2];
      const x3 = tx.at[3];
      let sum = 0;
      for (let k = 0; k < 4; k++) {
        const weight = tz.weights[k];
        for (let j = 0; j < 4; j++) {
          const row = size[0] * (ty.at[j] + size[1] * tz.at[k]);
          sum += planes[4 * j] * weight * data[row + x0];
          sum += planes[4 * j + 1] * weight * data[row + x1];
          sum += planes[4 * j + 2] * weight * data[row + x2];
          sum += planes[4 * j + 3] * weight * data[row + x3];
        }
      }
      return sum;
    },
    separable: {
      samples,
      jumps: false,
      inOrder: false,
      taps(axis, positions): AxisTaps {
        const indices = new Int32Array(4 * positions.length);
        const weights = new Float64Array(4 * positions.length);
        positions.forEach((position, i) => {
          setTaps(position, full[axis], start[axis], indices, weights, 4 * i);
        });
        return { count: 4, indices, weights };
      },
    },
  };
}

/** Indices in the box and weights of the four coefficients around a position. */
function setTaps(
  position: number,
  length: number,
  start: number,
  indices: Int32Array,
  weights: Float64Array,
  from: number,
): void {
  // A position a hair below a voxel counts as on it, as in ITK; the spline is smooth across.
  const first = Math.floor(Math.fround(position)) - 1;
  const w = position - (first + 1);
  const last = (1 / 6) * w * w * w;
  const zeroth = 1 / 6 + 0.5 * w * (w - 1) - last;
  const second = w + zeroth - 2 * last;
  weights[from] = zeroth;
  weights[from + 1] = 1 - zeroth - second - last;
  weights[from + 2] = second;
  weights[from + 3] = last;
  for (let k = 0; k < 4; k++) indices[from + k] = mirrored(first + k, length) - start;
}

function mirrored(index: number, length: number): number {
  if (length === 1) return 0;
  let i = index;
  while (i < 0 || i >= length) i = i < 0 ? -i : 2 * (length - 1) - i;
  return i;
}

/** The spline's coefficients in a box around the wanted positions. */
function coefficients(image: Samples, wanted: PositionBox): Samples {
  const start = [0, 1, 2].map((axis) =>
    Math.max(0, Math.floor(wanted.lowest[axis]) - MARGIN),
  ) as Vector3;
  const size = [0, 1, 2].map(
    (axis) =>
      Math.min(image.size[axis], Math.ceil(wanted.highest[axis]) + MARGIN + 1) - start[axis],
  ) as Vector3;
  const data = copyBox(image, start, size);
  const [nx, ny, nz] = size;
  if (nx > 1) for (let row = 0; row < data.length; row += nx) filterRow(data, row, nx);
  if (ny > 1) {
    for (let z = 0; z < nz; z++) filterAcross(data, z * nx * ny, nx, nx, ny);
  }
  if (nz > 1) {
    for (let y = 0; y < ny; y++) filterAcross(data, y * nx, nx, nx * ny, nz);
  }
  return { data, size, start };
}

function copyBox({ data, size: full }: Samples, start: Vector3, size: Vector3): Float64Array {
  const [nx, ny, nz] = size;
  const copy = new Float64Array(nx * ny * nz);
  let to = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const from = start[0] + full[0] * (start[1] + y + full[1] * (start[2] + z));
      for (let x = 0; x < nx; x++) copy[to++] = data[from + x];
    }
  }
  return copy;
}

/** One row of neighbouring elements into coefficients, in place. */
function filterRow(data: Float64Array, from: number, length: number): void {
  filterAcross(data, from, 1, 1, length);
}

/** `width` rows side by side into coefficients, in place; `step` elements lead to the next of a row. */
function filterAcross(
  data: Float64Array,
  from: number,
  width: number,
  step: number,
  length: number,
): void {
  const end = from + length * step;
  for (let at = from; at < end; at += step) {
    for (let i = at; i < at + width; i++) data[i] *= GAIN;
  }
  startRows(data, from, width, step, length);
  for (let at = from + step; at < end; at += step) {
    for (let i = at; i < at + width; i++) data[i] += POLE * data[i - step];
  }
  const last = end - step;
  const factor = POLE / (POLE * POLE - 1);
  for (let i = last; i < last + width; i++) data[i] = factor * (POLE * data[i - step] + data[i]);
  for (let at = last - step; at >= from; at -= step) {
    for (let i = at; i < at + width; i++) data[i] = POLE * (data[i + step] - data[i]);
  }
}

/** The first coefficient of the forward recursion: the sum over the mirrored row. */
function startRows(
  data: Float64Array,
  from: number,
  width: number,
  step: number,
  length: number,
): void {
  if (START_TERMS < length) {
    let power = POLE;
    for (let n = 1; n < START_TERMS; n++) {
      for (let i = 0; i < width; i++) data[from + i] += power * data[from + n * step + i];
      power *= POLE;
    }
    return;
  }
  let power = POLE;
  let mirroredPower = POLE ** (length - 1);
  const last = from + (length - 1) * step;
  for (let i = 0; i < width; i++) data[from + i] += mirroredPower * data[last + i];
  mirroredPower = mirroredPower * (mirroredPower * (1 / POLE));
  for (let n = 1; n <= length - 2; n++) {
    const weight = power + mirroredPower;
    for (let i = 0; i < width; i++) data[from + i] += weight * data[from + n * step + i];
    power *= POLE;
    mirroredPower *= 1 / POLE;
  }
  const scale = 1 - power * power;
  for (let i = 0; i < width; i++) data[from + i] /= scale;
}
