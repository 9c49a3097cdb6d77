import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedAlternative, checkedChoice } from '../alternative.js';
import { checkedOptions, keptSample, type Numbers } from '../checks.js';
import { sortUpwards } from '../numeric/sort.js';
import type { NanPolicy, Reason } from '../reason.js';
import { logBinomial } from '../special/binomial.js';
import type { PValue } from '../special/p-value.js';
import { kolmogorovUpper } from './kolmogorov-distribution.js';
import { type Path, shareOfPaths } from './smirnov-paths.js';

/** Options of {@link kolmogorovSmirnov}. */
export interface KolmogorovSmirnovOptions {
  /**
   * `'exact'`: over all arrangements of the values, with their ties. `'asymptotic'`: two-sided, the distribution of one sample
   * of mn/(m + n) values, rounded; one-sided, the approximation by Hodges. `'auto'` (default): exact for samples of up to
   * 10,000.
   */
  method?: 'auto' | 'exact' | 'asymptotic';
  /**
   * Which way the distribution functions lie apart, as in R and SciPy: `greater` when that of x lies above that of y, so that
   * x tends to be **smaller**. Default `'two-sided'`.
   */
  alternative?: Alternative;
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A Kolmogorov–Smirnov test of two samples. */
export interface KolmogorovSmirnov extends PValue {
  /** D, the greatest distance of the two empirical distribution functions in the direction of `alternative`, 0 … 1. */
  statistic: number;
  /** The least value at which they are that far apart. */
  location: number;
  /** 1 where that of x lies above there, −1 where it lies below, 0 if D is 0. */
  sign: number;
  /** P of equal distributions under `alternative`. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  nX: number;
  nY: number;
  alternative: Alternative;
  /** The test in words. */
  method: string;
  /** Why a value is NaN; absent when none is. */
  reason?: Reason;
}

/**
 * The Kolmogorov–Smirnov test of two independent samples: do their distributions differ in any way?
 *
 * Source: Smirnov (1939); exact P by counting paths (Hodges 1958, Arkiv för Matematik 3:469), of the ties at hand (Schröer and
 * Trenkler 1995), as R has it; SciPy counts as if nothing tied, which makes P larger.
 *
 * @param x numbers of the first sample; infinities are ranked like others
 * @param y numbers of the second
 * @returns NaN with a `reason` for an empty sample, values that are all equal (no P), or NaN
 * @throws InvalidArgumentError for an impossible option, or `'exact'` for samples that would take too long
 * @example
 * ```ts
 * import { kolmogorovSmirnov } from '@steatosis/stats';
 *
 * const { statistic, location, p } = kolmogorovSmirnov([4.1, 6.3, 9.8, 5.2], [3.0, 4.4, 3.7, 2.2]);
 * console.log(statistic, location, p.toFixed(3)); // 0.75 3.7 0.229
 * ```
 */
export function kolmogorovSmirnov(
  x: Numbers,
  y: Numbers,
  options: KolmogorovSmirnovOptions = {},
): KolmogorovSmirnov {
  checkedOptions(options, ['method', 'alternative', 'nanPolicy']);
  const alternative = checkedAlternative(options.alternative);
  const asked = checkedChoice('method', options.method ?? 'auto', ['auto', 'exact', 'asymptotic']);
  const a = keptSample('x', x, options.nanPolicy);
  const b = keptSample('y', y, options.nanPolicy);
  const name = 'Kolmogorov–Smirnov test of two samples';
  const { NaN: nan } = Number;
  const unknown = { statistic: nan, location: nan, sign: nan, p: nan, logP: nan };
  const missing = a === 'nan' || b === 'nan';
  const [m, n] = missing ? [x.length, y.length] : [a.length, b.length];
  const common = { nX: m, nY: n, alternative, method: name };
  if (missing) return { ...unknown, ...common, reason: 'nan-input' };
  if (m === 0 || n === 0) return { ...unknown, ...common, reason: 'too-few-observations' };
  const { path, distance, location, sign, ties, constant } = compared(a, b, alternative);
  const found = { statistic: distance / (m * n), location, sign };
  if (constant) return { ...unknown, ...found, ...common, reason: 'constant-input' };
  const exact = asked === 'exact' || (asked === 'auto' && Math.max(m, n) <= MOST_VALUES);
  if (exact && m * n > MOST_STEPS) {
    throw new InvalidArgumentError(
      'method',
      'exact',
      `samples of which ${m} · ${n} steps are at most ${MOST_STEPS}; choose 'asymptotic'`,
    );
  }
  const p = exact ? exactP(path, distance, alternative) : asymptoticP(m, n, distance, alternative);
  const how = exact
    ? `exact${ties ? ' for the ties at hand' : ''}`
    : alternative === 'two-sided'
      ? 'P of one sample of mn/(m + n) values'
      : "Hodges' approximation";
  return { ...found, ...p, ...common, method: `${name}, ${how}` };
}

const MOST_VALUES = 10_000;
/** Points of the lattice that an exact distribution may have: about a second. */
const MOST_STEPS = 5e8;

interface Compared {
  path: Path;
  /** mnD, a whole number. */
  distance: number;
  location: number;
  sign: number;
  ties: boolean;
  constant: boolean;
}

/** Walks through both sorted samples; distances are taken where a run of ties ends. */
function compared(x: Float64Array, y: Float64Array, alternative: Alternative): Compared {
  const [a, b] = [sortUpwards(x.slice()), sortUpwards(y.slice())];
  const [m, n] = [a.length, b.length];
  const ends = new Uint8Array(m + n + 1);
  let [i, j, distance, location, sign, runs] = [0, 0, 0, Number.NaN, 0, 0];
  while (i < m || j < n) {
    const value = j === n || (i < m && a[i] < b[j]) ? a[i] : b[j];
    while (i < m && a[i] === value) i++;
    while (j < n && b[j] === value) j++;
    ends[i + j] = 1;
    runs++;
    const above = i * n - j * m;
    const far =
      alternative === 'two-sided' ? Math.abs(above) : alternative === 'less' ? -above : above;
    if (far > distance || Number.isNaN(location)) {
      distance = Math.max(0, far);
      location = value;
      sign = far > 0 ? Math.sign(above) : 0;
    }
  }
  return {
    path: { m, n, ends },
    distance,
    location,
    sign,
    ties: runs < m + n,
    constant: runs === 1,
  };
}

function exactP(path: Path, distance: number, alternative: Alternative): PValue {
  return distance === 0 ? { p: 1, logP: 0 } : shareOfPaths(path, distance, alternative);
}

/** One-sided: Hodges (1958), equation 5.3. */
function asymptoticP(m: number, n: number, distance: number, alternative: Alternative): PValue {
  const d = distance / (m * n);
  const size = (m / (m + n)) * n;
  if (alternative === 'two-sided') {
    // The approximation knows no P for samples that do not overlap at all; the two arrangements that do not are counted.
    if (d === 1) return fromLog(Math.LN2 - logBinomial(m + n, m));
    return kolmogorovUpper(Math.max(1, toEven(size)), d);
  }
  const z = Math.sqrt(size) * d;
  const [most, least] = [Math.max(m, n), Math.min(m, n)];
  const step = (most + 2 * least) / Math.sqrt(m) / Math.sqrt(n) / Math.sqrt(m + n);
  return fromLog(-2 * z * z - (2 / 3) * z * step);
}

function fromLog(log: number): PValue {
  const logP = Math.min(0, log);
  return { p: Math.exp(logP), logP };
}

/** Halves to the even neighbour. */
function toEven(value: number): number {
  const up = Math.round(value);
  return up - value === 0.5 && up % 2 === 1 ? up - 1 : up;
}
