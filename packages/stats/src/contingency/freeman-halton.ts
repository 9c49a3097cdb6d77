import type { PValue } from '../special/p-value.js';
import { type Network, networkOf } from './network.js';
import { PartialTables } from './partial-tables.js';
import type { Counts, Margins } from './table.js';

/** Outcomes as likely as the observed one but for rounding count as such; R and SciPy use the same. */
export const AS_LIKELY = 1e-7;

/** Ways through the network that are followed, one that goes on counted as several: a second or two of work. */
const MOST_STEPS = 4e7;
const GOING_ON = 8;

/**
 * The exact P of a table of any size given its margins: the sum over all tables that are not likelier than the one found.
 *
 * Columns are filled one after the other. What remains of the rows is the node of a network, in any order of the rows, and partial
 * tables that lead to the same node with the same probability are one. A partial table is done with as soon as all its
 * completions count or none does, which the longest and shortest way from its node to the end tell (Mehta and Patel 1983, JASA 78:427).
 *
 * @returns undefined where that would take more than a few seconds
 * @internal
 */
export function freemanHalton(table: Counts, margins: Margins): PValue | undefined {
  const network = networkOf(table, margins);
  return network === undefined ? undefined : sumOfWays(network);
}

function sumOfWays({ levels, logObserved }: Network): PValue | undefined {
  const limit = logObserved + AS_LIKELY;
  if (levels[0].greatest[0] <= limit) return { p: 1, logP: 0 };
  const counted: ScaledSum = { top: -Infinity, sum: 0, lost: 0 };
  const nothing = new PartialTables();
  nothing.add(0, 1);
  let tables = [nothing];
  let steps = 0;
  for (let level = 0; level + 1 < levels.length; level++) {
    const { arcsFrom, child, logWeight, ways, highest, lowest } = levels[level];
    const next = levels[level + 1].greatest.map(() => new PartialTables());
    for (let node = 0; node < tables.length; node++) {
      const { size, logOne, ways: waysHere } = tables[node];
      for (let at = 0; at < size; at++) {
        const left = limit - logOne[at];
        const to = arcsFrom[node + 1];
        for (let arc = arcsFrom[node]; arc < to; arc++) {
          if (lowest[arc] > left) continue;
          const one = logOne[at] + logWeight[arc];
          const all = waysHere[at] * ways[arc];
          if (highest[arc] <= left) count(counted, one, all);
          else {
            next[child[arc]].add(one, all);
            steps += GOING_ON;
          }
        }
        steps += to - arcsFrom[node];
        // The number of ways alone may leave the range.
        if (steps > MOST_STEPS || counted.sum === Infinity) return undefined;
      }
    }
    tables = next;
  }
  const logP = Math.min(0, counted.top + Math.log(counted.sum + counted.lost));
  return { p: Math.exp(logP), logP };
}

/** (sum + lost) exp(top): millions of terms, most of them below the last digit of the sum, so that what it loses is kept. */
interface ScaledSum {
  top: number;
  sum: number;
  lost: number;
}

/** Add `ways` exp(logOne). */
function count(counted: ScaledSum, logOne: number, ways: number): void {
  if (logOne > counted.top) {
    const factor = Math.exp(counted.top - logOne);
    counted.sum *= factor;
    counted.lost *= factor;
    counted.top = logOne;
  }
  const term = ways * Math.exp(logOne - counted.top);
  const next = counted.sum + term;
  counted.lost += counted.sum >= term ? counted.sum - next + term : term - next + counted.sum;
  counted.sum = next;
}
