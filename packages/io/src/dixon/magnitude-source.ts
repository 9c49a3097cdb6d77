import { gridOf, type Volume } from '@steatosis/core';
import type { MultiEcho } from '../multi-echo/multi-echo.js';
import { partsOf } from './check-echoes.js';
import { rootMeanSquare } from './root-mean-square.js';

/** Reads the magnitudes of single voxels, from magnitudes or from complex echoes, whatever the memory layout. */
export class MagnitudeSource {
  readonly #echoes: number;
  readonly #size: readonly [number, number, number];
  readonly #parts: readonly Volume<Float32Array>[];

  constructor(multiEcho: MultiEcho) {
    this.#parts = Object.values(partsOf(multiEcho));
    this.#echoes = multiEcho.echoTimesMs.length;
    this.#size = gridOf(this.#parts[0]).size;
  }

  /** Root mean square of the magnitude over the echoes, voxel by voxel; NaN where an echo is not finite. */
  magnitude(): Float32Array {
    return rootMeanSquare(this.#parts);
  }

  /** Magnitudes of `voxels[from]` … `voxels[to − 1]`, one voxel after the other. */
  gather(voxels: Int32Array, from: number, to: number): Float32Array {
    const [nx, ny] = this.#size;
    const target = new Float32Array((to - from) * this.#echoes);
    for (const { data: array } of this.#parts) {
      const { data, offset, stride } = array;
      for (let i = from, out = 0; i < to; i++) {
        const x = voxels[i] % nx;
        const row = (voxels[i] - x) / nx;
        const y = row % ny;
        let at = offset + x * stride[0] + y * stride[1] + ((row - y) / ny) * stride[2];
        for (let k = 0; k < this.#echoes; k++, at += stride[3]) {
          target[out] = this.#parts.length > 1 ? Math.hypot(target[out], data[at]) : data[at];
          out++;
        }
      }
    }
    return target;
  }
}
