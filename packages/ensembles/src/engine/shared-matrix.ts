import type { DenseMatrix } from '../data/matrix.js';
import { canShareMemory } from './seat.js';

/** The matrix in memory that all threads see; as it is if it stands there already or threads cannot share memory. */
export function sharedMatrix<T extends Float32Array | Float64Array>(
  x: DenseMatrix<T>,
): DenseMatrix<T> {
  if (!canShareMemory() || x.data.buffer instanceof SharedArrayBuffer) return x;
  const Values = x.data.constructor as new (buffer: SharedArrayBuffer) => T;
  const data = new Values(new SharedArrayBuffer(x.data.byteLength));
  data.set(x.data);
  return { ...x, data };
}
