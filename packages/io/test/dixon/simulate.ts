import { fatSpectra, type SpectrumName } from '../../src/index.js';
import type { Acquisition } from './fixtures.js';

export interface Voxel {
  water: number;
  fat: number;
  r2star: number;
  fieldHz: number;
  phase: number;
}

/** Echoes (re, im, …) of one voxel, written from the formula of the model and not from its code. */
export function echoesOf(
  voxel: Voxel,
  { echoTimesMs, fieldStrengthT }: Acquisition,
  spectrum: SpectrumName = 'hamilton9',
): number[] {
  const { ppm, amplitudes } = fatSpectra[spectrum];
  const total = amplitudes.reduce((a, b) => a + b);
  return echoTimesMs.flatMap((ms) => {
    const t = ms / 1000;
    let re = voxel.water;
    let im = 0;
    ppm.forEach((shift, p) => {
      const angle = 2 * Math.PI * 42.577478518 * fieldStrengthT * (shift - 4.7) * t;
      re += (voxel.fat * amplitudes[p] * Math.cos(angle)) / total;
      im += (voxel.fat * amplitudes[p] * Math.sin(angle)) / total;
    });
    const decay = Math.exp(-voxel.r2star * t);
    const angle = voxel.phase + 2 * Math.PI * voxel.fieldHz * t;
    return [
      decay * (re * Math.cos(angle) - im * Math.sin(angle)),
      decay * (re * Math.sin(angle) + im * Math.cos(angle)),
    ];
  });
}
