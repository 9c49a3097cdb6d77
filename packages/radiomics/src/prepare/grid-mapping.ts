import type { Grid, Vector3 } from '@steatosis/core';

/** Positions this close to a voxel's centre or border are taken to lie on it. */
const SNAP_VOXELS = 1e-9;

/**
 * Where the voxels of one grid (`from`) lie between the voxels of another (`to`), in voxels of `to`.
 *
 * Sums are formed in the order in which ITK forms them, and positions along a row are found between those
 * of its ends, as ITK's resampling does: whether a position lies exactly on a border between two voxels
 * decides which of them is the nearest, and the last bit of the arithmetic decides whether it lies there.
 */
export class GridMapping {
  readonly from: Grid;
  readonly to: Grid;
  readonly #toPoint: Float64Array;
  readonly #toIndex: Float64Array;

  constructor(from: Grid, to: Grid) {
    this.from = from;
    this.to = to;
    this.#toPoint = scaledDirection(from);
    this.#toIndex = inverse(scaledDirection(to));
  }

  /** The position in `to` of a whole index of `from`. */
  position(index: readonly number[]): Vector3 {
    const point = [0, 0, 0].map((_, row) => {
      let at = this.from.origin[row];
      for (let column = 0; column < 3; column++) {
        at += this.#toPoint[3 * row + column] * index[column];
      }
      return at - this.to.origin[row];
    });
    return [0, 0, 0].map((_, row) => {
      let at = 0;
      for (let column = 0; column < 3; column++)
        at += this.#toIndex[3 * row + column] * point[column];
      return at;
    }) as Vector3;
  }

  /** Positions of a whole row along x: x, y, z of each voxel, one after the other. */
  row(y: number, z: number, target: Float64Array): void {
    const n = this.from.size[0];
    const start = this.position([0, y, z]);
    const end = this.position([n, y, z]);
    for (let axis = 0; axis < 3; axis++) {
      const span = end[axis] - start[axis];
      for (let x = 0; x < n; x++) target[3 * x + axis] = start[axis] + (x / n) * span;
    }
  }

  /**
   * Positions along each axis, where those of an axis depend on the index along that axis alone;
   * undefined where the axes of the grids are turned against each other.
   */
  separated(): [Float64Array, Float64Array, Float64Array] | undefined {
    const { size } = this.from;
    if (!this.#parallel()) return undefined;
    const exact = permutesAxes(this.from.direction) && permutesAxes(this.to.direction);
    const positions = size.map((n) => new Float64Array(n));
    const origin = this.position([0, 0, 0]);
    const end = this.position([size[0], 0, 0]);
    for (let axis = 0; axis < 3; axis++) {
      for (let i = 0; i < size[axis]; i++) {
        const index = [0, 0, 0];
        index[axis] = i;
        const at =
          axis === 0
            ? origin[0] + (i / size[0]) * (end[0] - origin[0])
            : this.position(index)[axis];
        positions[axis][i] = exact ? at : snapped(at);
      }
    }
    return positions as [Float64Array, Float64Array, Float64Array];
  }

  /** Whether a step along an axis of `from` leads along the same axis of `to` and no other. */
  #parallel(): boolean {
    const origin = this.position([0, 0, 0]);
    return [0, 1, 2].every((axis) => {
      const index = [0, 0, 0];
      index[axis] = this.from.size[axis];
      const end = this.position(index);
      if (!(end[axis] > origin[axis])) return false;
      return [0, 1, 2].every(
        (other) => other === axis || Math.abs(end[other] - origin[other]) < SNAP_VOXELS,
      );
    });
  }
}

/** Direction × spacing, row-major. */
function scaledDirection({ direction, spacing }: Grid): Float64Array {
  return Float64Array.from(direction, (cosine, i) => cosine * spacing[i % 3]);
}

/** Whether every row and column of a direction has one number that is not 0. */
function permutesAxes(direction: readonly number[]): boolean {
  return [0, 1, 2].every((i) => {
    const row = [0, 1, 2].filter((j) => direction[3 * i + j] !== 0);
    const column = [0, 1, 2].filter((j) => direction[3 * j + i] !== 0);
    return row.length === 1 && column.length === 1;
  });
}

function inverse(m: Float64Array): Float64Array {
  if (permutesAxes([...m])) {
    // No cofactors: their rounding would move positions off the borders on which they lie.
    return Float64Array.from(m, (_, i) => {
      const mirrored = m[3 * (i % 3) + Math.floor(i / 3)];
      return mirrored === 0 ? 0 : 1 / mirrored;
    });
  }
  const cofactor = (a: number, b: number, c: number, d: number) => m[a] * m[d] - m[b] * m[c];
  const first = cofactor(4, 5, 7, 8);
  const determinant = m[0] * first - m[1] * cofactor(3, 5, 6, 8) + m[2] * cofactor(3, 4, 6, 7);
  return Float64Array.of(
    first / determinant,
    cofactor(2, 1, 8, 7) / determinant,
    cofactor(1, 2, 4, 5) / determinant,
    cofactor(5, 3, 8, 6) / determinant,
    cofactor(0, 2, 6, 8) / determinant,
    cofactor(2, 0, 5, 3) / determinant,
    cofactor(3, 4, 6, 7) / determinant,
    cofactor(1, 0, 7, 6) / determinant,
    cofactor(0, 1, 3, 4) / determinant,
  );
}

/** A position, moved onto the centre or border of a voxel where it is meant to lie there. */
export function snapped(position: number): number {
  const half = Math.round(2 * position) / 2;
  return Math.abs(position - half) < SNAP_VOXELS ? half : position;
}

/** Whether a position lies on the imaged field: borders of the first voxel belong to it, of the last do not. */
export function isOnField(position: number, length: number): boolean {
  return position >= -0.5 && position < length - 0.5;
}
