import { waveletNames } from '../filters/wavelet/wavelet-names.js';
import { INTERPOLATORS } from './preparation-settings.js';
import type { Settings } from './settings.js';

/** Which values a setting may have. */
export interface SettingRule {
  accepts(value: unknown): boolean;
  /** What is expected, for messages. */
  expected: string;
}

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);
const flag: SettingRule = {
  accepts: (value) => typeof value === 'boolean',
  expected: 'true or false',
};

const isPositive = (value: unknown): boolean => isNumber(value) && value > 0;
/** What a pure number from `from` to `to` must be. */
function integerRule(from: number, to: number, orNull = false): SettingRule {
  const range = to === Number.MAX_SAFE_INTEGER ? `≥ ${from}` : `from ${from} to ${to}`;
  return {
    accepts: (value) =>
      (orNull && value === null) || (isInteger(value) && value >= from && value <= to),
    expected: `an integer ${range}${orNull ? ' or null' : ''}`,
  };
}
function positiveRule(orNull = false): SettingRule {
  return {
    accepts: (value) => (orNull && value === null) || isPositive(value),
    expected: `a number > 0${orNull ? ' or null' : ''}`,
  };
}
/** A rule for every setting. */
export const settingRules = {
  label: {
    accepts: (value) => isInteger(value) && value > 0,
    expected: 'a positive integer',
  },
  binWidth: { accepts: (value) => isNumber(value) && value > 0, expected: 'a number > 0' },
  binCount: {
    accepts: (value) => value === null || (isInteger(value) && value > 0 && value <= 65535),
    expected: 'an integer from 1 to 65535',
  },
  force2D: flag,
  force2Ddimension: {
    accepts: (value) => value === 0 || value === 1 || value === 2,
    expected: '0 (z), 1 (y) or 2 (x)',
  },
  distances: {
    accepts: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((d: unknown) => isInteger(d) && d >= 1 && d <= 15),
    expected: 'a list of integers from 1 to 15',
  },
  symmetricalGLCM: flag,
  weightingNorm: {
    accepts: (value) =>
      value === null ||
      ['manhattan', 'euclidean', 'infinity', 'no_weighting'].includes(value as string),
    expected: 'manhattan, euclidean, infinity, no_weighting or null',
  },
  gldm_a: {
    accepts: (value) => isInteger(value) && value >= 0 && value <= 65535,
    expected: 'an integer from 0 to 65535',
  },
  voxelArrayShift: { accepts: isNumber, expected: 'a number' },
  minimumROIDimensions: {
    accepts: (value) => value === 1 || value === 2 || value === 3,
    expected: '1, 2 or 3',
  },
  minimumROISize: {
    accepts: (value) => value === null || (isInteger(value) && value > 0),
    expected: 'a positive integer',
  },
  nanPolicy: {
    accepts: (value) => value === 'error' || value === 'pyradiomics',
    expected: "'error' or 'pyradiomics'",
  },
  label_channel: integerRule(0, Number.MAX_SAFE_INTEGER),
  normalize: flag,
  normalizeScale: positiveRule(),
  removeOutliers: positiveRule(true),
  resampledPixelSpacing: {
    accepts: (value) =>
      value === null ||
      (Array.isArray(value) &&
        value.length === 3 &&
        value.every((mm: unknown) => isNumber(mm) && mm >= 0)),
    expected: 'three voxel sizes in mm, x, y, z, each ≥ 0 (0 keeps an axis), or null',
  },
  interpolator: {
    accepts: (value) =>
      value === null ||
      (INTERPOLATORS as readonly unknown[]).includes(value) ||
      (isInteger(value) && value >= 1 && value <= 10),
    expected: `one of ${INTERPOLATORS.join(', ')}, SimpleITK’s number from 1 to 10, or null`,
  },
  preCrop: flag,
  padDistance: integerRule(0, Number.MAX_SAFE_INTEGER),
  geometryTolerance: positiveRule(true),
  correctMask: flag,
  resegmentRange: {
    accepts: (value) =>
      value === null ||
      (Array.isArray(value) && (value.length === 1 || value.length === 2) && value.every(isNumber)),
    expected: 'one or two numbers, [lower] or [lower, upper], or null',
  },
  resegmentMode: {
    accepts: (value) => value === 'absolute' || value === 'relative' || value === 'sigma',
    expected: 'absolute, relative or sigma',
  },
  resegmentShape: flag,
  additionalInfo: flag,
  wavelet: {
    accepts: (value) => typeof value === 'string' && waveletNames().includes(value),
    expected:
      'the name of a wavelet: haar, db1 … db38, sym2 … sym20, coif1 … coif17, bior1.1 … bior6.8, rbio1.1 … rbio6.8, dmey',
  },
  level: integerRule(1, 16),
  start_level: integerRule(0, 15),
  sigma: {
    accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isPositive),
    expected: 'a list of numbers > 0, in mm',
  },
  logKernel: {
    accepts: (value) => value === 'recursive' || value === 'ibsi',
    expected: 'recursive or ibsi',
  },
  gradientUseSpacing: flag,
  lbp2DRadius: positiveRule(),
  lbp2DSamples: integerRule(1, 53),
  lbp2DMethod: {
    accepts: (value) =>
      typeof value === 'string' && ['default', 'ror', 'uniform', 'var'].includes(value),
    expected: 'default, ror, uniform or var',
  },
  lbp3DLevels: integerRule(1, 20),
  lbp3DIcosphereRadius: positiveRule(),
  lbp3DIcosphereSubdivision: integerRule(0, 5),
  kernelRadius: integerRule(1, 100),
  maskedKernel: flag,
  initValue: { accepts: (value) => typeof value === 'number', expected: 'a number, or NaN' },
  voxelBatch: {
    accepts: (value) => isInteger(value) && (value > 0 || value === -1),
    expected: 'an integer > 0, or -1 for all at once',
  },
} as const satisfies Record<Exclude<keyof Settings, 'featureClasses' | 'imageTypes'>, SettingRule>;
