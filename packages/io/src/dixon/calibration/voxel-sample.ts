import { createRandom, gridOf, type Vector3 } from '@steatosis/core';
import type { ComplexMultiEcho } from '../../multi-echo/multi-echo.js';
import { coordinate } from './acquisition-errors.js';
import { keptVoxels, stridesFor, thinned, thinnedIndex } from './thinned-grid.js';

/**
 * Places in a list of `count`, ascending: one drawn at random from each of `wanted` equal parts of the list,
 * always the same ones for the same count; all of them where there are no more than wanted.
 */
export function drawSample(count: number, wanted: number): Int32Array {
  if (count <= wanted) return Int32Array.from({ length: count }, (_, i) => i);
  const random = createRandom(1);
  return Int32Array.from({ length: wanted }, (_, i) => {
    const from = Math.floor((i * count) / wanted);
    return from + random.integer(Math.floor(((i + 1) * count) / wanted) - from);
  });
}

/** (x, y, z) from −1 to 1 across the grid, voxel by voxel. */
export function coordinatesOf(voxels: Int32Array, [nx, ny, nz]: Readonly<Vector3>): Float32Array {
  const coordinates = new Float32Array(3 * voxels.length);
  voxels.forEach((voxel, i) => {
    const x = voxel % nx;
    const row = (voxel - x) / nx;
    const y = row % ny;
    coordinates[3 * i] = coordinate(x, nx);
    coordinates[3 * i + 1] = coordinate(y, ny);
    coordinates[3 * i + 2] = coordinate((row - y) / ny, nz);
  });
  return coordinates;
}

/** The entries at `places` of a list of records of `width` numbers each. */
export function pickRecords(list: Float32Array, places: Int32Array, width: number): Float32Array {
  const picked = new Float32Array(width * places.length);
  places.forEach((place, i) => {
    picked.set(list.subarray(width * place, width * (place + 1)), width * i);
  });
  return picked;
}

/** A part of an acquisition that is small enough to be mapped several times. */
export interface Excerpt {
  /** Every n-th voxel of the echoes along each axis: views. */
  multiEcho: ComplexMultiEcho;
  /** These n. */
  strides: Vector3;
  /** Voxels to separate, as ascending indices of the excerpt's grid … */
  voxels: Int32Array;
  /** … and as places in the list of all voxels to separate. */
  places: Int32Array;
  /** (x, y, z) of each of these voxels from −1 to 1 across the whole grid. */
  coordinates: Float32Array;
}

/** Thin out an acquisition, unless that would leave fewer than `fewest` of its voxels. */
export function excerptOf(
  multiEcho: ComplexMultiEcho,
  voxels: Int32Array,
  fewest: number,
): Excerpt {
  const { size, spacing } = gridOf(multiEcho.real);
  let strides = stridesFor(voxels.length, size, spacing);
  let places = keptVoxels(voxels, size, strides);
  if (places.length < fewest) {
    strides = [1, 1, 1];
    places = Int32Array.from(voxels, (_, i) => i);
  }
  const kept = places.map((place) => voxels[place]);
  return {
    multiEcho: {
      ...multiEcho,
      real: thinned(multiEcho.real, strides),
      imaginary: thinned(multiEcho.imaginary, strides),
    },
    strides,
    voxels: kept.map((voxel) => thinnedIndex(voxel, size, strides)),
    places,
    coordinates: coordinatesOf(kept, size),
  };
}
