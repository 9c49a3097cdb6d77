import type { FloatColumns } from './named-statistics.js';
import { exchanged, type PermutationPlan, spread, valuesOfUnits } from './permuted.js';
import { unitCount } from './units.js';

/**
 * How many different arrangements there are; equal values in a stratum change places without making another one.
 *
 * @internal
 */
export function arrangementCount(
  columns: FloatColumns,
  { permuted, units }: PermutationPlan,
): number {
  if (typeof permuted !== 'string') return 2 ** unitCount(units);
  const values = valuesOfUnits(columns[permuted], units);
  let product = 1;
  for (const stratum of units.strata) {
    const times = new Map<number, number>();
    let placed = 0;
    for (const unit of stratum) {
      const value = values[unit] + 0;
      const own = (times.get(value) ?? 0) + 1;
      times.set(value, own);
      // n!/Π tᵢ! grown one by one: always whole.
      product = (product * ++placed) / own;
    }
  }
  return product;
}

/**
 * The columns that each arrangement changes, all of them equally likely.
 *
 * @internal
 */
export function* arrangements(
  columns: FloatColumns,
  { permuted, units }: PermutationPlan,
): Generator<FloatColumns> {
  if (typeof permuted !== 'string') {
    const flips = new Uint8Array(unitCount(units));
    do yield exchanged(columns, permuted, units, flips);
    while (nextFlips(flips));
    return;
  }
  const values = valuesOfUnits(columns[permuted], units);
  const orders = units.strata.map((stratum) => Float64Array.from(stratum, (u) => values[u]).sort());
  do {
    units.strata.forEach((stratum, s) => stratum.forEach((u, k) => (values[u] = orders[s][k])));
    yield { [permuted]: spread(values, units) };
  } while (orders.some(nextOrder));
}

/** The next binary number; false after the last. */
function nextFlips(flips: Uint8Array): boolean {
  for (let u = 0; u < flips.length; u++) {
    flips[u] ^= 1;
    if (flips[u] === 1) return true;
  }
  return false;
}

/** The next order of the values in the order of a dictionary; after the last the first again, and false. */
function nextOrder(order: Float64Array): boolean {
  let i = order.length - 2;
  while (i >= 0 && order[i] >= order[i + 1]) i--;
  if (i < 0) {
    order.reverse();
    return false;
  }
  let j = order.length - 1;
  while (order[j] <= order[i]) j--;
  [order[i], order[j]] = [order[j], order[i]];
  order.subarray(i + 1).reverse();
  return true;
}
