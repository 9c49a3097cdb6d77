import { createRandom, volumeLike } from '@steatosis/core';
import {
  type ComplexMultiEcho,
  simulateCohort,
  simulateMultiEcho,
  type SimulatedPatient,
  type TissueMap,
  type WaterFatMaps,
} from '../../src/index.js';
import { TISSUE } from '../../src/simulate/anatomy/tissues.js';

/** Errors at a place, in coordinates from −1 to 1 across the grid. */
export type ErrorsAt = (
  x: number,
  y: number,
  z: number,
) => { bipolar?: number; first?: number; amplitude?: number };

/** Echoes as a scanner with these errors gives them, written from their definition. */
export function withErrors(multiEcho: ComplexMultiEcho, errorsAt: ErrorsAt): ComplexMultiEcho {
  const [nx, ny, nz, count] = multiEcho.real.data.shape;
  const real = new Float32Array(nx * ny * nz * count);
  const imaginary = new Float32Array(real.length);
  const coordinate = (i: number, n: number) => (n > 1 ? (2 * i) / (n - 1) - 1 : 0);
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) {
        const errors = errorsAt(coordinate(x, nx), coordinate(y, ny), coordinate(z, nz));
        for (let k = 0; k < count; k++) {
          const sign = k % 2 === 0 ? 1 : -1;
          const phase = sign * (errors.bipolar ?? 0) + (k === 0 ? (errors.first ?? 0) : 0);
          const size = 1 + sign * (errors.amplitude ?? 0);
          const at = x + nx * (y + ny * (z + nz * k));
          const re = multiEcho.real.data.get(x, y, z, k);
          const im = multiEcho.imaginary.data.get(x, y, z, k);
          real[at] = size * (re * Math.cos(phase) - im * Math.sin(phase));
          imaginary[at] = size * (re * Math.sin(phase) + im * Math.cos(phase));
        }
      }
    }
  }
  return {
    ...multiEcho,
    real: volumeLike(multiEcho.real, real, count),
    imaginary: volumeLike(multiEcho.imaginary, imaginary, count),
  };
}

/** Noise of this SD in the real and imaginary part of every echo. */
function withNoise(multiEcho: ComplexMultiEcho, sd: number, seed: number): ComplexMultiEcho {
  const count = multiEcho.echoTimesMs.length;
  const noisy = (part: 'real' | 'imaginary') => {
    const random = createRandom(seed).split(part);
    const volume = multiEcho[part];
    const data = Float32Array.from(volume.data.data, (value) => value + sd * random.normal());
    return volumeLike(volume, data, count);
  };
  return { ...multiEcho, real: noisy('real'), imaginary: noisy('imaginary') };
}

/** How a simulated patient is scanned. */
export interface ScanProtocol {
  fieldStrengthT: number;
  echoTimesMs: number[];
  flipAngleDeg: number;
  repetitionTimeMs: number;
  /** T1 in ms. */
  t1: { waterMs: number; fatMs: number };
  /** Signal of liver at echo time 0 over the SD of the noise. */
  snr: number;
  errorsAt: ErrorsAt;
  seed: number;
}

/** A scan with what is true in its voxels. */
export interface Scan {
  multiEcho: ComplexMultiEcho;
  pdffPercent: Float32Array;
  /** Voxels that count: all tissue with a signal. */
  mask: Uint8Array;
  liver: Uint8Array;
}

/** A patient of `simulateCohort`: six slices of 320 × 256 voxels. */
export async function simulatedPatient(seed: number): Promise<SimulatedPatient> {
  for await (const patient of simulateCohort({ patients: 1, seed })) return patient;
  throw new Error('no patient');
}

/** Scan every `step`-th voxel of a patient; the field grows with the magnet, R2* a little. */
export function scanOf({ truth }: SimulatedPatient, step: number, protocol: ScanProtocol): Scan {
  const [nx, ny, nz] = truth.m0.data.shape;
  const { spacing } = truth.m0;
  const size = [Math.ceil(nx / step), Math.ceil(ny / step), nz] as const;
  const pick = (map: SimulatedPatient['truth']['m0' | 'tissue']): Float32Array => {
    const thin = map.data.step(step, step, 1);
    const out = new Float32Array(size[0] * size[1] * size[2]);
    let at = 0;
    for (let z = 0; z < size[2]; z++) {
      for (let y = 0; y < size[1]; y++) {
        for (let x = 0; x < size[0]; x++) out[at++] = thin.get(x, y, z);
      }
    }
    return out;
  };
  const tissue = pick(truth.tissue);
  const signal = pick(truth.m0);
  const liver = Uint8Array.from(tissue, (kind) => (kind === TISSUE.liver ? 1 : 0));
  const liverSignal =
    signal.reduce((sum, m0, i) => sum + liver[i] * m0, 0) / liver.reduce((a, b) => a + b);
  const strength = protocol.fieldStrengthT / 1.5;
  const pdffPercent = pick(truth.pdffPercent);
  const m0 = {
    ...truth.m0,
    data: truth.m0.data.step(step, step, 1),
    spacing: [step * spacing[0], step * spacing[1], spacing[2]] as [number, number, number],
  };
  const tissueMaps: Record<'r2starPerSecond' | 'fieldMapHz' | 'phaseRad', TissueMap> = {
    r2starPerSecond: pick(truth.r2starPerSecond).map((r) => r * (0.5 + 0.5 * strength)),
    fieldMapHz: pick(truth.fieldMapHz).map((hz) => hz * strength),
    phaseRad: pick(truth.phaseRad),
  };
  const clean = simulateMultiEcho({ m0, pdffPercent, ...tissueMaps }, protocol, {
    t1Weighting: protocol.t1,
  });
  return {
    multiEcho: withNoise(
      withErrors(clean, protocol.errorsAt),
      liverSignal / protocol.snr,
      protocol.seed,
    ),
    pdffPercent,
    mask: Uint8Array.from(tissue, (kind) =>
      kind === TISSUE.air || kind === TISSUE.gas || kind === TISSUE.corticalBone ? 0 : 1,
    ),
    liver,
  };
}

/** Liver bias and SD of PDFF in %, and the share of swapped voxels (|ΔPDFF| > 40 %) in %. */
export function scoreOf(
  { pdffPercent: found }: Pick<WaterFatMaps, 'pdffPercent'>,
  truth: Pick<Scan, 'pdffPercent' | 'mask' | 'liver'>,
): { bias: number; sd: number; swapped: number } {
  let inside = 0;
  let swapped = 0;
  const liver: number[] = [];
  found.data.data.forEach((pdff, i) => {
    if (truth.mask[i] === 0) return;
    const error = pdff - truth.pdffPercent[i];
    inside++;
    if (Math.abs(error) > 40) swapped++;
    if (truth.liver[i] === 1) liver.push(error);
  });
  const bias = liver.reduce((a, b) => a + b) / liver.length;
  const sd = Math.sqrt(liver.reduce((sum, e) => sum + (e - bias) ** 2, 0) / liver.length);
  return { bias, sd, swapped: (100 * swapped) / inside };
}

/** Whether two arrays hold the same bits; quicker than to let the test library compare them. */
export function sameBits(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
