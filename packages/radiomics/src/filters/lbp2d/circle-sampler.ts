import type { Box, Volume } from '@steatosis/core';

/** Planes of an image, and the part of them whose voxels are asked for. */
export interface Planes {
  image: Volume;
  rowAxis: 0 | 1 | 2;
  columnAxis: 0 | 1 | 2;
  box: Box;
}

export interface Circle {
  radius: number;
  samples: number;
}

/** Values on the circle around the voxels of one plane after the other. */
export interface CircleSampler {
  /** What the last call of `sample` found, counter-clockwise from the right. */
  readonly neighbours: Float64Array;
  /** Go to a plane, by its place in the image. */
  load(across: 0 | 1 | 2, plane: number): void;
  /** Fill `neighbours` for a voxel of the box; returns the value of the voxel itself. */
  sample(row: number, column: number): number;
}

/** For each place along one axis and each neighbour: the two voxels between which it lies. */
interface AxisTable {
  low: Int32Array;
  high: Int32Array;
  /** Share of `high`. */
  share: Float64Array;
  /** First voxel of the window, −1 or more, and its length; voxels beyond the image are 0. */
  from: number;
  length: number;
}

/** Neighbours by linear interpolation, with the arithmetic of scikit-image, since equality counts. */
export function circleSampler(planes: Planes, circle: Circle): CircleSampler {
  const { image, rowAxis, columnAxis, box } = planes;
  const angles = Float64Array.from(
    { length: circle.samples },
    (_, k) => (2 * Math.PI * k) / circle.samples,
  );
  // scikit-image takes the radius in single precision and rounds offsets to five decimals.
  const radius = Math.fround(circle.radius);
  const rows = axisTable(
    angles.map((angle) => roundTo5(-radius * Math.sin(angle))),
    box.start[rowAxis],
    box.size[rowAxis],
    image.data.shape[rowAxis],
  );
  const columns = axisTable(
    angles.map((angle) => roundTo5(radius * Math.cos(angle))),
    box.start[columnAxis],
    box.size[columnAxis],
    image.data.shape[columnAxis],
  );
  const { samples } = circle;
  const width = columns.length;
  const window = new Float64Array(rows.length * width);
  const neighbours = new Float64Array(samples);
  const firstRow = box.start[rowAxis] - rows.from;
  const firstColumn = box.start[columnAxis] - columns.from;
  return {
    neighbours,
    load(across, plane) {
      const { data, stride, offset, shape } = image.data;
      const base = offset + plane * stride[across];
      for (let r = 0; r < rows.length; r++) {
        const row = r + rows.from;
        if (row < 0 || row >= shape[rowAxis]) continue;
        for (let c = 0; c < width; c++) {
          const column = c + columns.from;
          if (column < 0 || column >= shape[columnAxis]) continue;
          window[r * width + c] = data[base + row * stride[rowAxis] + column * stride[columnAxis]];
        }
      }
    },
    sample(row, column) {
      for (let k = 0; k < samples; k++) {
        const r = row * samples + k;
        const c = column * samples + k;
        const top = rows.low[r] * width;
        const bottom = rows.high[r] * width;
        const left = columns.low[c];
        const right = columns.high[c];
        const across = columns.share[c];
        const down = rows.share[r];
        const above = (1 - across) * window[top + left] + across * window[top + right];
        const below = (1 - across) * window[bottom + left] + across * window[bottom + right];
        neighbours[k] = (1 - down) * above + down * below;
      }
      return window[(firstRow + row) * width + firstColumn + column];
    },
  };
}

function axisTable(offsets: Float64Array, start: number, count: number, size: number): AxisTable {
  const samples = offsets.length;
  const low = new Int32Array(count * samples);
  const high = new Int32Array(count * samples);
  const share = new Float64Array(count * samples);
  let from = start;
  let last = start + count - 1;
  // Everything before the image is like voxel −1, everything after it like voxel `size`.
  const clamp = (place: number): number => Math.max(-1, Math.min(size, place));
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < samples; k++) {
      const at = start + i + offsets[k];
      const entry = i * samples + k;
      low[entry] = clamp(Math.floor(at));
      high[entry] = clamp(Math.ceil(at));
      share[entry] = at - Math.floor(at);
      from = Math.min(from, low[entry]);
      last = Math.max(last, high[entry]);
    }
  }
  for (let entry = 0; entry < low.length; entry++) {
    low[entry] -= from;
    high[entry] -= from;
  }
  return { low, high, share, from, length: last - from + 1 };
}

/** As `numpy.round(x, 5)`, which scales, rounds halves to even and scales back. */
function roundTo5(x: number): number {
  const scaled = x * 1e5;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return (up ? floor + 1 : floor) / 1e5;
}
