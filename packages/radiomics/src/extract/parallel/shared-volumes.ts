import {
  type Box,
  cropVolume,
  denseData,
  type TypedArray,
  type Vector3,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import { findLabelBox } from '../../roi/find-box.js';
import type { PreparationStage } from '../prepare-case.js';

/** Image and mask cut to the box of a label. */
export function cutToLabel({ image, mask }: PreparationStage, label: number): PreparationStage {
  const { first, last } = findLabelBox(mask.data, label);
  const size = first.map((from, axis) => last[axis] - from + 1) as Vector3;
  const box: Box = { start: first, size };
  return { image: cropVolume(image, box), mask: cropVolume(mask, box) };
}

/** The same volume in memory that all workers share, where the platform lets them share any. */
export function inSharedMemory(volume: Volume): Volume {
  if (typeof SharedArrayBuffer !== 'function') return volume;
  const dense = denseData(volume);
  const make = dense.constructor as new (buffer: SharedArrayBuffer) => TypedArray;
  const shared = new make(new SharedArrayBuffer(dense.byteLength));
  shared.set(dense);
  return volumeLike(volume, shared);
}
