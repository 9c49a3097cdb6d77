import { createVolume, InvalidArgumentError, type TypedArray, type Volume } from '@steatosis/core';
import type { NdArray } from 'ndarray';

/** Pixels of four components, red, green, blue, alpha, row by row: what a canvas' `getImageData` gives. */
export interface Pixels {
  readonly data: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
}

/** A plane of numbers: pixels of a canvas, rows of numbers, or an `NdArray` `[rows, columns]`. */
export type Plane = Pixels | readonly ArrayLike<number>[] | NdArray<TypedArray>;

/** Options of {@link planeToVolume}. */
export interface PlaneOptions {
  /**
   * What becomes of the colours of {@link Pixels}: one of them, or their luminance after ITU-R BT.601,
   * 0.299 R + 0.587 G + 0.114 B. Default `'luminance'`. Ignored by planes of numbers.
   */
  channel?: 'luminance' | 'red' | 'green' | 'blue' | 'alpha';
  /** Width and height of a pixel, in any unit of length. Default [1, 1]. */
  spacing?: readonly [number, number];
}

const CHANNELS = ['red', 'green', 'blue', 'alpha'] as const;

/**
 * A plane of numbers as a volume of one slice `[columns, rows, 1]`, for every function that takes a
 * {@link Volume}.
 *
 * @throws InvalidArgumentError for a plane without pixels, rows of unequal length, an unknown channel
 * @example
 * ```ts
 * import { glcm, planeToVolume } from '@steatosis/radiomics';
 *
 * const levels = planeToVolume([[1, 1, 2], [2, 2, 1]]);
 * const everywhere = planeToVolume([[1, 1, 1], [1, 1, 1]]);
 * const matrix = glcm(levels, everywhere);
 * console.log(matrix.shape, matrix.get(0, 1, 1)); // [ 2, 2, 4 ] 3
 * ```
 */
export function planeToVolume(plane: Plane, options: PlaneOptions = {}): Volume {
  const { channel = 'luminance', spacing = [1, 1] } = options;
  if (channel !== 'luminance' && !CHANNELS.includes(channel)) {
    throw new InvalidArgumentError('channel', channel, `luminance, ${CHANNELS.join(', ')}`);
  }
  const { data, width, height } = gather(plane, channel);
  if (width === 0 || height === 0) {
    throw new InvalidArgumentError('plane', `${width}×${height}`, 'at least one pixel');
  }
  return createVolume(data, [width, height, 1], { spacing: [...spacing, 1] });
}

function gather(
  plane: Plane,
  channel: NonNullable<PlaneOptions['channel']>,
): { data: TypedArray; width: number; height: number } {
  if (typeof plane !== 'object' || plane === null) throw notAPlane(plane);
  if (Array.isArray(plane)) return fromRows(plane as readonly ArrayLike<number>[]);
  if ('shape' in plane) return fromNdArray(plane);
  if ('width' in plane && 'height' in plane && 'data' in plane) return fromPixels(plane, channel);
  throw notAPlane(plane);
}

function fromRows(rows: readonly ArrayLike<number>[]) {
  const height = rows.length;
  const width = rows[0]?.length ?? 0;
  const data = new Float64Array(width * height);
  rows.forEach((row, y) => {
    if (row.length !== width) {
      throw new InvalidArgumentError(
        'plane',
        row.length,
        `${width} numbers in row ${y}, as in row 0`,
      );
    }
    data.set(row, y * width);
  });
  return { data, width, height };
}

function fromNdArray(array: NdArray<TypedArray>) {
  if (array.shape.length !== 2) {
    throw new InvalidArgumentError('plane', array.shape, 'an NdArray of two axes: rows, columns');
  }
  const [height = 0, width = 0] = array.shape;
  const constructor = array.data.constructor as new (length: number) => TypedArray;
  const data = new constructor(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data[y * width + x] = array.get(y, x);
  }
  return { data, width, height };
}

function fromPixels(
  { data: pixels, width, height }: Pixels,
  channel: NonNullable<PlaneOptions['channel']>,
) {
  const count = width * height;
  if (pixels.length !== 4 * count) {
    throw new InvalidArgumentError(
      'plane',
      pixels.length,
      `4 components for each of ${width}×${height} pixels, as getImageData gives them`,
    );
  }
  if (channel !== 'luminance') {
    const first = CHANNELS.indexOf(channel);
    const data = Uint8Array.from({ length: count }, (_, k) => pixels[4 * k + first]);
    return { data, width, height };
  }
  const data = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    data[k] = 0.299 * pixels[4 * k] + 0.587 * pixels[4 * k + 1] + 0.114 * pixels[4 * k + 2];
  }
  return { data, width, height };
}

function notAPlane(found: unknown): InvalidArgumentError {
  return new InvalidArgumentError(
    'plane',
    found,
    'ImageData, rows of numbers, or an NdArray [rows, columns]',
  );
}
