import type { Clusters } from '../roc/clusters.js';

/** What is drawn: observations, or whole clusters of them. */
export interface ResamplingUnits {
  /** Numbers of units; each list is drawn from by itself, as many as there are in it. */
  strata: Uint32Array[];
  /** Observations of unit u: `members[starts[u]]` … `members[starts[u + 1] − 1]`. */
  starts: Uint32Array;
  members: Uint32Array;
  /** Whether every unit is a single observation, whose numbers then are the same. */
  single: boolean;
}

/**
 * @param n observations
 * @param stratumOf a number for each unit; units of equal numbers are drawn together, all of them where it is absent
 * @internal
 */
export function resamplingUnits(
  n: number,
  clusters?: Clusters,
  stratumOf?: ArrayLike<number>,
): ResamplingUnits {
  const count = clusters === undefined ? n : clusters.count;
  const all = Uint32Array.from({ length: count }, (_, u) => u);
  return {
    strata: stratumOf === undefined ? [all] : byStratum(all, stratumOf),
    ...membersOf(n, clusters),
    single: clusters === undefined,
  };
}

/** Units with each number, upwards. */
function byStratum(units: Uint32Array, stratumOf: ArrayLike<number>): Uint32Array[] {
  const lists = new Map<number, number[]>();
  for (const unit of units) {
    const list = lists.get(stratumOf[unit]);
    if (list === undefined) lists.set(stratumOf[unit], [unit]);
    else list.push(unit);
  }
  return [...lists.keys()]
    .sort((a, b) => a - b)
    .map((stratum) => Uint32Array.from(lists.get(stratum)!));
}

function membersOf(n: number, clusters: Clusters | undefined) {
  if (clusters === undefined) {
    const members = Uint32Array.from({ length: n }, (_, i) => i);
    return { members, starts: Uint32Array.from({ length: n + 1 }, (_, u) => u) };
  }
  const starts = new Uint32Array(clusters.count + 1);
  for (const unit of clusters.of) starts[unit + 1]++;
  for (let unit = 0; unit < clusters.count; unit++) starts[unit + 1] += starts[unit];
  const places = starts.slice();
  const members = new Uint32Array(n);
  clusters.of.forEach((unit, i) => (members[places[unit]++] = i));
  return { members, starts };
}

/** The observations of units, one unit after the other. */
export function observationsOf(
  { starts, members, single }: ResamplingUnits,
  units: Uint32Array,
): Uint32Array {
  if (single) return units;
  let size = 0;
  for (const unit of units) size += starts[unit + 1] - starts[unit];
  const observations = new Uint32Array(size);
  let next = 0;
  for (const unit of units) {
    for (let place = starts[unit]; place < starts[unit + 1]; place++) {
      observations[next++] = members[place];
    }
  }
  return observations;
}

/** Units in all. */
export function unitCount({ starts }: ResamplingUnits): number {
  return starts.length - 1;
}
