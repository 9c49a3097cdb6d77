import type { AxisTaps, Kernel, Samples, SeparableKernel } from './kernel.js';

/**
 * Linear interpolation along x, then y, then z; beyond the centres of the outermost voxels their value
 * holds.
 *
 * The weight of the second of two samples stands alone: a + w (b − a) is exact at the voxels and keeps
 * constant images constant, which a (1 − w) + b w does not.
 */
export function linearKernel(samples: Samples): Kernel & { separable: SeparableKernel } {
  const { data, size } = samples;
  const [nx, ny, nz] = size;
  const between = (x: number, row: number): number => {
    const from = floorWithin(x);
    const first = data[row + from];
    if (x <= from || from + 1 >= nx) return first;
    return first + (data[row + from + 1] - first) * (x - from);
  };
  const plane = (x: number, y: number, slice: number): number => {
    const from = floorWithin(y);
    const first = between(x, slice + nx * from);
    if (y <= from || from + 1 >= ny) return first;
    return first + (between(x, slice + nx * (from + 1)) - first) * (y - from);
  };
  return {
    at(x, y, z) {
      const from = floorWithin(z);
      const first = plane(x, y, nx * ny * from);
      if (z <= from || from + 1 >= nz) return first;
      return first + (plane(x, y, nx * ny * (from + 1)) - first) * (z - from);
    },
    separable: {
      samples,
      jumps: false,
      inOrder: true,
      taps: (axis, positions) => linearTaps(positions, size[axis]),
    },
  };
}

function linearTaps(positions: Float64Array, length: number): AxisTaps {
  const indices = new Int32Array(2 * positions.length);
  const weights = new Float64Array(2 * positions.length);
  positions.forEach((position, i) => {
    const from = floorWithin(position);
    const step = position > from && from + 1 < length ? 1 : 0;
    indices[2 * i] = from;
    indices[2 * i + 1] = from + step;
    weights[2 * i] = 1;
    weights[2 * i + 1] = step === 0 ? 0 : position - from;
  });
  return { count: 2, indices, weights };
}

function floorWithin(position: number): number {
  return Math.max(0, Math.floor(position));
}
