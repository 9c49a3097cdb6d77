import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { InvalidArgumentError } from '../errors.js';
import { checkedGrid, type Grid } from './grid.js';

/**
 * The typed arrays that can hold voxels. 64-bit integers are left out: their elements are no numbers, so
 * readers turn such voxels into `Float64Array` (exact to 2⁵³).
 */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** A triple along the image axes x, y, z. */
export type Vector3 = [number, number, number];

/**
 * Voxels with their place in the patient.
 *
 * `data.shape` is `[nx, ny, nz]`, or `[nx, ny, nz, n]` with echoes or components last. Volumes that this
 * project allocates have the first axis fastest in memory; readers of a volume respect its strides.
 * Patient space is LPS (left, posterior, superior) in millimetres, as in DICOM and ITK.
 */
export interface Volume<T extends TypedArray = TypedArray> {
  data: NdArray<T>;
  /** Distance between voxel centres along x, y, z in mm, > 0. */
  spacing: Vector3;
  /** Centre of voxel (0, 0, 0) in LPS mm. */
  origin: Vector3;
  /** 9 numbers, row-major 3×3, whose columns are the directions of the axes x, y, z in LPS. */
  direction: readonly number[];
}

/**
 * Make a volume over `data` without copying it.
 *
 * @param data voxels, first axis fastest
 * @param shape `[nx, ny, nz]` or `[nx, ny, nz, n]`
 * @param grid spacing (mm), origin (LPS mm) and direction; default 1 mm, origin 0, identity
 * @throws InvalidArgumentError when the shape does not fit the data or the geometry is impossible
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 *
 * const volume = createVolume(new Float32Array(24), [4, 3, 2], { spacing: [1.25, 1.25, 3] });
 * volume.data.set(3, 0, 0, 7);
 * console.log(volume.data.data[3]); // 7: the first axis is the fastest
 * ```
 */
export function createVolume<T extends TypedArray>(
  data: T,
  shape: readonly number[],
  grid: Partial<Omit<Grid, 'size'>> = {},
): Volume<T> {
  if (
    (shape.length !== 3 && shape.length !== 4) ||
    shape.some((n) => !Number.isInteger(n) || n < 1)
  ) {
    throw new InvalidArgumentError('shape', shape, '[nx, ny, nz] or [nx, ny, nz, n], each ≥ 1');
  }
  const count = shape.reduce((product, n) => product * n, 1);
  if (data.length !== count) {
    throw new InvalidArgumentError(
      'data',
      data,
      `${count} elements for the shape ${shape.join('×')}; it has ${data.length}`,
    );
  }
  const { spacing, origin, direction } = checkedGrid({
    size: [shape[0]!, shape[1]!, shape[2]!],
    spacing: grid.spacing ?? [1, 1, 1],
    origin: grid.origin ?? [0, 0, 0],
    direction: grid.direction ?? [1, 0, 0, 0, 1, 0, 0, 0, 1],
  });
  return { data: ndarray(data, [...shape], firstAxisFastest(shape)), spacing, origin, direction };
}

/** A volume of other voxels on the spatial grid of `like`; nothing is copied. */
export function volumeLike<T extends TypedArray>(
  like: Volume,
  data: T,
  components?: number,
): Volume<T> {
  const size = like.data.shape.slice(0, 3);
  return createVolume(data, components === undefined ? size : [...size, components], like);
}

/**
 * The voxels as one typed array with the first axis fastest. The volume's own array is returned when
 * it already is exactly that; otherwise a copy.
 */
export function denseData<T extends TypedArray>(volume: Volume<T>): T {
  const { data } = volume;
  const strides = firstAxisFastest(data.shape);
  const dense =
    data.offset === 0 &&
    data.data.length === data.size &&
    data.shape.every((n, axis) => n === 1 || data.stride[axis] === strides[axis]);
  return dense ? data.data : copyDense(data);
}

/** Strides of an array whose first axis is the fastest. */
export function firstAxisFastest(shape: readonly number[]): number[] {
  let step = 1;
  return shape.map((n) => {
    const stride = step;
    step *= n;
    return stride;
  });
}

function copyDense<T extends TypedArray>(array: NdArray<T>): T {
  const Constructor = array.data.constructor as new (length: number) => T;
  const target = new Constructor(array.size);
  const source = array.data;
  const [nx = 1, ny = 1, nz = 1, n = 1] = array.shape;
  const [sx = 0, sy = 0, sz = 0, sn = 0] = array.stride;
  let to = 0;
  for (let c = 0; c < n; c++) {
    for (let z = 0; z < nz; z++) {
      for (let y = 0; y < ny; y++) {
        let from = array.offset + y * sy + z * sz + c * sn;
        for (let x = 0; x < nx; x++, from += sx) target[to++] = source[from]!;
      }
    }
  }
  return target;
}
