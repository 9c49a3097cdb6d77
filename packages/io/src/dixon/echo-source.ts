import { gridOf, type Volume } from '@steatosis/core';
import type { ComplexMultiEcho } from '../multi-echo/multi-echo.js';
import type { EchoCorrections } from './calibration/echo-corrections.js';
import { type EchoPlane, type EchoRun, interleavedRun } from './echo-run.js';
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

  /**
   * Where to read the echoes of `voxels[from]` … `voxels[to − 1]`: in place, where whoever reads can see
   * this memory, else in a copy of these voxels alone.
   *
   * @param elsewhere whether another thread will read
   */
  run(voxels: Int32Array, from: number, to: number, elsewhere: boolean): EchoRun {
    const real = planeOf(this.#real);
    const imaginary = planeOf(this.#imaginary);
    const visible = !elsewhere || (isShared(real) && isShared(imaginary));
    if (this.#corrections || !visible) {
      return interleavedRun(this.gather(voxels, from, to), this.echoes);
    }
    const [nx, ny] = this.size;
    return { real, imaginary, sign: this.#sign, nx, ny, voxels: voxels.slice(from, to) };
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

function planeOf({ data: { data, offset, stride } }: Volume<Float32Array>): EchoPlane {
  return { data, offset, stride: [...stride] };
}

/** Browsers have shared memory on isolated pages only. */
function isShared({ data }: EchoPlane): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && data.buffer instanceof SharedArrayBuffer;
}
