import {
  denseData,
  firstAxisFastest,
  type TypedArray,
  type Vector3,
  type Volume,
} from '@steatosis/core';
import ndarray from 'ndarray';

/** A volume as plain data: structured clone would drop the methods of its `NdArray`. */
export interface PortableVolume {
  data: TypedArray;
  shape: number[];
  stride: number[];
  offset: number;
  spacing: Vector3;
  origin: Vector3;
  direction: readonly number[];
}

/**
 * What goes to a worker in place of a volume: the voxels of the volume and no others, or, where they lie in
 * shared memory, the memory itself.
 */
export function toPortable(volume: Volume): PortableVolume {
  const { spacing, origin, direction } = volume;
  const { data, shape, stride, offset } = inSharedMemory(volume) ? volume.data : compact(volume);
  return { data, shape: [...shape], stride: [...stride], offset, spacing, origin, direction };
}

export function fromPortable(portable: PortableVolume): Volume {
  const { data, shape, stride, offset, spacing, origin, direction } = portable;
  return { data: ndarray(data, shape, stride, offset), spacing, origin, direction };
}

function inSharedMemory({ data }: Volume): boolean {
  return typeof SharedArrayBuffer === 'function' && data.data.buffer instanceof SharedArrayBuffer;
}

/** The voxels in an array that spans its buffer: a view would take its whole buffer along. */
function compact(volume: Volume): Volume['data'] {
  const dense = denseData(volume);
  const whole = dense.byteLength === dense.buffer.byteLength;
  const { shape } = volume.data;
  return ndarray(whole ? dense : dense.slice(), shape, firstAxisFastest(shape));
}
