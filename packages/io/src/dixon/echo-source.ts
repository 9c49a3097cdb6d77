import { gridOf, type Volume } from '@steatosis/core';
import type { ComplexMultiEcho } from '../multi-echo/multi-echo.js';
import type { EchoCorrections } from './calibration/echo-corrections.js';
import { rootMeanSquare } from './root-mean-square.js';

/**
 * Reads the echoes of single voxels, whatever the memory layout, conjugated where precession is −1 and
 * freed from acquisition errors where these are known.
 */
export class EchoSource {
  readonly echoes: number;
  readonly size: readonly [number, number, number];
  readonly #real: Volume<Float32Array>;
  readonly #imaginary: Volume<Float32Array>;
  readonly #sign: 1 | -1;
  readonly #corrections: EchoCorrections | undefined;

  constructor(
    { real, imaginary, echoTimesMs }: ComplexMultiEcho,
    precession: 1 | -1,
    corrections?: EchoCorrections,
  ) {
    this.echoes = echoTimesMs.length;
    this.size = gridOf(real).size;
    this.#real = real;
    this.#imaginary = imaginary;
    this.#sign = precession;
    this.#corrections = corrections;
  }

  /** Root mean square of the magnitude over the echoes, voxel by voxel; NaN where an echo is not finite. */
  magnitude(): Float32Array {
    return rootMeanSquare([this.#real, this.#imaginary]);
  }

  /** Echoes (re, im, re, im, …) of `voxels[from]` … `voxels[to − 1]`, one voxel after the other. */
  gather(voxels: Int32Array, from: number, to: number): Float32Array {
    const [nx, ny] = this.size;
    const count = this.echoes;
    const target = new Float32Array((to - from) * count * 2);
    const sign = this.#sign;
    const { data: re, offset: reOffset, stride: reStride } = this.#real.data;
    const { data: im, offset: imOffset, stride: imStride } = this.#imaginary.data;
    for (let i = from, out = 0; i < to; i++) {
      const voxel = voxels[i];
      const x = voxel % nx;
      const row = (voxel - x) / nx;
      const y = row % ny;
      const z = (row - y) / ny;
      let r = reOffset + x * reStride[0] + y * reStride[1] + z * reStride[2];
      let m = imOffset + x * imStride[0] + y * imStride[1] + z * imStride[2];
      for (let k = 0; k < count; k++, r += reStride[3], m += imStride[3]) {
        target[out++] = re[r];
        target[out++] = sign * im[m];
      }
      this.#corrections?.apply(target, out - 2 * count, count, x, y, z);
    }
    return target;
  }
}
