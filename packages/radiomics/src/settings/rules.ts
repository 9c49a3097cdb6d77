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

/** A rule for every setting that is implemented. */
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
} as const satisfies Record<string, SettingRule>;

/** Keys of PyRadiomics that are not implemented yet. */
export const laterKeys: readonly string[] = [
  'additionalInfo',
  'correctMask',
  'geometryTolerance',
  'gradientUseSpacing',
  'imageTypes',
  'initValue',
  'interpolator',
  'kernelRadius',
  'label_channel',
  'lbp2DMethod',
  'lbp2DRadius',
  'lbp2DSamples',
  'lbp3DIcosphereRadius',
  'lbp3DIcosphereSubdivision',
  'lbp3DLevels',
  'level',
  'maskedKernel',
  'normalize',
  'normalizeScale',
  'padDistance',
  'preCrop',
  'removeOutliers',
  'resampledPixelSpacing',
  'resegmentMode',
  'resegmentRange',
  'resegmentShape',
  'sigma',
  'start_level',
  'voxelBatch',
  'wavelet',
];

/** Image types of PyRadiomics that are not implemented yet. */
export const laterImageTypes: readonly string[] = [
  'Exponential',
  'Gradient',
  'LBP2D',
  'LBP3D',
  'LoG',
  'Logarithm',
  'Square',
  'SquareRoot',
  'Wavelet',
];
