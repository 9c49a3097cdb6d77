import type { Vector3 } from '@steatosis/core';
import { ResampledTooLargeError } from '../errors.js';

/** Voxels that a resampled image may have: two gibibytes of `Float64Array`. */
const LARGEST = 2 ** 28;

/** @throws ResampledTooLargeError for a grid that memory should not be spent on */
export function expectAffordable(size: Vector3): void {
  if (!(size[0] * size[1] * size[2] <= LARGEST)) throw new ResampledTooLargeError(size, LARGEST);
}
