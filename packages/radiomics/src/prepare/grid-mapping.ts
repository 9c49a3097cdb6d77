import type { Grid, Vector3 } from '@steatosis/core';
import { inverse3 } from './grid-inverse.js';

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
  /** Whether {@link separated} gives the very positions: not so on oblique axes, where rounding mixes them. */
  readonly exact: boolean;
  readonly #toPoint: Float64Array;
  readonly #toIndex: Float64Array;

  constructor(from: Grid, to: Grid) {
    this.from = from;
    this.to = to;
    this.#toPoint = scaledDirection(from);
    this.#toIndex = inverse3(scaledDirection(to));
    this.exact = permutesAxes(from.direction) && permutesAxes(to.direction);
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

  /** The ends of a row along x, from which the positions on it are found. */
  row(y: number, z: number): { start: Vector3; span: Vector3 } {
    const start = this.position([0, y, z]);
    const end = this.position([this.from.size[0], y, z]);
    return { start, span: end.map((at, axis) => at - start[axis]) as Vector3 };
  }

  /**
   * Positions along each axis, ascending, where those of an axis depend on the index along that axis
   * alone; undefined where the axes of the grids are turned against each other.
   */
  separated(): [Float64Array, Float64Array, Float64Array] | undefined {
    if (!this.#parallel()) return undefined;
    const { size } = this.from;
    const { start, span } = this.row(0, 0);
    const along = (axis: number) => (_: unknown, i: number) => {
      const index = [0, 0, 0];
      index[axis] = i;
      return axis === 0 ? start[0] + (i / size[0]) * span[0] : this.position(index)[axis];
    };
    const positions = size.map((length, axis) => Float64Array.from({ length }, along(axis)));
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

/** A position, moved onto the centre or border of a voxel where it is meant to lie there. */
export function snapped(position: number): number {
  const half = Math.round(2 * position) / 2;
  return Math.abs(position - half) < SNAP_VOXELS ? half : position;
}

/** Whether a position lies on the imaged field: borders of the first voxel belong to it, of the last do not. */
export function isOnField(position: number, length: number): boolean {
  return position >= -0.5 && position < length - 0.5;
}
