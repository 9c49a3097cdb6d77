import { InvalidArgumentError } from '@steatosis/core';

/** A fat spectrum: where its peaks lie and how strong they are. */
export interface FatSpectrum {
  /** Chemical shift of each peak in ppm on the usual scale, on which water lies at 4.70 ppm. */
  ppm: readonly number[];
  /** Relative strength of each peak, ≥ 0; scaled to a sum of 1. */
  amplitudes: readonly number[];
}

/** Names of the built-in fat spectra. */
export type SpectrumName = 'hamilton9' | 'ismrm6';

/** Chemical shift of water in ppm to which the spectra refer. */
export const WATER_PPM = 4.7;

/** Gyromagnetic ratio of the proton over 2π in Hz per tesla. */
export const GYROMAGNETIC_HZ_PER_T = 42577478.518;

/**
 * The built-in fat spectra: `hamilton9`, nine peaks measured in human liver fat (Hamilton et al., NMR
 * Biomed 2011;24:784), and `ismrm6`, the six-peak model of the ISMRM 2012 water–fat challenge.
 */
export const fatSpectra: Readonly<Record<SpectrumName, FatSpectrum>> = {
  hamilton9: {
    ppm: [0.9, 1.3, 1.6, 2.02, 2.24, 2.75, 4.2, 5.19, 5.29],
    amplitudes: [0.088, 0.642, 0.058, 0.062, 0.058, 0.006, 0.039, 0.01, 0.037],
  },
  ismrm6: {
    ppm: [0.9, 1.3, 2.1, 2.76, 4.31, 5.3],
    // oxlint-disable-next-line oxc/approx-constant -- a published amplitude, not ln 2
    amplitudes: [0.087, 0.693, 0.128, 0.004, 0.039, 0.048],
  },
};

/**
 * The peaks that an option names or lists, with amplitudes that sum to 1.
 *
 * @throws InvalidArgumentError when the name is unknown or the lists describe no spectrum
 */
export function resolveSpectrum(spectrum: SpectrumName | FatSpectrum): FatSpectrum {
  const found = typeof spectrum === 'string' ? fatSpectra[spectrum] : spectrum;
  const expected =
    `${Object.keys(fatSpectra)
      .map((name) => `'${name}'`)
      .join(', ')} or { ppm, amplitudes } with one finite ppm and one amplitude ≥ 0 a peak, ` +
    'not all 0';
  if (typeof found !== 'object' || found === null) {
    throw new InvalidArgumentError('spectrum', spectrum, expected);
  }
  const { ppm, amplitudes } = found;
  const sum = Array.isArray(amplitudes) ? amplitudes.reduce((total, a) => total + a, 0) : 0;
  if (
    !Array.isArray(ppm) ||
    !Array.isArray(amplitudes) ||
    ppm.length !== amplitudes.length ||
    !ppm.every(Number.isFinite) ||
    !amplitudes.every((a) => a >= 0) ||
    !(sum > 0 && Number.isFinite(sum))
  ) {
    throw new InvalidArgumentError('spectrum', spectrum, expected);
  }
  return { ppm: [...ppm], amplitudes: amplitudes.map((a) => a / sum) };
}
