import { InvalidArgumentError } from '@steatosis/core';
import { keptObservations, keptValues, type Numbers, sameLength } from '../checks.js';
import type { NanPolicy } from '../reason.js';
import { type Clusters, numberedClusters } from '../roc/clusters.js';
import { type ResamplingUnits, resamplingUnits } from './units.js';

/** Which observations belong together, as a patient's number or name. */
export type Names = ArrayLike<number | string>;

/** Options that say what is drawn. */
export interface UnitOptions {
  /**
   * The cluster of each observation (the patient of each ROI): whole clusters are drawn or permuted. Default: every observation by
   * itself.
   */
  clusters?: Names;
  /** The stratum of each observation: units are drawn or permuted within strata. Default: one stratum. */
  strata?: Names;
  /** What to do with observations in which a value is NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** Data after all checks. */
export interface ResampledData {
  names: string[];
  /** Whether they were given as one array, and not by name. */
  single: boolean;
  columns: Record<string, Float64Array>;
  units: ResamplingUnits;
  /** Clusters, where they were given. */
  clusters?: Clusters;
  n: number;
}

/**
 * `'nan'` where a value is NaN under `propagate`.
 *
 * @throws InvalidArgumentError for no columns, arrays of different length, values that are no numbers, a NaN under `raise`, or clusters in
 * several strata
 * @internal
 */
export function resampledData(
  data: Numbers | Readonly<Record<string, Numbers>>,
  options: UnitOptions,
): ResampledData | { names: string[]; single: boolean; n: number; units: 'nan' } {
  const { single, given } = columnsOf(data);
  const names = Object.keys(given);
  const first = given[names[0]];
  for (const name of names) sameLength(names[0], first, name, given[name]);
  for (const name of ['clusters', 'strata'] as const) {
    const found = options[name];
    if (found !== undefined) sameLength(names[0], first, name, found);
  }
  const kept = keptObservations(given, options.nanPolicy);
  if (kept === 'nan') return { names, single, n: first.length, units: 'nan' };
  const columns: Record<string, Float64Array> = {};
  for (const name of names) columns[name] = keptValues(given[name], kept);
  const n = columns[names[0]].length;
  const clusters =
    options.clusters === undefined ? undefined : numberedClusters(options.clusters, kept);
  const strata = options.strata === undefined ? undefined : strataOf(options.strata, kept);
  const stratumOf =
    strata === undefined || clusters === undefined ? strata : ofClusters(strata, clusters);
  return {
    names,
    single,
    columns,
    units: resamplingUnits(n, clusters, stratumOf),
    ...(clusters === undefined ? {} : { clusters }),
    n,
  };
}

function columnsOf(data: Numbers | Readonly<Record<string, Numbers>>) {
  const found: unknown = data;
  if (ArrayBuffer.isView(found) || Array.isArray(found)) {
    return { single: true, given: { x: data as Numbers } };
  }
  if (typeof found !== 'object' || found === null || Object.keys(found).length === 0) {
    throw new InvalidArgumentError('data', found, 'an array of numbers, or such arrays by name');
  }
  return { single: false, given: data as Record<string, Numbers> };
}

/** Numbers of strata in the order of their names, so that they do not depend on who comes first. */
function strataOf(strata: Names, kept: Uint32Array | 'all'): Uint32Array {
  const { of, count } = numberedClusters(strata, kept, 'strata');
  const names: (number | string)[] = Array.from({ length: count });
  of.forEach((stratum, k) => (names[stratum] = strata[kept === 'all' ? k : kept[k]]));
  const order = names.map((_, stratum) => stratum).sort((a, b) => compare(names[a], names[b]));
  const places = new Uint32Array(count);
  order.forEach((stratum, place) => (places[stratum] = place));
  return of.map((stratum) => places[stratum]);
}

/** Numbers before words. */
function compare(a: number | string, b: number | string): number {
  if (typeof a === typeof b) return a < b ? -1 : 1;
  return typeof a === 'number' ? -1 : 1;
}

function ofClusters(strata: Uint32Array, { of, count }: Clusters): Uint32Array {
  const found = new Int32Array(count).fill(-1);
  of.forEach((cluster, i) => {
    if (found[cluster] >= 0 && found[cluster] !== strata[i]) {
      throw new InvalidArgumentError(
        'strata',
        'several for one cluster',
        'one stratum for all observations of a cluster',
      );
    }
    found[cluster] = strata[i];
  });
  return Uint32Array.from(found);
}
