import { createRandom, type Random } from '@steatosis/core';
import type { FloatColumns } from './named-statistics.js';
import type { StatisticOfObservations } from './replicates.js';
import type { ResamplingUnits } from './units.js';

/**
 * What a permutation changes: the order of a column's values among units of a stratum, or, unit by unit, which of two columns a value
 * stands in.
 */
export interface PermutationPlan {
  permuted: string | readonly [string, string];
  units: ResamplingUnits;
}

type Prepared = (columns: FloatColumns) => StatisticOfObservations;

/**
 * The statistic of so many random arrangements.
 *
 * @internal
 */
export function permutedBlock(
  prepared: Prepared,
  columns: FloatColumns,
  plan: PermutationPlan,
  { seed, block, count }: { seed: number; block: number; count: number },
): Float64Array {
  const random = createRandom(seed).split(block);
  const { permuted, units } = plan;
  const statistic = (changed: FloatColumns) => statisticOf(prepared, { ...columns, ...changed });
  if (typeof permuted === 'string') {
    const values = valuesOfUnits(columns[permuted], units);
    return Float64Array.from({ length: count }, () =>
      statistic({ [permuted]: spread(shuffled(values, units, random), units) }),
    );
  }
  const flips = new Uint8Array(units.starts.length - 1);
  return Float64Array.from({ length: count }, () => {
    for (let u = 0; u < flips.length; u++) flips[u] = random.uint32() >>> 31;
    return statistic(exchanged(columns, permuted, units, flips));
  });
}

/** @internal */
export function statisticOf(prepared: Prepared, columns: FloatColumns): number {
  const n = columns[Object.keys(columns)[0]].length;
  return prepared(columns)(Uint32Array.from({ length: n }, (_, i) => i));
}

/** The value of each unit's first observation. */
export function valuesOfUnits(
  column: Float64Array,
  { starts, members }: ResamplingUnits,
): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, u) => column[members[starts[u]]]);
}

/** A column of which all observations of a unit have the unit's value. */
export function spread(values: Float64Array, { starts, members }: ResamplingUnits): Float64Array {
  const column = new Float64Array(members.length);
  values.forEach((value, u) => {
    for (let place = starts[u]; place < starts[u + 1]; place++) column[members[place]] = value;
  });
  return column;
}

/** In another order within strata (Fisher–Yates). */
function shuffled(values: Float64Array, { strata }: ResamplingUnits, random: Random): Float64Array {
  const found = values.slice();
  for (const stratum of strata) {
    for (let k = stratum.length - 1; k > 0; k--) {
      const [a, b] = [stratum[k], stratum[random.integer(k + 1)]];
      [found[a], found[b]] = [found[b], found[a]];
    }
  }
  return found;
}

/** Two columns whose values stand in each other's place where a unit is flipped. */
export function exchanged(
  columns: FloatColumns,
  [x, y]: readonly [string, string],
  { starts, members }: ResamplingUnits,
  flips: Uint8Array,
): FloatColumns {
  const [a, b] = [columns[x].slice(), columns[y].slice()];
  flips.forEach((flip, u) => {
    if (flip === 0) return;
    for (let place = starts[u]; place < starts[u + 1]; place++) {
      const i = members[place];
      [a[i], b[i]] = [b[i], a[i]];
    }
  });
  return { [x]: a, [y]: b };
}
