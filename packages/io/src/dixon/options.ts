import {
  InvalidArgumentError,
  type LongTaskOptions,
  sameGridOrThrow,
  type Volume,
} from '@steatosis/core';
import type { MultiEcho } from '../multi-echo/multi-echo.js';
import { checkedOptions, type ReadOptions } from '../options.js';
import { FEWEST_ECHOES } from './check-echoes.js';
import { PhaseMissingError, UnusableEchoesError } from './errors.js';
import { type FatSpectrum, resolveSpectrum, type SpectrumName } from './spectra.js';
import { resolveT1Correction, type T1CorrectionReport, type TissueT1 } from './t1-correction.js';

/** What {@link separateWaterFat} fits: see {@link SeparateWaterFatOptions.fit}. */
export type SeparationFit = 'complex' | 'magnitude' | 'mixed';

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
   * What is fitted. `'complex'`: every echo with its phase. `'mixed'`: the same, but of the first echo only
   * the magnitude counts, since eddy currents turn its phase most; from 4 echoes on. `'magnitude'`: the
   * magnitudes, next to the solution with phases, which tells whether there is more water or more fat.
   * Default: `'complex'`; `'magnitude'` for echoes of which only magnitudes are known, where the fat
   * spectrum alone tells water from fat (see `report.limits`).
   */
  fit?: SeparationFit | undefined;
  /**
   * Whether the fit of magnitudes takes account of their noise floor (Rician likelihood), without which
   * R2* is too low where the signal decays into the noise. Default true: σ is `noiseSd`, or measured in the
   * air around the body; where there is neither, the fit is least squares and the report says so.
   * Ignored by the other fits: complex noise has no floor.
   */
  noiseFloor?: boolean | undefined;
  /**
   * SD of the noise in the real and imaginary part of an echo, in units of the echoes, > 0. Default: from
   * the residuals of all voxels (with `noiseFloor`: from the air around the body). The SD maps scale with it.
   */
  noiseSd?: number | undefined;
  /**
   * Whether water and fat share one phase at echo time 0 (5 unknowns). Default true: PDFF is signed, so
   * that a lean liver scatters around 0 instead of above it, and R2* is more precise. With false
   * (6 unknowns) water and fat are magnitudes and PDFF lies in 0 … 100. With 3 echoes always true, as the
   * report says. For `fit: 'magnitude'` it decides about the start only.
   */
  commonPhase?: boolean | undefined;
  /**
   * A field map in Hz to start from, on the grid of the echoes and finite inside the mask. Each voxel is
   * refined from there, in the valley of the residual in which it lies; candidates and the smoothness
   * prior are skipped. Default: none, the field map is found from the echoes. Ignored for
   * magnitudes without phases.
   */
  initialFieldMapHz?: Volume | undefined;
  /**
   * Sense of precession in the data: 1 (default) for a signal ∝ exp(+i 2π fB t), with the main fat peak
   * at negative frequency; −1 for its complex conjugate. The wrong sign swaps water and fat or leaves a
   * large residual. `fieldMapHz` is positive where the field is higher, for both. Ignored for
   * magnitudes without phases.
   */
  precession?: 1 | -1 | undefined;
  /**
   * Weight μ ≥ 0 of the smoothness prior on the field map. Default 0.01. 0 makes every voxel its own
   * judge; larger values bridge noisier regions but smear steep fields (0.1 swaps whole organs where
   * the field changes fast). Ignored when `initialFieldMapHz` is given. For magnitudes
   * without phases it weighs the prior on which of its two solutions a voxel takes, one with more water and
   * one with more fat.
   */
  smoothness?: number | undefined;
  /**
   * Find what the scanner has added to the echoes and take it out before they are fitted: phases and
   * amplitudes that alternate between echoes (bipolar readout) and a phase of the first echo (eddy currents),
   * both phases linear in space. Default false. Needs phases and at least 4 echoes; `report.calibration`
   * says what was found. Where noise explains the echoes as well, nothing is changed.
   */
  calibrate?: boolean | undefined;
  /**
   * Take out of fat and PDFF that fat with its shorter T1 is brighter than water. Default false. `true` takes
   * flip angle and TR from the echoes and the T1 of liver water and fat at 1.5 or 3 T (586/343 and
   * 809/382 ms); at other fields, or for other tissue, give `{ waterT1Ms, fatT1Ms }` in ms, with `flipAngleDeg` and
   * `repetitionTimeMs` where the echoes do not know them.
   */
  t1Correction?: boolean | TissueT1 | undefined;
  /**
   * Whether the SD maps of PDFF and R2* and the map of swap suspects are wanted. Default true; without them
   * the maps need a quarter less memory. `report` counts the suspects in any case.
   */
  optionalMaps?: boolean | undefined;
  /**
   * Called with a sentence for each piece of evidence in the residuals against the settings. The same stands in
   * `report.warnings`. Default: none.
   */
  onWarning?: ReadOptions['onWarning'];
}

/** Defaults of {@link SeparateWaterFatOptions}. */
export const separationDefaults = {
  spectrum: 'hamilton9',
  noiseFloor: true,
  commonPhase: true,
  precession: 1,
  smoothness: 0.01,
  calibrate: false,
  t1Correction: false,
  optionalMaps: true,
  workers: 0,
} as const satisfies SeparateWaterFatOptions;

/** Alternation and first echo can be told from field, phase and decay from here on. */
const FEWEST_ECHOES_TO_CALIBRATE = 4;

const FITS: readonly SeparationFit[] = ['complex', 'magnitude', 'mixed'];

const KNOWN: readonly (keyof SeparateWaterFatOptions)[] = [
  'spectrum',
  'mask',
  'fit',
  'noiseFloor',
  'noiseSd',
  'commonPhase',
  'initialFieldMapHz',
  'precession',
  'smoothness',
  'calibrate',
  't1Correction',
  'optionalMaps',
  'onWarning',
  'workers',
  'signal',
  'onProgress',
];

/** Options with defaults filled in and checked. */
export interface ResolvedOptions extends LongTaskOptions {
  spectrumName: SpectrumName | 'custom';
  spectrum: FatSpectrum;
  mask: Volume | undefined;
  fit: SeparationFit;
  /** No phase is known. */
  magnitudesOnly: boolean;
  noiseFloor: boolean;
  noiseSd: number | undefined;
  commonPhase: boolean;
  initialFieldMapHz: Volume | undefined;
  precession: 1 | -1;
  smoothness: number;
  calibrate: boolean;
  t1Correction: T1CorrectionReport | undefined;
  optionalMaps: boolean;
  onWarning: ReadOptions['onWarning'];
  workers: number;
}

/**
 * Check options at the door.
 *
 * @throws PhaseMissingError when a fit with phases is asked for and there are only magnitudes
 * @throws UnusableEchoesError when there are too few echoes for a mixed fit
 * @throws InvalidArgumentError for an option that does not exist or has an impossible value
 * @throws GridMismatchError when mask or field map lie on another grid than the echoes
 */
export function resolveOptions(
  options: SeparateWaterFatOptions,
  multiEcho: MultiEcho,
): ResolvedOptions {
  const echoes = multiEcho.real ?? multiEcho.magnitude;
  checkedOptions('separateWaterFat', options, KNOWN);
  for (const name of KNOWN) {
    if (options[name] === null) throw new InvalidArgumentError(name, null, 'a value or undefined');
  }
  const spectrum = options.spectrum ?? separationDefaults.spectrum;
  const commonPhase = options.commonPhase ?? separationDefaults.commonPhase;
  const precession = options.precession ?? separationDefaults.precession;
  const smoothness = options.smoothness ?? separationDefaults.smoothness;
  const workers = options.workers ?? separationDefaults.workers;
  const noiseFloor = options.noiseFloor ?? separationDefaults.noiseFloor;
  const optionalMaps = options.optionalMaps ?? separationDefaults.optionalMaps;
  const { noiseSd } = options;
  if (typeof noiseFloor !== 'boolean') {
    throw new InvalidArgumentError('noiseFloor', noiseFloor, 'true or false');
  }
  if (noiseSd !== undefined && !(noiseSd > 0 && Number.isFinite(noiseSd))) {
    throw new InvalidArgumentError(
      'noiseSd',
      noiseSd,
      'a finite number > 0, in units of the echoes',
    );
  }
  if (typeof optionalMaps !== 'boolean') {
    throw new InvalidArgumentError('optionalMaps', optionalMaps, 'true or false');
  }
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
    fit: resolveFit(options.fit, multiEcho),
    magnitudesOnly: multiEcho.magnitude !== undefined,
    noiseFloor,
    noiseSd,
    commonPhase: commonPhase || multiEcho.echoTimesMs.length === FEWEST_ECHOES,
    initialFieldMapHz: onGrid(options.initialFieldMapHz, echoes, 'initialFieldMapHz'),
    precession,
    smoothness,
    calibrate: resolveCalibrate(options.calibrate ?? separationDefaults.calibrate, multiEcho),
    t1Correction: resolveT1Correction(options.t1Correction, multiEcho),
    optionalMaps,
    onWarning: options.onWarning,
    workers,
    signal: options.signal,
    onProgress: options.onProgress,
  };
}

function resolveFit(fit: SeparationFit | undefined, multiEcho: MultiEcho): SeparationFit {
  if (fit !== undefined && !FITS.includes(fit)) {
    throw new InvalidArgumentError('fit', fit, `one of ${FITS.join(', ')}`);
  }
  if (multiEcho.magnitude !== undefined) {
    if (fit === 'complex' || fit === 'mixed') throw new PhaseMissingError(fit);
    return 'magnitude';
  }
  if (fit === 'mixed' && multiEcho.echoTimesMs.length === FEWEST_ECHOES) {
    throw new UnusableEchoesError(
      `fit: 'mixed' needs ${FEWEST_ECHOES + 1} echoes or more: without the phase of the first one, ` +
        `${FEWEST_ECHOES} echoes do not determine water, fat, phase, field and R2*. Use fit: 'complex'.`,
    );
  }
  return fit ?? 'complex';
}

function resolveCalibrate(calibrate: boolean, { echoTimesMs, magnitude }: MultiEcho): boolean {
  if (typeof calibrate !== 'boolean') {
    throw new InvalidArgumentError('calibrate', calibrate, 'true or false');
  }
  if (!calibrate) return false;
  if (magnitude !== undefined) {
    throw new InvalidArgumentError(
      'calibrate',
      true,
      'false or no value for echoes of which only magnitudes are known: errors are found in the phases',
    );
  }
  if (echoTimesMs.length < FEWEST_ECHOES_TO_CALIBRATE) {
    throw new InvalidArgumentError(
      'calibrate',
      true,
      `false or no value for ${echoTimesMs.length} echoes: with fewer than ${FEWEST_ECHOES_TO_CALIBRATE} ` +
        'the errors cannot be told from field, phase and decay',
    );
  }
  return true;
}

function onGrid(volume: Volume | undefined, echoes: Volume, name: string): Volume | undefined {
  if (volume === undefined) return undefined;
  if (volume.data?.shape.length !== 3) {
    throw new InvalidArgumentError(name, volume.data?.shape, 'a volume of shape [nx, ny, nz]');
  }
  sameGridOrThrow(echoes, volume, 'echoes', name);
  return volume;
}
