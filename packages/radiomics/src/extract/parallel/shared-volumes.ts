import { denseData, type TypedArray, type Vector3, type Volume, volumeLike } from '@steatosis/core';

/** A volume in memory that all workers share, where the platform lets them share any. */
export function toSharedMemory(volume: Volume): Volume {
  if (typeof SharedArrayBuffer !== 'function') return volume;
  const { data, offset, shape, stride } = volume.data;
  if (data.buffer instanceof SharedArrayBuffer) return volume;
  const [nx, ny, nz] = shape as Vector3;
  const [sx, sy, sz] = stride as Vector3;
  const make = data.constructor as new (buffer: SharedArrayBuffer) => TypedArray;
  const shared = new make(new SharedArrayBuffer(nx * ny * nz * data.BYTES_PER_ELEMENT));
  if (sx !== 1) {
    shared.set(denseData(volume));
    return volumeLike(volume, shared);
  }
  let to = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++, to += nx) {
      const from = offset + y * sy + z * sz;
      shared.set(data.subarray(from, from + nx), to);
    }
  }
  return volumeLike(volume, shared);
}
