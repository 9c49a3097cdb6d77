import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createVolume, type TypedArray, type Vector3, type Volume } from '@steatosis/core';

/**
 * Read a gzipped NIfTI-1 file, little-endian, of the few types that reference images have. Only size and
 * spacing are read of its geometry: enough for features, which know no other.
 */
export function readNifti(path: string): Volume {
  const bytes = Uint8Array.from(gunzipSync(readFileSync(path)));
  const header = new DataView(bytes.buffer);
  const size = [42, 44, 46].map((at) => header.getInt16(at, true)) as Vector3;
  const spacing = [80, 84, 88].map((at) => header.getFloat32(at, true)) as Vector3;
  const offset = header.getFloat32(108, true);
  const slope = header.getFloat32(112, true);
  if (slope !== 0 && (slope !== 1 || header.getFloat32(116, true) !== 0)) {
    throw new Error(`${path} has scaled values`);
  }
  return createVolume(
    voxels(bytes.buffer.slice(offset), header.getInt16(70, true), size[0] * size[1] * size[2]),
    size,
    { spacing },
  );
}

function voxels(buffer: ArrayBuffer, type: number, count: number): TypedArray {
  switch (type) {
    case 2:
      return new Uint8Array(buffer, 0, count);
    case 4:
      return new Int16Array(buffer, 0, count);
    case 8:
      return new Int32Array(buffer, 0, count);
    case 16:
      return new Float32Array(buffer, 0, count);
    case 64:
      return new Float64Array(buffer, 0, count);
    default:
      throw new Error(`NIfTI type ${type} is not read here`);
  }
}
