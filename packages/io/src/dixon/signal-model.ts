import { InvalidArgumentError } from '@steatosis/core';
import { type FatSpectrum, GYROMAGNETIC_HZ_PER_T, WATER_PPM } from './spectra.js';

/** What the signal model depends on, as plain data that can be sent to a worker. */
export interface ModelParameters {
  /** Echo times in ms, ascending. */
  echoTimesMs: readonly number[];
  fieldStrengthT: number;
  /** Peaks with amplitudes that sum to 1. */
  spectrum: FatSpectrum;
}

/**
 * `s(t) = (W + F·c(t)) · exp(iφ) · exp(i 2π fB t) · exp(−R2* t)` with the fat phasor
 * `c(t) = Σ a_p exp(i 2π f_p t)`, `f_p = γ/2π · B0 · (ppm_p − 4.70) · 1e-6`.
 */
export interface SignalModel {
  /** Echo times in s. */
  timesS: Float64Array;
  /** Real and imaginary part of the fat phasor at each echo. */
  fatReal: Float64Array;
  fatImaginary: Float64Array;
  /** The distinct time steps between echoes in s (the first one starts at 0) … */
  steps: Float64Array;
  /** … and which of them leads to each echo. */
  stepOfEcho: Uint8Array;
  /** Period of the field map in Hz, 1/ΔTE; `Infinity` for unevenly spaced echoes. */
  periodHz: number;
}

/** Echo times nearer than this share of the spacing to an even grid count as evenly spaced. */
const EVEN_WITHIN = 0.01;

/** Steps that differ less than this share share one exponential. */
const SAME_STEP_WITHIN = 1e-9;

/** Unevenly spaced echoes may differ in spacing so much: the smallest one sets the fields to search. */
const LONGEST_PER_SPACING = 256;

/** Below this determinant of the normalised water–fat Gram matrix the two cannot be told apart. */
const SMALLEST_DETERMINANT = 1e-4;

/**
 * Set up the model for one acquisition.
 *
 * @throws InvalidArgumentError when the echo times cannot tell fat from water
 */
export function createSignalModel(parameters: ModelParameters): SignalModel {
  const { echoTimesMs, fieldStrengthT, spectrum } = parameters;
  const count = echoTimesMs.length;
  const timesS = Float64Array.from(echoTimesMs, (ms) => ms * 1e-3);
  const fatReal = new Float64Array(count);
  const fatImaginary = new Float64Array(count);
  const hzPerPpm = GYROMAGNETIC_HZ_PER_T * fieldStrengthT * 1e-6;
  for (let k = 0; k < count; k++) {
    for (let p = 0; p < spectrum.ppm.length; p++) {
      const phase = 2 * Math.PI * hzPerPpm * (spectrum.ppm[p] - WATER_PPM) * timesS[k];
      fatReal[k] += spectrum.amplitudes[p] * Math.cos(phase);
      fatImaginary[k] += spectrum.amplitudes[p] * Math.sin(phase);
    }
  }
  requireContrast(parameters, fatReal, fatImaginary);
  const spacing = (timesS[count - 1] - timesS[0]) / (count - 1);
  const unevenness = Math.max(
    ...timesS.map((t, k) => Math.abs(t - timesS[0] - k * spacing) / spacing),
  );
  const periodHz = unevenness <= EVEN_WITHIN ? 1 / spacing : Number.POSITIVE_INFINITY;
  if (!Number.isFinite(periodHz)) requireComparableSpacings(echoTimesMs);
  return {
    timesS,
    fatReal,
    fatImaginary,
    ...distinctSteps(timesS),
    periodHz,
  };
}

/** Water is the constant 1 at every echo; fat that is (nearly) constant too looks the same. */
function requireContrast(
  { echoTimesMs, fieldStrengthT }: ModelParameters,
  fatReal: Float64Array,
  fatImaginary: Float64Array,
): void {
  let re = 0;
  let im = 0;
  let square = 0;
  for (let k = 0; k < fatReal.length; k++) {
    re += fatReal[k];
    im += fatImaginary[k];
    square += fatReal[k] ** 2 + fatImaginary[k] ** 2;
  }
  const determinant = 1 - (re * re + im * im) / (fatReal.length * square);
  if (!(determinant > SMALLEST_DETERMINANT)) {
    throw new InvalidArgumentError(
      'echoTimesMs',
      echoTimesMs,
      `echo times at which fat and water differ in phase; at ${fieldStrengthT} T the fat spectrum ` +
        'looks the same at all of these (check fieldStrengthT and that the times are in ms)',
    );
  }
}

function requireComparableSpacings(echoTimesMs: readonly number[]): void {
  const spacings = echoTimesMs.slice(1).map((time, k) => time - echoTimesMs[k]);
  const longest = echoTimesMs[echoTimesMs.length - 1] - echoTimesMs[0];
  if (longest > LONGEST_PER_SPACING * Math.min(...spacings)) {
    throw new InvalidArgumentError(
      'echoTimesMs',
      echoTimesMs,
      `echoes no closer than 1/${LONGEST_PER_SPACING} of the time from the first to the last one`,
    );
  }
}

function distinctSteps(timesS: Float64Array): Pick<SignalModel, 'steps' | 'stepOfEcho'> {
  const steps: number[] = [];
  const stepOfEcho = Uint8Array.from(timesS, (time, k) => {
    const step = time - (k > 0 ? timesS[k - 1] : 0);
    const known = steps.findIndex((s) => Math.abs(s - step) <= SAME_STEP_WITHIN * step);
    return known >= 0 ? known : steps.push(step) - 1;
  });
  return { steps: Float64Array.from(steps), stepOfEcho };
}

/** The difference of two field values brought into ±half a period. */
export function wrapHz(differenceHz: number, periodHz: number): number {
  return periodHz === Number.POSITIVE_INFINITY
    ? differenceHz
    : differenceHz - periodHz * Math.round(differenceHz / periodHz);
}
