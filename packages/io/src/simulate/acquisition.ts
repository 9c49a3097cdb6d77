import { InvalidArgumentError } from '@steatosis/core';
import {
  type FatSpectrum,
  GYROMAGNETIC_HZ_PER_T,
  resolveSpectrum,
  type SpectrumName,
  WATER_PPM,
} from '../dixon/spectra.js';

/** How the simulated scanner measures. */
export interface SimulatedAcquisition {
  /** Echo times in ms, ascending, > 0. */
  echoTimesMs: readonly number[];
  /** Main field in T. */
  fieldStrengthT: number;
  /** Excitation flip angle in degrees; needed for T1 weighting. */
  flipAngleDeg?: number | undefined;
  /** Repetition time in ms; needed for T1 weighting. */
  repetitionTimeMs?: number | undefined;
  /** Peaks of fat. Default `'hamilton9'` (Hamilton et al., NMR Biomed 2011;24:784). */
  spectrum?: SpectrumName | FatSpectrum | undefined;
}

/**
 * The acquisition of Zhang et al. 2020: 1.5 T, six echoes at n × 1.15 ms, flip angle 5°, TR 10.3 ms.
 */
export const paperAcquisition = {
  echoTimesMs: [1.15, 2.3, 3.45, 4.6, 5.75, 6.9],
  fieldStrengthT: 1.5,
  flipAngleDeg: 5,
  repetitionTimeMs: 10.3,
  spectrum: 'hamilton9',
} as const satisfies SimulatedAcquisition;

/** @throws InvalidArgumentError when no scanner could measure like this */
export function checkAcquisition(acquisition: SimulatedAcquisition): void {
  const { echoTimesMs, fieldStrengthT, flipAngleDeg, repetitionTimeMs } = acquisition;
  const ascending = echoTimesMs.every(
    (te, k) => Number.isFinite(te) && te > (k === 0 ? 0 : echoTimesMs[k - 1]),
  );
  if (echoTimesMs.length === 0 || !ascending) {
    throw new InvalidArgumentError('echoTimesMs', echoTimesMs, 'ascending times > 0 in ms');
  }
  if (!(fieldStrengthT > 0 && fieldStrengthT < 25)) {
    throw new InvalidArgumentError('fieldStrengthT', fieldStrengthT, 'a field above 0, below 25 T');
  }
  if (flipAngleDeg !== undefined && !(flipAngleDeg > 0 && flipAngleDeg <= 90)) {
    throw new InvalidArgumentError('flipAngleDeg', flipAngleDeg, 'degrees above 0, at most 90');
  }
  if (repetitionTimeMs !== undefined && !(repetitionTimeMs > 0 && repetitionTimeMs < Infinity)) {
    throw new InvalidArgumentError('repetitionTimeMs', repetitionTimeMs, 'a time > 0 in ms');
  }
}

/** Signal of unit fat relative to on-resonant water at each echo: Σ a_p exp(i 2π f_p t). */
export function fatPhasors(acquisition: SimulatedAcquisition): { re: number[]; im: number[] } {
  const { echoTimesMs, fieldStrengthT, spectrum } = acquisition;
  const { ppm, amplitudes } = resolveSpectrum(spectrum ?? 'hamilton9');
  const angles = (timeMs: number): number[] =>
    ppm.map(
      (shift) =>
        2 * Math.PI * GYROMAGNETIC_HZ_PER_T * fieldStrengthT * (shift - WATER_PPM) * timeMs * 1e-9,
    );
  const sum = (wave: (angle: number) => number): number[] =>
    echoTimesMs.map((te) => angles(te).reduce((s, angle, p) => s + amplitudes[p] * wave(angle), 0));
  return { re: sum(Math.cos), im: sum(Math.sin) };
}
