import {
  createRandom,
  denseData,
  InvalidArgumentError,
  sameGridOrThrow,
  type TypedArray,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import type { ComplexMultiEcho } from '../multi-echo/multi-echo.js';
import { checkedOptions } from '../options.js';
import { checkAcquisition, fatPhasors, type SimulatedAcquisition } from './acquisition.js';
import { defaultRelaxationTimes, fatGain, type RelaxationTimes } from './t1-weighting.js';

/**
 * One property of the tissue, voxel by voxel: a volume `[x, y, z]` on the grid of `m0`, as many numbers
 * with the first axis fastest, or one number for all voxels.
 */
export type TissueMap = Volume | TypedArray | number;

/** What lies in the scanner. Voxels whose `m0` is 0 are air; their other properties are ignored. */
export interface SimulatedTissue {
  /** Water plus fat signal at echo time 0, ≥ 0, in any unit; `[x, y, z]`. */
  m0: Volume;
  /** Proton density fat fraction, 0 … 100 %. */
  pdffPercent: TissueMap;
  /** One decay rate for water and fat in 1/s, ≥ 0. */
  r2starPerSecond: TissueMap;
  /** Deviation of the main field in Hz of protons. */
  fieldMapHz: TissueMap;
  /** Phase at echo time 0 in rad. Default 0. */
  phaseRad?: TissueMap | undefined;
}

/** Options of {@link simulateMultiEcho}. */
export interface SimulateMultiEchoOptions {
  /**
   * `referenceSignal` over the standard deviation of the noise in the real, and in the imaginary, channel;
   * > 0. Default `Infinity`: no noise.
   */
  snr?: number | undefined;
  /** An integer; needed with a finite `snr`, ignored without noise. */
  seed?: number | undefined;
  /** The signal to which `snr` refers, in the unit of `m0`. Default 1. Ignored without noise. */
  referenceSignal?: number | undefined;
  /**
   * Brighten fat against water as a spoiled gradient echo of this flip angle and TR does: `true` for the
   * T1 of liver water and fat at this field (586/343 ms at 1.5 T), or the two T1 in ms. The signal of
   * water is left as it is: the factor that water and fat share is receiver gain. Default `false`.
   */
  t1Weighting?: boolean | RelaxationTimes | undefined;
}

/**
 * The complex echoes that a spoiled multi-echo gradient-echo scan of a tissue gives.
 *
 * Per voxel `S(t) = (W + F Σ a_p exp(i 2π f_p t)) exp(iφ) exp(i 2π fB t) exp(−R2* t)` with
 * `F = m0·PDFF/100`, `W = m0 − F`, `f_p = γ/2π · B0 · (ppm_p − 4.70)·1e-6` (the main fat peak lies at −217 Hz at
 * 1.5 T), plus Gaussian noise of SD `referenceSignal / snr` in both channels, in air too.
 *
 * @returns echoes `[x, y, z, echo]` on the grid of `m0`
 * @throws InvalidArgumentError for maps of another size, values out of range or an impossible acquisition;
 * GridMismatchError for a map on another grid
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { paperAcquisition, simulateMultiEcho } from '@steatosis/io';
 *
 * const m0 = createVolume(new Float32Array([1]), [1, 1, 1]);
 * const tissue = { m0, pdffPercent: 20, r2starPerSecond: 30, fieldMapHz: 0 };
 * const { real } = simulateMultiEcho(tissue, paperAcquisition);
 * console.log(Array.from(real.data.data, (v) => v.toFixed(3)).join(' ')); // 0.797 0.599 0.716 0.837 0.692 0.547
 * ```
 */
export function simulateMultiEcho(
  tissue: SimulatedTissue,
  acquisition: SimulatedAcquisition,
  options: SimulateMultiEchoOptions = {},
): ComplexMultiEcho {
  const { snr, seed, referenceSignal, t1Weighting } = checkedOptions('simulateMultiEcho', options, [
    'snr',
    'seed',
    'referenceSignal',
    't1Weighting',
  ]);
  checkAcquisition(acquisition);
  const noiseSd = noiseLevel(snr ?? Infinity, referenceSignal ?? 1);
  if (noiseSd > 0 && seed === undefined) {
    throw new InvalidArgumentError('seed', seed, 'an integer, since a finite snr asks for noise');
  }
  const gain =
    t1Weighting === undefined || t1Weighting === false
      ? 1
      : fatGain(
          acquisition,
          t1Weighting === true ? defaultRelaxationTimes(acquisition.fieldStrengthT) : t1Weighting,
        );
  const [nx, ny, nz] = tissue.m0.data.shape;
  const echoes = acquisition.echoTimesMs.length;
  const re = new Float32Array(nx * ny * nz * echoes);
  const im = new Float32Array(re.length);
  addSignal(re, im, tissue, acquisition, gain);
  if (noiseSd > 0) {
    addNoise(re, seed!, 'real', noiseSd);
    addNoise(im, seed!, 'imaginary', noiseSd);
  }
  return {
    real: volumeLike(tissue.m0, re, echoes),
    imaginary: volumeLike(tissue.m0, im, echoes),
    echoTimesMs: [...acquisition.echoTimesMs],
    fieldStrengthT: acquisition.fieldStrengthT,
    flipAngleDeg: acquisition.flipAngleDeg,
    repetitionTimeMs: acquisition.repetitionTimeMs,
  };
}

function noiseLevel(snr: number, referenceSignal: number): number {
  if (!(snr > 0)) throw new InvalidArgumentError('snr', snr, 'a number > 0, or Infinity');
  if (!(referenceSignal > 0 && referenceSignal < Infinity)) {
    throw new InvalidArgumentError('referenceSignal', referenceSignal, 'a finite number > 0');
  }
  return referenceSignal / snr;
}

function addSignal(
  re: Float32Array,
  im: Float32Array,
  tissue: SimulatedTissue,
  acquisition: SimulatedAcquisition,
  fatGain: number,
): void {
  const m0 = denseData(tissue.m0);
  const pdff = voxelsOf(tissue, 'pdffPercent');
  const r2star = voxelsOf(tissue, 'r2starPerSecond');
  const field = voxelsOf(tissue, 'fieldMapHz');
  const phase = voxelsOf(tissue, 'phaseRad');
  const timesS = acquisition.echoTimesMs.map((ms) => ms * 1e-3);
  const fat = fatPhasors(acquisition);
  const voxels = m0.length;
  for (let v = 0; v < voxels; v++) {
    if (m0[v] === 0) continue;
    const share = pdff.length === 1 ? pdff[0] : pdff[v];
    const rate = r2star.length === 1 ? r2star[0] : r2star[v];
    const turn = 2 * Math.PI * (field.length === 1 ? field[0] : field[v]);
    const start = phase.length === 1 ? phase[0] : phase[v];
    if (!(m0[v] > 0 && share >= 0 && share <= 100 && rate >= 0 && Number.isFinite(turn + start))) {
      throw impossibleVoxel(v, m0[v], share, rate, turn / (2 * Math.PI), start);
    }
    const fatSignal = m0[v] * share * 0.01;
    const water = m0[v] - fatSignal;
    for (let k = 0, at = v; k < timesS.length; k++, at += voxels) {
      const decay = Math.exp(-rate * timesS[k]);
      const angle = start + turn * timesS[k];
      const a = decay * (water + fatGain * fatSignal * fat.re[k]);
      const b = decay * fatGain * fatSignal * fat.im[k];
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      re[at] = a * cos - b * sin;
      im[at] = a * sin + b * cos;
    }
  }
}

function addNoise(data: Float32Array, seed: number, channel: string, sd: number): void {
  const random = createRandom(seed).split('noise').split(channel);
  for (let i = 0; i < data.length; i++) data[i] += sd * random.normal();
}

/** One number a voxel, or a single number for all. */
function voxelsOf(
  tissue: SimulatedTissue,
  name: Exclude<keyof SimulatedTissue, 'm0'>,
): ArrayLike<number> {
  const map = tissue[name] ?? 0;
  if (typeof map === 'number') return [map];
  if (!ArrayBuffer.isView(map)) {
    sameGridOrThrow(tissue.m0, map, 'm0', name);
    return denseData(map);
  }
  if (map.length !== tissue.m0.data.size) {
    throw new InvalidArgumentError(
      name,
      map,
      `${tissue.m0.data.size} numbers as m0 has, or one number; it has ${map.length}`,
    );
  }
  return map;
}

function impossibleVoxel(
  voxel: number,
  m0: number,
  pdffPercent: number,
  r2starPerSecond: number,
  fieldMapHz: number,
  phaseRad: number,
): InvalidArgumentError {
  return new InvalidArgumentError(
    `tissue at voxel ${voxel}`,
    `m0 ${m0}, PDFF ${pdffPercent} %, R2* ${r2starPerSecond} /s, field ${fieldMapHz} Hz, phase ${phaseRad} rad`,
    'm0 ≥ 0, PDFF 0 … 100 %, R2* ≥ 0, finite field and phase',
  );
}
