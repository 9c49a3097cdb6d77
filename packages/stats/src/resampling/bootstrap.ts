import { InvalidArgumentError, type LongTaskOptions } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { checkedLevel, checkedOptions, finiteOrThrow, type Numbers } from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import { bootstrapIntervals } from './bootstrap-intervals.js';
import { type ResampledData, resampledData, type UnitOptions } from './data.js';
import { inSteps } from './in-steps.js';
import type { BootstrapIntervalKind } from './interval-of-replicates.js';
import { accelerationOf, leftOut } from './jackknife.js';
import { replicatesOfBlock, type StatisticOfObservations } from './replicates.js';
import { type BlockWork, replicatesInBlocks } from './resampling-pool.js';
import { type KnownStatistic, knownStatistic, type Statistic } from './statistic.js';
import { unitCount } from './units.js';

/** Options of {@link bootstrap}. */
export interface BootstrapOptions extends UnitOptions, LongTaskOptions {
  /** Number of resamples, at least 2. Default 2000. */
  replicates?: number;
  /** A whole number from which all draws follow. Default 1. */
  seed?: number;
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** How the interval follows from the replicates. Default `'percentile'`. `'bca'` computes the statistic once for each unit left out, too. */
  interval?: BootstrapIntervalKind;
}

/** A statistic with its bootstrap replicates. */
export interface Bootstrap {
  /** The statistic of the data themselves. */
  estimate: number;
  /** Confidence interval at `level`. */
  interval: Interval;
  /** Standard deviation of the replicates. */
  standardError: number;
  /** Mean of the replicates less the estimate. */
  bias: number;
  level: number;
  /** The replicates in the order in which they were drawn, NaN where the statistic was undefined; `bootstrapIntervals` takes them. */
  replicates: Float64Array;
  /** How many of them are undefined (as the AUC of a resample of one class) and left out. */
  undefinedReplicates: number;
  /** The acceleration of BCa. */
  acceleration?: number;
  /** Observations used. */
  n: number;
  /** Clusters, where they were given. */
  clusters?: number;
  method: string;
  /** Why a value is NaN, or the interval has no width; absent otherwise. */
  reason?: Reason;
}

/**
 * The bootstrap: how a statistic varies over resamples of the data, drawn with replacement, of whole clusters and within strata where
 * they are given. The replicates follow from the seed alone and are the same bits for any number of workers.
 *
 * By name, with the columns that they take: `'mean'`, `'median'`, `'variance'`, `'standardDeviation'` (x, or an array); `'pearson'`, `'spearman'`,
 * `'pairedMeanDifference'` (x, y); `'meanDifference'`, `'medianDifference'` (labels, values: label 1 less label 0); `'auc'` (labels, scores);
 * `'aucDifference'` (labels, scoresA, scoresB). Or any function of the resampled columns, which runs on the calling thread.
 *
 * Sources: Efron (1979, Ann. Statist. 7:1); Davison and Hinkley (1997), chapters 2, 3 and 5; whole clusters: Field and Welsh (2007, JRSS B
 * 69:369).
 *
 * @param statistic a name, or a function of the columns (of the values, where `data` is one array) that returns a number
 * @param data an array of numbers, or arrays of equal length by name
 * @returns NaN with a `reason` where the statistic of the data or of almost all resamples is undefined
 * @throws InvalidArgumentError for an impossible statistic, column or option, infinities (where the statistic is no rank statistic), and workers
 *   for a function
 * @throws AbortedError when `signal` aborts
 * @example
 * ```ts
 * import { bootstrap } from '@steatosis/stats';
 *
 * const pdffPercent = [2.1, 3.3, 8, 4.4, 6.9, 16.2, 27.5, 5.8, 9.1, 3];
 * const r2Star = [38, 41, 47, 36, 45, 52, 61, 39, 50, 40];
 * const correlation = await bootstrap('spearman', { x: pdffPercent, y: r2Star }, { seed: 1 });
 * console.log(correlation.estimate.toFixed(3)); // 0.867
 * console.log(correlation.interval.map((limit) => limit.toFixed(2))); // [ '0.45', '1.00' ]
 *
 * const range = (values: Float64Array) => Math.max(...values) - Math.min(...values);
 * const { estimate, bias } = await bootstrap(range, pdffPercent, { replicates: 500 });
 * console.log(estimate, bias < 0); // 25.4 true
 * ```
 */
export async function bootstrap(
  statistic: Statistic<Float64Array>,
  data: Numbers,
  options?: BootstrapOptions,
): Promise<Bootstrap>;
export async function bootstrap<Column extends string>(
  statistic: Statistic<Record<Column, Float64Array>>,
  data: Readonly<Record<Column, Numbers>>,
  options?: BootstrapOptions,
): Promise<Bootstrap>;
export async function bootstrap(
  statistic: Statistic<never>,
  data: Numbers | Readonly<Record<string, Numbers>>,
  options: BootstrapOptions = {},
): Promise<Bootstrap> {
  const asked = checkedBootstrapOptions(options);
  const sample = resampledData(data, options);
  const known = knownStatistic(statistic, sample);
  const { workers = 0 } = options;
  if (workers !== 0 && known.name === undefined) throw functionsStayHere(workers);
  if (sample.units === 'nan') return unknownBootstrap(sample.n, asked, known, 'nan-input');
  if (!known.ranks) for (const name of sample.names) finiteOrThrow(name, sample.columns[name]);
  const computed = known.prepared(sample.columns);
  const everyone = Uint32Array.from({ length: sample.n }, (_, i) => i);
  const estimate = sample.n === 0 ? Number.NaN : computed(everyone);
  if (Number.isNaN(estimate)) {
    const reason = sample.n === 0 ? 'too-few-observations' : 'undefined-statistic';
    return unknownBootstrap(sample.n, asked, known, reason);
  }
  const acceleration =
    asked.interval === 'bca' ? await jackknife(computed, sample, options) : undefined;
  const replicates = await replicatesOf(known, computed, sample, asked, options);
  const { level, interval } = asked;
  const limits = bootstrapIntervals(replicates, estimate, {
    level,
    range: known.range,
    ...(acceleration === undefined ? {} : { acceleration }),
  });
  const { standardError, bias, undefinedReplicates, reason } = limits;
  return {
    estimate,
    interval: limits[interval]!,
    standardError,
    bias,
    level,
    replicates,
    undefinedReplicates,
    ...(acceleration === undefined ? {} : { acceleration }),
    n: sample.n,
    ...(sample.clusters === undefined ? {} : { clusters: sample.clusters.count }),
    method: inWords(known, asked, options),
    ...(reason === undefined ? {} : { reason }),
  };
}

interface AskedOfBootstrap {
  replicates: number;
  seed: number;
  level: number;
  interval: BootstrapIntervalKind;
}

function checkedBootstrapOptions(options: BootstrapOptions): AskedOfBootstrap {
  checkedOptions(options, [
    'replicates',
    'seed',
    'level',
    'interval',
    'clusters',
    'strata',
    'nanPolicy',
    'workers',
    'signal',
    'onProgress',
  ]);
  return {
    replicates: checkedReplicates('replicates', options.replicates ?? 2000, 2),
    seed: checkedSeed(options.seed),
    level: checkedLevel(options.level),
    interval: checkedChoice('interval', options.interval ?? 'percentile', [
      'percentile',
      'basic',
      'normal',
      'bca',
    ]),
  };
}

/** The most replicates: 800 MB of them. */
const MOST = 1e8;

/** @internal */
export function checkedReplicates(name: string, count: number, least: number): number {
  if (!(Number.isSafeInteger(count) && count >= least && count <= MOST)) {
    throw new InvalidArgumentError(name, count, `a whole number ${least} … ${MOST}`);
  }
  return count;
}

/** @internal */
export function checkedSeed(seed = 1): number {
  if (!Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError('seed', seed, 'a whole number');
  }
  return seed;
}

/** @internal */
export function functionsStayHere(workers: number): InvalidArgumentError {
  return new InvalidArgumentError(
    'workers',
    workers,
    '0 for a statistic that is a function: functions cannot be sent to workers; name the statistic, or leave workers out',
  );
}

async function jackknife(
  statistic: StatisticOfObservations,
  { units }: ResampledData,
  { signal }: BootstrapOptions,
): Promise<number> {
  const values = new Float64Array(unitCount(units));
  const left = leftOut(statistic, units);
  await inSteps(values.length, (u) => (values[u] = left.next().value as number), { signal });
  return accelerationOf(values);
}

async function replicatesOf(
  { name }: KnownStatistic,
  computed: StatisticOfObservations,
  { columns, units }: ResampledData,
  { seed, replicates }: AskedOfBootstrap,
  options: LongTaskOptions,
): Promise<Float64Array> {
  const work: BlockWork = {
    here: (block, count) => replicatesOfBlock(computed, units, { seed, block, count }),
  };
  if (name !== undefined) {
    const sent = { statistic: name, columns, units, seed, replicates };
    work.there = async (pool, blocks, { signal }) =>
      await pool.run('bootstrapBlocks', { ...sent, blocks }, { signal });
  }
  return await replicatesInBlocks(replicates, work, options);
}

const INTERVAL_WORDS: Readonly<Record<BootstrapIntervalKind, string>> = {
  percentile: 'percentile',
  basic: 'basic',
  normal: 'normal',
  bca: 'BCa (Efron 1987)',
};

function inWords(
  { words }: KnownStatistic,
  { replicates, seed, interval }: AskedOfBootstrap,
  { clusters, strata }: UnitOptions,
): string {
  const drawn = clusters === undefined ? 'observations' : 'whole clusters';
  const within = strata === undefined ? '' : ' within strata';
  return `${words}, ${INTERVAL_WORDS[interval]} interval of ${replicates} resamples of ${drawn}${within}, seed ${seed}`;
}

function unknownBootstrap(
  n: number,
  asked: AskedOfBootstrap,
  known: KnownStatistic,
  reason: Reason,
): Bootstrap {
  const { NaN: nan } = Number;
  return {
    estimate: nan,
    interval: [nan, nan],
    standardError: nan,
    bias: nan,
    level: asked.level,
    replicates: new Float64Array(0),
    undefinedReplicates: 0,
    n,
    method: inWords(known, asked, {}),
    reason,
  };
}
