import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import { coefficientOf } from '../correlation/coefficient.js';
import { centre, meanOf } from '../numeric/centre.js';
import { dot, squaredNorm } from '../numeric/sum.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';
import { pairedValues } from './paired-values.js';

/** Options of {@link linCcc}. */
export interface LinCccOptions {
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with pairs that hold a NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** Lin's concordance correlation with its parts. */
export interface LinCcc {
  /** −1 … 1: Pearson's r times `biasCorrection`; NaN where it is undefined (see `reason`). */
  coefficient: number;
  /** By Fisher's z with Lin's variance; NaN for fewer than three pairs. */
  interval: Interval;
  level: number;
  /** Standard error of atanh(coefficient). */
  standardErrorOfZ: number;
  /** Precision: Pearson's r. */
  pearson: number;
  /** Accuracy C_b, 0 … 1: 1 when both have the same mean and standard deviation. */
  biasCorrection: number;
  /** Difference of the means over the geometric mean of the standard deviations. */
  locationShift: number;
  /** Ratio of the standard deviations, x over y. */
  scaleShift: number;
  n: number;
  method: string;
  /** `'zero-variance'` for identical values; the others with NaN. */
  reason?: Reason;
}

const METHOD =
  "Lin's concordance correlation with population moments, interval by Fisher's z and Lin's variance as corrected in 2000";

/**
 * Lin's concordance correlation: how close pairs come to the line of identity.
 *
 * 2 s_xy/(s_x² + s_y² + (x̄ − ȳ)²) with moments divided by n (Lin 1989, Biometrics 45:255); the interval's variance as
 * corrected in Biometrics 56:324 (2000).
 *
 * @param x one number per observation
 * @param y as many numbers, in the same unit
 * @returns NaN with a `reason` for fewer than two pairs, a constant variable or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for arrays of different length, infinities or an impossible option
 * @example
 * ```ts
 * import { linCcc } from '@steatosis/stats';
 *
 * const mriPdffPercent = [5.1, 12.4, 8.3, 20.2, 3.9, 15.8];
 * const mrsPdffPercent = [4.6, 12.9, 7.7, 19.1, 4.0, 15.1];
 * const { coefficient, interval } = linCcc(mriPdffPercent, mrsPdffPercent);
 * console.log(coefficient.toFixed(4), interval.map((limit) => limit.toFixed(3))); // 0.9934 [ '0.962', '0.999' ]
 * ```
 */
export function linCcc(x: Numbers, y: Numbers, options: LinCccOptions = {}): LinCcc {
  checkedOptions(options, ['level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const kept = pairedValues(x, y, options.nanPolicy);
  if (kept === 'nan') return undefinedCcc(x.length, level, 'nan-input');
  const n = kept.x.length;
  if (n < 2) return undefinedCcc(n, level, 'too-few-observations');
  const u = centre(kept.x);
  const v = centre(kept.y);
  if (u.scale === 0 || v.scale === 0) return undefinedCcc(n, level, 'constant-input');
  // All in units of the larger scale.
  const unit = Math.max(u.scale, v.scale);
  const a = u.scale / unit;
  const b = v.scale / unit;
  const spreadX = a * Math.sqrt(dot(u.deviations, u.deviations) / n);
  const spreadY = b * Math.sqrt(dot(v.deviations, v.deviations) / n);
  const shift = meanOf(kept.x.map((value, i) => value / unit - kept.y[i] / unit));
  const denominator = spreadX ** 2 + spreadY ** 2 + shift ** 2;
  const distance = (sign: 1 | -1) =>
    (squaredNorm(u.deviations, a, v.deviations, sign * b) / n + shift ** 2) / denominator;
  // 1 − ρ_c is the mean squared distance from the line of identity, exact where 1 minus a product is not.
  const below = distance(-1);
  const { r } = coefficientOf(u.deviations, v.deviations);
  const biasCorrection = (2 * spreadX * spreadY) / denominator;
  const coefficient = below < 0.5 ? 1 - below : r * biasCorrection;
  const locationShift = shift / Math.sqrt(spreadX * spreadY);
  const standardErrorOfZ = Math.sqrt(
    varianceOfZ({ r, below, coefficient, biasCorrection, locationShift }) / (n - 2),
  );
  return {
    coefficient,
    interval:
      n < 3 ? [Number.NaN, Number.NaN] : zInterval(coefficient, below, standardErrorOfZ, level),
    level,
    standardErrorOfZ: n < 3 ? Number.NaN : standardErrorOfZ,
    pearson: r,
    biasCorrection,
    locationShift,
    scaleShift: spreadX / spreadY,
    n,
    method: METHOD,
    ...(below === 0 ? { reason: 'zero-variance' as const } : {}),
    ...(n < 3 ? { reason: 'too-few-observations' as const } : {}),
  };
}

/** (n − 2) times Lin's variance of z, with ρ_c/r written as C_b so that r may be 0. */
function varianceOfZ(parts: {
  r: number;
  below: number;
  coefficient: number;
  biasCorrection: number;
  locationShift: number;
}): number {
  const { r, below, coefficient: c, biasCorrection: cb, locationShift } = parts;
  const square = below * (1 + c);
  const uu = locationShift ** 2;
  return (
    (cb * cb * (1 - r * r)) / square +
    (2 * c * c * cb * below * uu) / square ** 2 -
    (c * c * cb * cb * uu * uu) / (2 * square ** 2)
  );
}

function zInterval(coefficient: number, below: number, error: number, level: number): Interval {
  if (below === 0) return [1, 1];
  const z = 0.5 * Math.log((1 + coefficient) / below);
  const reach = -normalQuantile((1 - level) / 2) * error;
  return [Math.tanh(z - reach), Math.tanh(z + reach)];
}

function undefinedCcc(n: number, level: number, reason: Reason): LinCcc {
  const { NaN: nan } = Number;
  return {
    coefficient: nan,
    interval: [nan, nan],
    level,
    standardErrorOfZ: nan,
    pearson: nan,
    biasCorrection: nan,
    locationShift: nan,
    scaleShift: nan,
    n,
    method: METHOD,
    reason,
  };
}
