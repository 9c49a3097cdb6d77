import { checkedChoice } from '../alternative.js';
import {
  checkedLevel,
  checkedOptions,
  finiteOrThrow,
  keptSample,
  type Numbers,
} from '../checks.js';
import { sortUpwards } from '../numeric/sort.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';
import { rankSumCounts, signedRankCounts } from './rank-sum-counts.js';
import { selectInRows, type SortedRows } from './select-in-rows.js';

/** Options of {@link hodgesLehmann}. */
export interface HodgesLehmannOptions {
  /**
   * Which of the ordered differences are the limits. `'exact'`: by the distribution of the rank statistic; `'asymptotic'`: by its
   * normal approximation. `'auto'` (default): exact for samples of up to 50.
   */
  method?: 'auto' | 'exact' | 'asymptotic';
  /** Least confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A Hodges–Lehmann estimate. */
export interface HodgesLehmann {
  /** Of two samples: how far x lies above y, the median of all differences. Of one: its pseudomedian, the median of all means of two values. */
  estimate: number;
  /** Its two-sided confidence interval, as wide as `level` needs; all numbers where so few values cannot give that level. */
  interval: Interval;
  level: number;
  /** Values of x. */
  nX: number;
  /** Values of y, where there are two samples. */
  nY?: number;
  method: string;
  /** Why a value is NaN or says little; absent otherwise. */
  reason?: Reason;
}

/**
 * The shift between two samples, or the centre of one, with the interval that goes with `mannWhitney` and `wilcoxon` (of the paired
 * differences): it holds the shifts that the test would not reject.
 *
 * Takes n log n time and no more memory than the samples. Sources: Hodges and Lehmann (1963, Ann. Math. Statist. 34:598); Hollander, Wolfe and
 * Chicken (2014, Nonparametric Statistical Methods), 3.2, 3.3, 4.2 and 4.3. Of data without ties the exact interval is that of R's
 * `wilcox.test(conf.int = TRUE)`; ties make it conservative.
 *
 * @param x numbers of the first sample
 * @param y numbers of the second; left out for one sample
 * @returns NaN with a `reason` for an empty sample or NaN
 * @throws InvalidArgumentError for infinities or an impossible option
 * @example
 * ```ts
 * import { hodgesLehmann } from '@steatosis/stats';
 *
 * const steatosis = [9.4, 12.1, 7.7, 16.2, 8.8, 27.5];
 * const healthy = [2.1, 3.3, 4.4, 2.9, 5.8];
 * const { estimate, interval } = hodgesLehmann(steatosis, healthy);
 * console.log(estimate.toFixed(2), interval.map((limit) => limit.toFixed(2))); // 7.00 [ '3.60', '23.10' ]
 * ```
 */
export function hodgesLehmann(
  x: Numbers,
  y?: Numbers,
  options: HodgesLehmannOptions = {},
): HodgesLehmann {
  checkedOptions(options, ['method', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const asked = checkedChoice('method', options.method ?? 'auto', ['auto', 'exact', 'asymptotic']);
  const a = keptSample('x', x, options.nanPolicy);
  const b = y === undefined ? undefined : keptSample('y', y, options.nanPolicy);
  const isMissing = a === 'nan' || b === 'nan';
  const nX = isMissing ? x.length : a.length;
  const nY = isMissing ? y?.length : b?.length;
  const exact = asked === 'exact' || (asked === 'auto' && Math.max(nX, nY ?? 0) <= 50);
  const common = {
    level,
    nX,
    ...(nY === undefined ? {} : { nY }),
    method: `Hodges–Lehmann ${nY === undefined ? 'pseudomedian' : 'shift'}, ${exact ? 'exact' : 'asymptotic'} interval`,
  };
  const nothing = { estimate: Number.NaN, interval: [Number.NaN, Number.NaN] as Interval };
  if (isMissing) return { ...nothing, ...common, reason: 'nan-input' };
  if (nX === 0 || nY === 0) return { ...nothing, ...common, reason: 'too-few-observations' };
  finiteOrThrow('x', a);
  if (b !== undefined) finiteOrThrow('y', b);
  const first = sortUpwards(a.slice());
  const place =
    b === undefined
      ? { of: walshAverages(first), rejected: signedRankLimit(nX, level, exact) }
      : {
          of: differences(first, sortUpwards(b.slice())),
          rejected: rankSumLimit(nX, b.length, level, exact),
        };
  return { ...estimated(place.of, place.rejected), ...common };
}

interface Pairs {
  table: SortedRows;
  count: number;
  bounds: readonly [least: number, most: number];
}

/** xᵢ − yⱼ; the columns are y from its end. */
function differences(x: Float64Array, y: Float64Array): Pairs {
  const [m, n] = [x.length, y.length];
  const entry = (i: number, j: number) => x[i] - y[n - 1 - j];
  return {
    table: { rows: m, columns: n, from: () => 0, entry },
    count: m * n,
    bounds: [entry(0, 0), entry(m - 1, n - 1)],
  };
}

/** (xᵢ + xⱼ)/2 of i ≤ j. */
function walshAverages(x: Float64Array): Pairs {
  const n = x.length;
  const entry = (i: number, j: number) => x[i] / 2 + x[j] / 2;
  return {
    table: { rows: n, columns: n, from: (row) => row, entry },
    count: (n * (n + 1)) / 2,
    bounds: [x[0], x[n - 1]],
  };
}

/**
 * @param rejected how many of the least, and of the greatest, lie outside the interval; the next ones are its limits
 */
function estimated(
  { table, count, bounds }: Pairs,
  rejected: number,
): { estimate: number; interval: Interval; reason?: Reason } {
  const at = (k: number) => selectInRows(table, k, bounds);
  const middle = Math.ceil(count / 2);
  const estimate = count % 2 === 1 ? at(middle) : at(middle) / 2 + at(middle + 1) / 2;
  if (rejected < 0) {
    return { estimate, interval: [-Infinity, Infinity], reason: 'too-few-observations' };
  }
  return { estimate, interval: [at(rejected + 1), at(count - rejected)] };
}

/** The greatest U that a test at this level rejects on the lower side; −1 for none. */
function rankSumLimit(m: number, n: number, level: number, exact: boolean): number {
  return exact
    ? greatestRejected(rankSumCounts(Math.min(m, n), Math.max(m, n)), level)
    : byNormal((m * n) / 2, (m * n * (m + n + 1)) / 12, level);
}

function signedRankLimit(n: number, level: number, exact: boolean): number {
  return exact
    ? greatestRejected(signedRankCounts(n), level)
    : byNormal((n * (n + 1)) / 4, (n * (n + 1) * (2 * n + 1)) / 24, level);
}

function greatestRejected(counts: Float64Array, level: number): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const tail = (all * (1 - level)) / 2;
  let sum = 0;
  let u = 0;
  for (; u < counts.length; u++) {
    sum += counts[u];
    if (sum > tail) break;
  }
  return u - 1;
}

function byNormal(mean: number, variance: number, level: number): number {
  return Math.max(-1, Math.floor(mean + normalQuantile((1 - level) / 2) * Math.sqrt(variance)) - 1);
}
