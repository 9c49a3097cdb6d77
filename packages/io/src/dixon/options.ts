import {
  InvalidArgumentError,
  type LongTaskOptions,
  sameGridOrThrow,
  type Volume,
} from '@steatosis/core';
import { checkedOptions } from '../options.js';
import { type FatSpectrum, resolveSpectrum, type SpectrumName } from './spectra.js';

/** Settings of {@link separateWaterFat}. */
export interface SeparateWaterFatOptions extends LongTaskOptions {
  /**
   * The fat spectrum: `'hamilton9'` (human liver fat, the default), `'ismrm6'` (ISMRM 2012 challenge)
   * or peaks of your own. Use the spectrum with which data were simulated to get the truth back.
   */
  spectrum?: SpectrumName | FatSpectrum | undefined;
  /**
   * Voxels to separate (≠ 0), on the grid of the echoes. Default: a threshold on the magnitude that
   * leaves out the background (see {@link MaskReport}). Outside the mask every map is 0.
   */
  mask?: Volume | undefined;
  /**
   * Whether water and fat share one phase at echo time 0 (5 unknowns). Default true: PDFF is signed, so
   * that a lean liver scatters around 0 instead of above it, and R2* is more precise. With false
   * (6 unknowns) water and fat are magnitudes and PDFF lies in 0 … 100.
   */
  commonPhase?: boolean | undefined;
  /**
   * A field map in Hz to start from, on the grid of the echoes and finite inside the mask. Each voxel is
   * refined from there, in the valley of the residual in which it lies; candidates and the smoothness
   * prior are skipped. Default: none, the field map is found from the echoes.
   */
  initialFieldMapHz?: Volume | undefined;
  /**
   * Sense of precession in the data: 1 (default) for a signal ∝ exp(+i 2π fB t), with the main fat peak
   * at negative frequency; −1 for its complex conjugate. The wrong sign swaps water and fat or leaves a
   * large residual. `fieldMapHz` is positive where the field is higher, for both.
   */
  precession?: 1 | -1 | undefined;
  /**
   * Weight μ ≥ 0 of the smoothness prior on the field map. Default 0.01. 0 makes every voxel its own
   * judge; larger values bridge noisier regions but smear steep fields (0.1 swaps whole organs where
   * the field changes fast). Ignored when `initialFieldMapHz` is given.
   */
  smoothness?: number | undefined;
}

/** Defaults of {@link SeparateWaterFatOptions}. */
export const separationDefaults = {
  spectrum: 'hamilton9',
  commonPhase: true,
  precession: 1,
  smoothness: 0.01,
  workers: 0,
} as const satisfies SeparateWaterFatOptions;

const KNOWN: readonly (keyof SeparateWaterFatOptions)[] = [
  'spectrum',
  'mask',
  'commonPhase',
  'initialFieldMapHz',
  'precession',
  'smoothness',
  'workers',
  'signal',
  'onProgress',
];

/** Options with defaults filled in and checked. */
export interface ResolvedOptions extends LongTaskOptions {
  spectrumName: SpectrumName | 'custom';
  spectrum: FatSpectrum;
  mask: Volume | undefined;
  commonPhase: boolean;
  initialFieldMapHz: Volume | undefined;
  precession: 1 | -1;
  smoothness: number;
  workers: number;
}

/**
 * Check options at the door.
 *
 * @throws InvalidArgumentError for an option that does not exist or has an impossible value
 * @throws GridMismatchError when mask or field map lie on another grid than the echoes
 */
export function resolveOptions(options: SeparateWaterFatOptions, echoes: Volume): ResolvedOptions {
  checkedOptions('separateWaterFat', options, KNOWN);
  for (const name of KNOWN) {
    if (options[name] === null) throw new InvalidArgumentError(name, null, 'a value or undefined');
  }
  const spectrum = options.spectrum ?? separationDefaults.spectrum;
  const commonPhase = options.commonPhase ?? separationDefaults.commonPhase;
  const precession = options.precession ?? separationDefaults.precession;
  const smoothness = options.smoothness ?? separationDefaults.smoothness;
  const workers = options.workers ?? separationDefaults.workers;
  if (typeof commonPhase !== 'boolean') {
    throw new InvalidArgumentError('commonPhase', commonPhase, 'true or false');
  }
  if (precession !== 1 && precession !== -1) {
    throw new InvalidArgumentError('precession', precession, '1 or -1');
  }
  if (!(smoothness >= 0 && Number.isFinite(smoothness))) {
    throw new InvalidArgumentError('smoothness', smoothness, 'a finite number ≥ 0');
  }
  return {
    spectrumName: typeof spectrum === 'string' ? spectrum : 'custom',
    spectrum: resolveSpectrum(spectrum),
    mask: onGrid(options.mask, echoes, 'mask'),
    commonPhase,
    initialFieldMapHz: onGrid(options.initialFieldMapHz, echoes, 'initialFieldMapHz'),
    precession,
    smoothness,
    workers,
    signal: options.signal,
    onProgress: options.onProgress,
  };
}

function onGrid(volume: Volume | undefined, echoes: Volume, name: string): Volume | undefined {
  if (volume === undefined) return undefined;
  if (volume.data?.shape.length !== 3) {
    throw new InvalidArgumentError(name, volume.data?.shape, 'a volume of shape [nx, ny, nz]');
  }
  sameGridOrThrow(echoes, volume, 'echoes', name);
  return volume;
}
