import type { Counts, Margins } from './table.js';

/** All ways to fill a table column by column given its margins. */
export interface Network {
  /** By the number of columns filled, until the last column follows from the others. */
  levels: Level[];
  /** ln of the probability of the table found. */
  logObserved: number;
}

/** What may remain of the rows after some columns, and the ways on from there. */
interface Level {
  /** ln of the greatest and least probability of a completion, by node. */
  greatest: number[];
  least: number[];
  /** The arcs of node i are those from arcsFrom[i] to arcsFrom[i + 1]. */
  arcsFrom: number[];
  /** Node of the next level. */
  child: number[];
  /** ln of the probability of one way to fill the column given what remains. */
  logWeight: number[];
  /** The number of such ways: exchanges of rows that have the same remainder. */
  ways: number[];
  /** ln of the greatest and least probability of the arc with a completion. */
  highest: Float64Array;
  lowest: Float64Array;
}

/** Ways to fill a column that are looked at. */
const MOST_ARCS = 2e6;

/** @returns undefined for a network that is too large */
export function networkOf(table: Counts, margins: Margins): Network | undefined {
  const { rows, columns, counts } = oriented(table, margins);
  const root = sortedDown(rows);
  // No remainder is above the row of its rank, and the largest follows from the sum.
  const radices = root.map(() => 0);
  let states = 1;
  for (let i = 1; i < root.length; i++) {
    radices[i] = states;
    states *= root[i] + 1;
  }
  if (states > Number.MAX_SAFE_INTEGER) return undefined;
  const levels: Level[] = [];
  const left = [...rows];
  let nodes = [root];
  let rest = margins.total;
  let looked = 0;
  let logObserved = 0;
  for (const [at, column] of columns.slice(0, -1).entries()) {
    const level = emptyLevel();
    const logAll = logBinomials(rest, column).at(-1)!;
    const indexOf = new Map<number, number>();
    const next: number[][] = [];
    for (const node of nodes) {
      level.arcsFrom.push(level.child.length);
      const within = fillings(node, column, MOST_ARCS - looked, (remainder, logWeight, ways) => {
        const sorted = sortedDown(remainder);
        const key = sorted.reduce((sum, count, i) => sum + count * radices[i], 0);
        let index = indexOf.get(key);
        if (index === undefined) {
          index = next.push(sorted) - 1;
          indexOf.set(key, index);
        }
        level.child.push(index);
        level.logWeight.push(logWeight - logAll);
        level.ways.push(ways);
        looked++;
      });
      if (!within) return undefined;
    }
    level.arcsFrom.push(level.child.length);
    levels.push(level);
    left.forEach((count, i) => {
      logObserved += logBinomials(count, counts[at][i])[counts[at][i]];
      left[i] -= counts[at][i];
    });
    logObserved -= logAll;
    nodes = next;
    rest -= column;
  }
  levels.push({ ...emptyLevel(), greatest: nodes.map(() => 0), least: nodes.map(() => 0) });
  for (let i = levels.length - 2; i >= 0; i--) bound(levels[i], levels[i + 1]);
  return { levels, logObserved };
}

function emptyLevel(): Level {
  return {
    greatest: [],
    least: [],
    arcsFrom: [],
    child: [],
    logWeight: [],
    ways: [],
    highest: new Float64Array(0),
    lowest: new Float64Array(0),
  };
}

/**
 * The shorter side as rows. The largest column comes last, since it needs no filling; the others from large to small, which leaves
 * few ways for the many nodes later on. `counts` by column.
 */
function oriented(table: Counts, margins: Margins) {
  const across = margins.rows.length > margins.columns.length;
  const [rows, columns] = across
    ? [margins.columns, margins.rows]
    : [margins.rows, margins.columns];
  const [largest, ...others] = columns.map((_, j) => j).sort((a, b) => columns[b] - columns[a]);
  const order = [...others, largest];
  return {
    rows,
    columns: order.map((j) => columns[j]),
    counts: order.map((j) => (across ? table[j] : table.map((row) => row[j]))),
  };
}

function sortedDown(counts: readonly number[]): number[] {
  const sorted = [...counts];
  for (let i = 1; i < sorted.length; i++) {
    const count = sorted[i];
    let j = i;
    for (; j > 0 && sorted[j - 1] < count; j--) sorted[j] = sorted[j - 1];
    sorted[j] = count;
  }
  return sorted;
}

/** ln of n over k for k up to `most`. */
function logBinomials(n: number, most: number): number[] {
  const logs = [0];
  for (let k = 0; k < most; k++) logs.push(logs[k] + Math.log((n - k) / (k + 1)));
  return logs;
}

/**
 * Visit the ways to take `column` from rows with these remainders, those that differ by an exchange of equal rows once.
 *
 * @returns false if there are more than `most`
 */
function fillings(
  rows: readonly number[],
  column: number,
  most: number,
  visit: (remainder: readonly number[], logWeight: number, ways: number) => void,
): boolean {
  const logs = rows.map((row) => logBinomials(row, Math.min(row, column)));
  const capacity = rows.map((_, i) => rows.slice(i + 1).reduce((sum, row) => sum + row, 0));
  const remainder = [...rows];
  const last = rows.length - 1;
  let visits = 0;
  /** `place` and `run`: how many equal rows there were up to here, and how many of them took the same. */
  const fill = (
    i: number,
    needed: number,
    logWeight: number,
    ways: number,
    before: { taken: number; place: number; run: number },
  ): void => {
    const equal = i > 0 && rows[i] === rows[i - 1];
    const greatest = Math.min(rows[i], needed, equal ? before.taken : Infinity);
    for (let taken = Math.max(0, needed - capacity[i]); taken <= greatest; taken++) {
      if (visits > most) return;
      const place = equal ? before.place + 1 : 1;
      const run = equal && taken === before.taken ? before.run + 1 : 1;
      const now = (ways * place) / run;
      remainder[i] = rows[i] - taken;
      const logNow = logWeight + logs[i][taken];
      if (i === last) {
        visits++;
        visit(remainder, logNow, now);
      } else fill(i + 1, needed - taken, logNow, now, { taken, place, run });
    }
  };
  fill(0, column, 0, 1, { taken: 0, place: 0, run: 0 });
  return visits <= most;
}

/** Greatest and least completion of every node of a level from those of the next. */
function bound(level: Level, next: Level): void {
  const { arcsFrom, child, logWeight, greatest, least } = level;
  level.highest = Float64Array.from(child, (to, arc) => logWeight[arc] + next.greatest[to]);
  level.lowest = Float64Array.from(child, (to, arc) => logWeight[arc] + next.least[to]);
  for (let node = 0; node + 1 < arcsFrom.length; node++) {
    let [high, low] = [-Infinity, Infinity];
    for (let arc = arcsFrom[node]; arc < arcsFrom[node + 1]; arc++) {
      high = Math.max(high, level.highest[arc]);
      low = Math.min(low, level.lowest[arc]);
    }
    greatest.push(high);
    least.push(low);
  }
}
