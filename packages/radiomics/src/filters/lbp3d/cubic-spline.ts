import type { Vector3 } from '@steatosis/core';

/** Voxels in double precision, x fastest. */
export interface Lattice {
  data: Float64Array;
  size: Vector3;
}

/**
 * Turn values into the coefficients of the cubic B-spline through them, in place, with the image mirrored
 * at its outermost voxels (Unser 1999). Axes are taken as z, y, x, as in SciPy.
 */
export function splineCoefficients({ data, size: [nx, ny, nz] }: Lattice): void {
  if (nz > 1) {
    const line = new Float64Array(nz);
    for (let first = 0; first < nx * ny; first++) filterLine(data, first, nx * ny, line);
  }
  if (ny > 1) {
    const line = new Float64Array(ny);
    for (let z = 0; z < nz; z++) {
      for (let x = 0; x < nx; x++) filterLine(data, x + z * nx * ny, nx, line);
    }
  }
  if (nx > 1) {
    const line = new Float64Array(nx);
    for (let row = 0; row < ny * nz; row++) filterLine(data, row * nx, 1, line);
  }
}

/** Voxels away after which the recursion has forgotten its start: 0.268⁶⁴ = 10⁻³⁷. */
export const SPLINE_MEMORY = 64;

function filterLine(data: Float64Array, first: number, step: number, line: Float64Array): void {
  const n = line.length;
  // √3 − 2, rounded once.
  const pole = -0.2679491924311227;
  const gain = (1 - pole) * (1 - 1 / pole);
  for (let i = 0, at = first; i < n; i++, at += step) line[i] = data[at] * gain;
  const around = pole ** (n - 1);
  let start = line[0] + around * line[n - 1];
  let power = pole;
  for (let i = 1; i < n - 1; i++) {
    start += power * (line[i] + around * line[n - 1 - i]);
    power *= pole;
  }
  line[0] = start / (1 - around * around);
  for (let i = 1; i < n; i++) line[i] += pole * line[i - 1];
  line[n - 1] = ((pole * line[n - 2] + line[n - 1]) * pole) / (pole * pole - 1);
  for (let i = n - 2; i >= 0; i--) line[i] = pole * (line[i + 1] - line[i]);
  for (let i = 0, at = first; i < n; i++, at += step) data[at] = line[i];
}

/** For each place along an axis and each offset: four coefficients and their weights. */
export interface SplineTable {
  /** Places of the coefficients along the axis, four an entry; mirrored at the ends. */
  places: Int32Array;
  weights: Float64Array;
  /** 1 where an entry lies inside the image. */
  inside: Uint8Array;
}

/**
 * Weights for values at `start + i + offset`, entry i·offsets + k.
 *
 * @param size voxels of the image along the axis
 * @param from the place in the image of the first coefficient that is there, `length` how many
 */
export function splineTable(
  offsets: Float64Array,
  start: number,
  count: number,
  size: number,
  { from, length }: { from: number; length: number },
): SplineTable {
  const entries = count * offsets.length;
  const places = new Int32Array(4 * entries);
  const weights = new Float64Array(4 * entries);
  const inside = new Uint8Array(entries);
  for (let entry = 0; entry < entries; entry++) {
    const k = entry % offsets.length;
    const at = start + (entry - k) / offsets.length + offsets[k];
    if (!(at >= 0 && at <= size - 1)) continue;
    inside[entry] = 1;
    const floor = Math.floor(at);
    const t = at - floor;
    const u = 1 - t;
    const w0 = (u * u * u) / 6;
    const w1 = (t * t * (t - 2) * 3 + 4) / 6;
    const w2 = (u * u * (u - 2) * 3 + 4) / 6;
    weights.set([w0, w1, w2, 1 - w0 - w1 - w2], 4 * entry);
    for (let j = 0; j < 4; j++) {
      const place = mirrored(floor - 1 + j, size) - from;
      // A coefficient that was left out only stands where its weight is 0 up to rounding.
      places[4 * entry + j] = Math.max(0, Math.min(length - 1, place));
    }
  }
  return { places, weights, inside };
}

function mirrored(place: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * size - 2;
  const within = Math.abs(place) % period;
  return within < size ? within : period - within;
}
