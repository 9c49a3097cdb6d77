import { gridOf, InvalidArgumentError, sameGridOrThrow, type Volume } from '@steatosis/core';
import type { ComplexMultiEcho, MultiEcho } from '../multi-echo/multi-echo.js';
import { PhaseMissingError, UnusableEchoesError } from './errors.js';

/** No magnet for people or animals is stronger; more is gauss. */
const HIGHEST_FIELD_T = 30;

/** One more than the smallest number of echoes with which all unknowns could just be solved. */
const FEWEST_ECHOES = 4;

/** Most echoes that are taken: more than any Dixon protocol has. */
const MOST_ECHOES = 64;

/**
 * Check that a multi-echo acquisition can be separated.
 *
 * @throws PhaseMissingError when it holds magnitudes only
 * @throws UnusableEchoesError when the volumes do not fit the echo times or there are too few echoes
 * @throws InvalidArgumentError when echo times or field strength are impossible
 */
export function requireComplexEchoes(multiEcho: MultiEcho): ComplexMultiEcho {
  if (multiEcho.real === undefined || multiEcho.imaginary === undefined) {
    if (multiEcho.magnitude !== undefined) throw new PhaseMissingError();
    throw new InvalidArgumentError(
      'multiEcho',
      Object.keys(multiEcho),
      'real and imaginary volumes of shape [x, y, z, echo]',
    );
  }
  const { real, imaginary, echoTimesMs, fieldStrengthT } = multiEcho;
  if (!(fieldStrengthT > 0 && fieldStrengthT <= HIGHEST_FIELD_T)) {
    throw new InvalidArgumentError(
      'fieldStrengthT',
      fieldStrengthT,
      'the field in tesla, > 0 and at most 30 (15000 gauss are 1.5 T)',
    );
  }
  const ascending = echoTimesMs.every(
    (t, k) => Number.isFinite(t) && t > (k > 0 ? echoTimesMs[k - 1] : -Number.MIN_VALUE),
  );
  if (!ascending) {
    throw new InvalidArgumentError(
      'echoTimesMs',
      echoTimesMs,
      'ascending times in ms, the first ≥ 0',
    );
  }
  const count = echoTimesMs.length;
  if (count < FEWEST_ECHOES || count > MOST_ECHOES) {
    throw new UnusableEchoesError(
      `${count} echoes were given; water, fat, phase, field and R2* need ` +
        `${FEWEST_ECHOES} to ${MOST_ECHOES}.`,
    );
  }
  sameGridOrThrow(real, imaginary, 'real part', 'imaginary part');
  for (const [name, { data }] of Object.entries({ real, imaginary })) {
    if (data.shape.length !== 4 || data.shape[3] !== count) {
      throw new UnusableEchoesError(
        `The ${name} volume has the shape ${data.shape.join('×')}; expected [x, y, z, ${count}] ` +
          `for ${count} echo times.`,
      );
    }
  }
  return multiEcho;
}

/** Reads the echoes of single voxels, whatever the memory layout, conjugated where precession is −1. */
export class EchoSource {
  readonly echoes: number;
  readonly size: readonly [number, number, number];
  readonly #real: Volume<Float32Array>;
  readonly #imaginary: Volume<Float32Array>;
  readonly #sign: 1 | -1;

  constructor({ real, imaginary, echoTimesMs }: ComplexMultiEcho, precession: 1 | -1) {
    this.echoes = echoTimesMs.length;
    this.size = gridOf(real).size;
    this.#real = real;
    this.#imaginary = imaginary;
    this.#sign = precession;
  }

  /** Root mean square of the magnitude over the echoes, voxel by voxel; NaN where an echo is not finite. */
  magnitude(): Float32Array {
    const [nx, ny, nz] = this.size;
    const sum = new Float64Array(nx * ny * nz);
    for (const { data: array } of [this.#real, this.#imaginary]) {
      const { data, offset, stride } = array;
      for (let k = 0; k < this.echoes; k++) {
        for (let z = 0, i = 0; z < nz; z++) {
          for (let y = 0; y < ny; y++) {
            let at = offset + y * stride[1] + z * stride[2] + k * stride[3];
            for (let x = 0; x < nx; x++, i++, at += stride[0]) sum[i] += data[at] * data[at];
          }
        }
      }
    }
    const magnitude = new Float32Array(sum.length);
    for (let i = 0; i < sum.length; i++) magnitude[i] = Math.sqrt(sum[i] / this.echoes);
    return magnitude;
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
    }
    return target;
  }
}
