import { numberOf, type PrintedNumber } from './fixtures.js';

export interface Difference {
  key: string;
  found: number | undefined;
  expected: number;
  /** |found − expected| / max(1, |expected|); Infinity where one is NaN and the other is not. */
  error: number;
}

/** Tolerance of a feature: GLCM MCC is exact here, while PyRadiomics adds an epsilon inside. */
function toleranceOf(key: string): number {
  return key.endsWith('_glcm_MCC') ? 1e-6 : 1e-9;
}

/** The differences beyond tolerance, worst first. */
export function differences(
  found: Record<string, number>,
  expected: Record<string, PrintedNumber>,
  scale: 'absolute below one' | 'relative' = 'absolute below one',
): Difference[] {
  return Object.entries(expected)
    .map(([key, printed]) => {
      const value = numberOf(printed);
      const error = errorOf(found[key], value, scale);
      return { key, found: found[key], expected: value, error };
    })
    .filter(({ key, error }) => !(error <= toleranceOf(key)))
    .sort((a, b) => b.error - a.error);
}

export function errorOf(
  found: number | undefined,
  expected: number,
  scale: 'absolute below one' | 'relative' = 'absolute below one',
): number {
  if (found === undefined) return Infinity;
  if (Object.is(found, expected) || found === expected) return 0;
  const unit = scale === 'relative' ? Math.abs(expected) : Math.max(1, Math.abs(expected));
  const error = Math.abs(found - expected) / unit;
  return Number.isNaN(error) ? Infinity : error;
}

/** What a run of PyRadiomics gave. */
export interface ExpectedRun {
  expected?: Record<string, PrintedNumber>;
  settings?: object;
}

/**
 * The differences from a run of PyRadiomics beyond what its arithmetic allows: 1e-6 where the recursive filter
 * of LoG, LBP3D or interpolation takes steps in single precision, and where MCC has an epsilon there; 1e-9
 * else.
 */
export function differencesOfRun(
  found: Record<string, number>,
  { expected, settings = {} }: ExpectedRun,
): Difference[] {
  const resampled = 'resampledPixelSpacing' in settings;
  return Object.entries(expected!)
    .map(([key, printed]) => {
      const value = numberOf(printed);
      return { key, found: found[key], expected: value, error: errorOf(found[key], value) };
    })
    .filter(({ key, error }) => {
      const loose = resampled || /^log-|^lbp-3D|_glcm_MCC$/.test(key);
      return !(error <= (loose ? 1e-6 : 1e-9));
    });
}
