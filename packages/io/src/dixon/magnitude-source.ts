import { gridOf, type Volume } from '@steatosis/core';

/** Reads the magnitudes of single voxels, whatever the memory layout. */
export class MagnitudeSource {
  readonly size: readonly [number, number, number];
  readonly #magnitude: Volume<Float32Array>;

  constructor(magnitude: Volume<Float32Array>) {
    this.size = gridOf(magnitude).size;
    this.#magnitude = magnitude;
  }

  /** Magnitudes of `voxels[from]` … `voxels[to − 1]`, one voxel after the other. */
  gather(voxels: Int32Array, from: number, to: number): Float32Array {
    const [nx, ny] = this.size;
    const { data, offset, shape, stride } = this.#magnitude.data;
    const echoes = shape[3];
    const target = new Float32Array((to - from) * echoes);
    for (let i = from, out = 0; i < to; i++) {
      const x = voxels[i] % nx;
      const row = (voxels[i] - x) / nx;
      const y = row % ny;
      let at = offset + x * stride[0] + y * stride[1] + ((row - y) / ny) * stride[2];
      for (let k = 0; k < echoes; k++, at += stride[3]) target[out++] = data[at];
    }
    return target;
  }
}

/** Magnitudes of complex echoes (re, im, …). */
export function magnitudesOf(echoes: Float32Array): Float32Array {
  const magnitudes = new Float32Array(echoes.length / 2);
  for (let i = 0; i < magnitudes.length; i++) {
    const re = echoes[2 * i];
    const im = echoes[2 * i + 1];
    magnitudes[i] = Math.sqrt(re * re + im * im);
  }
  return magnitudes;
}
