import { InvalidArgumentError } from '@steatosis/core';
import type { MultiEchoAcquisition } from '../multi-echo/multi-echo.js';
import { checkedOptions } from '../options.js';
import { defaultRelaxationTimes, spoiledGradientEchoSignal } from '../simulate/t1-weighting.js';
import type { VoxelEstimates } from './voxel-estimates.js';

/** Tissue and sequence with which T1 weighting is taken out. */
export interface TissueT1 {
  /** T1 of water in ms. */
  waterT1Ms: number;
  /** T1 of fat in ms. */
  fatT1Ms: number;
  /** Excitation flip angle in degrees, above 0 and below 180. Default: that of the acquisition. */
  flipAngleDeg?: number | undefined;
  /** Repetition time in ms. Default: that of the acquisition. */
  repetitionTimeMs?: number | undefined;
}

/** What T1 correction used. */
export interface T1CorrectionReport {
  waterT1Ms: number;
  fatT1Ms: number;
  flipAngleDeg: number;
  repetitionTimeMs: number;
  /** How much brighter than its proton density fat was, water being 1: fat was divided by it. */
  fatGain: number;
}

/** Fields in T at which the T1 of liver water and fat are known … */
const KNOWN_FIELDS_T: readonly number[] = [1.5, 3];

/** … and how far from these, as a share, a magnet may be: 2.89 T is sold as 3 T. */
const SAME_FIELD_WITHIN = 0.1;

const KEYS = ['waterT1Ms', 'fatT1Ms', 'flipAngleDeg', 'repetitionTimeMs'] as const;

/**
 * Settle what T1 correction will use, or undefined where it is off.
 *
 * Default T1 are those of liver and subcutaneous fat: 586 and 343 ms at 1.5 T, 809 and 382 ms at 3 T (de
 * Bazelaire et al., Radiology 2004;230:652).
 *
 * @throws InvalidArgumentError when flip angle, TR or T1 are missing or impossible
 */
export function resolveT1Correction(
  option: boolean | TissueT1 | undefined,
  acquisition: MultiEchoAcquisition,
): T1CorrectionReport | undefined {
  if (option === undefined || option === false) return undefined;
  if (option !== true && (typeof option !== 'object' || option === null)) {
    throw new InvalidArgumentError(
      't1Correction',
      option,
      'true, false or { waterT1Ms, fatT1Ms, flipAngleDeg?, repetitionTimeMs? }',
    );
  }
  const given = option === true ? defaultTissue(acquisition.fieldStrengthT) : option;
  checkedOptions<TissueT1>('t1Correction', given, KEYS);
  const waterT1Ms = time(given.waterT1Ms, 't1Correction.waterT1Ms', 'the T1 of water in ms, > 0');
  const fatT1Ms = time(given.fatT1Ms, 't1Correction.fatT1Ms', 'the T1 of fat in ms, > 0');
  const repetitionTimeMs = time(
    given.repetitionTimeMs ?? acquisition.repetitionTimeMs,
    'repetitionTimeMs',
    'the repetition time in ms, > 0, in the echoes or in t1Correction',
  );
  const flipAngleDeg = given.flipAngleDeg ?? acquisition.flipAngleDeg;
  if (!(flipAngleDeg !== undefined && flipAngleDeg > 0 && flipAngleDeg < 180)) {
    throw new InvalidArgumentError(
      'flipAngleDeg',
      flipAngleDeg,
      'the flip angle in degrees, above 0 and below 180, in the echoes or in t1Correction',
    );
  }
  const signal = (t1Ms: number): number =>
    spoiledGradientEchoSignal(t1Ms, flipAngleDeg, repetitionTimeMs);
  const fatGain = signal(fatT1Ms) / signal(waterT1Ms);
  return { waterT1Ms, fatT1Ms, flipAngleDeg, repetitionTimeMs, fatGain };
}

/** @throws InvalidArgumentError at other fields than 1.5 and 3 T */
function defaultTissue(fieldStrengthT: number): TissueT1 {
  const known = KNOWN_FIELDS_T.find(
    (b0) => Math.abs(fieldStrengthT - b0) <= SAME_FIELD_WITHIN * b0,
  );
  if (known === undefined) {
    throw new InvalidArgumentError(
      't1Correction',
      true,
      `{ waterT1Ms, fatT1Ms } at ${fieldStrengthT} T: defaults are known for ` +
        `${KNOWN_FIELDS_T.join(' and ')} T only`,
    );
  }
  const { waterMs, fatMs } = defaultRelaxationTimes(known);
  return { waterT1Ms: waterMs, fatT1Ms: fatMs };
}

function time(value: number | undefined, name: string, what: string): number {
  if (value !== undefined && value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new InvalidArgumentError(name, value, what);
}

/**
 * Take T1 weighting out of estimates, in place: fat is divided by how much brighter than water it was,
 * and PDFF and its SD follow. Water stays as it is: what water and fat share is receiver gain.
 *
 * With g the gain and p = PDFF/100, `p' = p / (g + (1 − g) p)` and `dp'/dp = g / (g + (1 − g) p)²`.
 */
export function correctT1(estimates: VoxelEstimates, fatGain: number): void {
  const { fat, pdffPercent, pdffSdPerNoise } = estimates;
  for (let i = 0; i < fat.length; i++) {
    const scale = fatGain + (1 - fatGain) * 0.01 * pdffPercent[i];
    fat[i] /= fatGain;
    pdffPercent[i] /= scale;
    pdffSdPerNoise[i] *= fatGain / (scale * scale);
  }
}
