import { InvalidArgumentError, type LongTaskOptions } from '@steatosis/core';
import { type Alternative, checkedAlternative, checkedChoice } from '../alternative.js';
import { checkedOptions, finiteOrThrow, type Numbers } from '../checks.js';
import type { Reason } from '../reason.js';
import { arrangementCount, arrangements } from './arrangements.js';
import { checkedReplicates, checkedSeed, functionsStayHere } from './bootstrap.js';
import { type ResampledData, resampledData, type UnitOptions } from './data.js';
import { inSteps } from './in-steps.js';
import { NAMED_STATISTICS } from './named-statistics.js';
import { permutedBlock, type PermutationPlan, statisticOf, valuesOfUnits } from './permuted.js';
import { type BlockWork, replicatesInBlocks } from './resampling-pool.js';
import { type KnownStatistic, knownStatistic, type Statistic } from './statistic.js';

/** Options of {@link permutationTest}. */
export interface PermutationTestOptions<Column extends string = string>
  extends UnitOptions, LongTaskOptions {
  /**
   * What the null hypothesis lets change: the column of which the values change their order among observations (of a stratum), or two
   * columns whose values may stand in each other's place within an observation. Named statistics have a default: `labels`, `y`, and x and
   * y for `'pairedMeanDifference'`.
   */
  permute?: Column | readonly [Column, Column];
  /** Random arrangements at most. Default 9999. */
  permutations?: number;
  /** `'exact'`: all arrangements. `'random'`: `permutations` of them. `'auto'` (default): all where they are no more than that. */
  method?: 'auto' | 'exact' | 'random';
  /** Which statistics count as evidence; two-sided is twice the smaller of both tails. Default `'two-sided'`. */
  alternative?: Alternative;
  /** A whole number from which all draws follow. Default 1. */
  seed?: number;
}

/** A permutation test. */
export interface PermutationTest {
  /** The statistic of the data themselves. */
  estimate: number;
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Standard error of P by chance; of random arrangements only. */
  standardErrorOfP?: number;
  alternative: Alternative;
  /** Whether all arrangements were counted. */
  exact: boolean;
  /** Arrangements counted, or drawn. */
  permutations: number;
  /** The statistic of each. NaN where it is undefined, which counts as extreme on both sides. */
  distribution: Float64Array;
  /** Observations used. */
  n: number;
  /** Clusters, where they were given. */
  clusters?: number;
  method: string;
  /** Why a value is NaN; absent otherwise. */
  reason?: Reason;
}

/** All arrangements of `'exact'` at most. */
const MOST_ARRANGEMENTS = 1e7;

/**
 * A permutation test: how the statistic stands among those of all arrangements that the null hypothesis makes equally likely. Without
 * any assumption about distributions; with `clusters` whole patients are permuted.
 *
 * Random arrangements give P = (b + 1)/(m + 1) with b of m at least as extreme, which is never 0. They follow from the seed alone, for any
 * number of workers.
 *
 * Sources: Fisher (1935, The Design of Experiments), chapter 3; Phipson and Smyth (2010, Stat. Appl. Genet. Mol. Biol. 9:39).
 *
 * @param statistic `'meanDifference'`, `'medianDifference'` (labels, values), `'auc'` (labels, scores), `'pearson'`, `'spearman'`,
 *   `'pairedMeanDifference'` (x, y), or a function of the columns that returns a number
 * @param data arrays of equal length by name
 * @returns P NaN with a `reason` where the statistic is undefined (`undefined-statistic`) or the same in every arrangement (`constant-input`)
 * @throws InvalidArgumentError for an impossible statistic, column or option, infinities (where the statistic is no rank statistic),
 *   clusters in which the permuted column varies, `'exact'` of more than 10⁷ arrangements, and workers for a function
 * @throws AbortedError when `signal` aborts
 * @example
 * ```ts
 * import { permutationTest } from '@steatosis/stats';
 *
 * const labels = [0, 0, 0, 0, 1, 1, 1];
 * const values = [2.1, 3.3, 4.4, 5.8, 6.9, 16.2, 5.9];
 * const { estimate, p, permutations, exact } = await permutationTest('meanDifference', { labels, values });
 * console.log(estimate.toFixed(2), p.toFixed(4), permutations, exact); // 5.77 0.0571 35 true
 * ```
 */
export async function permutationTest<Column extends string>(
  statistic: Statistic<Record<Column, Float64Array>>,
  data: Readonly<Record<Column, Numbers>>,
  options: PermutationTestOptions<NoInfer<Column>> = {},
): Promise<PermutationTest> {
  const asked = checkedPermutationOptions(options);
  const sample = resampledData(data, options);
  const known = knownStatistic(statistic, sample);
  const permuted = permutedColumns(known, sample.names, options.permute);
  const { workers = 0 } = options;
  if (workers !== 0 && known.name === undefined) throw functionsStayHere(workers);
  const common = { alternative: asked.alternative, n: sample.n };
  if (sample.units === 'nan') {
    return unknownTest({ ...common, method: `${known.words}, permutation test` }, 'nan-input');
  }
  if (!known.ranks) for (const name of sample.names) finiteOrThrow(name, sample.columns[name]);
  const plan = { permuted, units: sample.units };
  if (typeof permuted === 'string') expectConstant(permuted, sample);
  const estimate = sample.n === 0 ? Number.NaN : statisticOf(known.prepared, sample.columns);
  const count = arrangementCount(sample.columns, plan);
  const exact = isExact(asked, count);
  const method = inWords(known, asked, exact, options);
  if (Number.isNaN(estimate)) {
    const reason = sample.n === 0 ? 'too-few-observations' : 'undefined-statistic';
    return unknownTest({ ...common, method }, reason);
  }
  const distribution = exact
    ? await allArrangements(known, sample, plan, count, options)
    : await randomArrangements(known, sample, plan, asked, options);
  const record = {
    estimate,
    ...pOf(distribution, estimate, asked.alternative, exact),
    ...common,
    exact,
    permutations: distribution.length,
    distribution,
    ...(sample.clusters === undefined ? {} : { clusters: sample.clusters.count }),
    method,
  };
  const near = closeness(estimate);
  if (distribution.some((value) => !(Math.abs(value - estimate) <= near))) return record;
  const { NaN: nan } = Number;
  return { ...record, p: nan, logP: nan, reason: 'constant-input' };
}

interface AskedOfPermutations {
  permutations: number;
  seed: number;
  alternative: Alternative;
  method: 'auto' | 'exact' | 'random';
}

function checkedPermutationOptions(options: PermutationTestOptions): AskedOfPermutations {
  checkedOptions(options, [
    'permute',
    'permutations',
    'method',
    'alternative',
    'seed',
    'clusters',
    'strata',
    'nanPolicy',
    'workers',
    'signal',
    'onProgress',
  ]);
  return {
    permutations: checkedReplicates('permutations', options.permutations ?? 9999, 1),
    seed: checkedSeed(options.seed),
    alternative: checkedAlternative(options.alternative),
    method: checkedChoice('method', options.method ?? 'auto', ['auto', 'exact', 'random']),
  };
}

function permutedColumns(
  { name, words }: KnownStatistic,
  names: readonly string[],
  permute: string | readonly [string, string] | undefined,
): string | readonly [string, string] {
  const permuted = permute ?? (name === undefined ? undefined : NAMED_STATISTICS[name].permuted);
  if (permuted === undefined) {
    throw new InvalidArgumentError('permute', permute, `the columns that change, for ${words}`);
  }
  const listed = typeof permuted === 'string' ? [permuted] : [...permuted];
  const differ = new Set(listed).size === (typeof permuted === 'string' ? 1 : 2);
  if (!differ || !listed.every((column) => names.includes(column))) {
    throw new InvalidArgumentError('permute', permute, `one or two of ${names.join(', ')}`);
  }
  return permuted;
}

/** @throws InvalidArgumentError where a column that is permuted by cluster varies within one */
function expectConstant(column: string, { columns, units }: ResampledData): void {
  const values = valuesOfUnits(columns[column], units);
  const { starts, members } = units;
  values.forEach((value, u) => {
    for (let place = starts[u]; place < starts[u + 1]; place++) {
      const other = columns[column][members[place]];
      if (other !== value) {
        throw new InvalidArgumentError(
          `${column}[${members[place]}]`,
          other,
          `${value} as in the rest of its cluster, since ${column} is permuted among whole clusters`,
        );
      }
    }
  });
}

function isExact({ method, permutations }: AskedOfPermutations, count: number): boolean {
  if (method === 'exact' && count > MOST_ARRANGEMENTS) {
    throw new InvalidArgumentError(
      'method',
      method,
      `'random' for these ${count.toPrecision(3)} arrangements; at most ${MOST_ARRANGEMENTS} are counted`,
    );
  }
  return method === 'exact' || (method === 'auto' && count <= permutations);
}

async function allArrangements(
  { prepared }: KnownStatistic,
  { columns }: ResampledData,
  plan: PermutationPlan,
  count: number,
  options: LongTaskOptions,
): Promise<Float64Array> {
  const distribution = new Float64Array(count);
  const each = arrangements(columns, plan);
  await inSteps(
    count,
    (i) => {
      const changed = each.next().value as Record<string, Float64Array>;
      distribution[i] = statisticOf(prepared, { ...columns, ...changed });
    },
    options,
  );
  return distribution;
}

async function randomArrangements(
  { name, prepared }: KnownStatistic,
  { columns }: ResampledData,
  plan: PermutationPlan,
  { seed, permutations }: AskedOfPermutations,
  options: LongTaskOptions,
): Promise<Float64Array> {
  const work: BlockWork = {
    here: (block, count) => permutedBlock(prepared, columns, plan, { seed, block, count }),
  };
  if (name !== undefined) {
    const sent = { statistic: name, columns, plan, seed, replicates: permutations };
    work.there = async (pool, blocks, { signal }) =>
      await pool.run('permutationBlocks', { ...sent, blocks }, { signal });
  }
  return await replicatesInBlocks(permutations, work, options);
}

/** Statistics that are equal but for the order of their sums count as equal, as in SciPy. */
function closeness(estimate: number): number {
  return 100 * Number.EPSILON * Math.abs(estimate);
}

function pOf(
  distribution: Float64Array,
  estimate: number,
  alternative: Alternative,
  exact: boolean,
): { p: number; logP: number; standardErrorOfP?: number } {
  const near = closeness(estimate);
  const m = distribution.length;
  let atMost = 0;
  let atLeast = 0;
  for (const value of distribution) {
    // An arrangement without a statistic counts as extreme, so that it cannot make P smaller.
    if (!(value > estimate + near)) atMost++;
    if (!(value < estimate - near)) atLeast++;
  }
  const share = (count: number) => (exact ? count / m : (count + 1) / (m + 1));
  const p =
    alternative === 'two-sided'
      ? Math.min(1, 2 * share(Math.min(atMost, atLeast)))
      : share(alternative === 'less' ? atMost : atLeast);
  const chance = exact ? {} : { standardErrorOfP: Math.sqrt((p * (1 - p)) / m) };
  return { p, logP: Math.log(p), ...chance };
}

function inWords(
  { words }: KnownStatistic,
  { permutations, seed }: AskedOfPermutations,
  exact: boolean,
  { clusters, strata }: UnitOptions,
): string {
  const units = clusters === undefined ? '' : ' of whole clusters';
  const within = strata === undefined ? '' : ' within strata';
  const which = exact
    ? `all arrangements${units}${within}`
    : `${permutations} random arrangements${units}${within}, seed ${seed}`;
  return `${words}, permutation test by ${which}`;
}

function unknownTest(
  common: { alternative: Alternative; n: number; method: string },
  reason: Reason,
): PermutationTest {
  const { NaN: nan } = Number;
  return {
    estimate: nan,
    p: nan,
    logP: nan,
    ...common,
    exact: false,
    permutations: 0,
    distribution: new Float64Array(0),
    reason,
  };
}
