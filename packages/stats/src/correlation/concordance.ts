import { argsort } from '../numeric/argsort.js';

/** How pairs of observations are ordered in two variables. */
export interface Concordance {
  /** Pairs ordered alike in both variables. */
  concordant: number;
  /** Pairs ordered in opposite ways. */
  discordant: number;
  /** Sizes of the groups of equal values, upwards by value. */
  groupsX: Uint32Array;
  groupsY: Uint32Array;
  /** Of each observation, in some order: its concordant less its discordant pairs, and the sizes of its groups. */
  excess: Float64Array;
  sizeX: Uint32Array;
  sizeY: Uint32Array;
}

/**
 * Counts pairs in n log n: observations enter a tree of running counts (Fenwick 1994) over the ranks of y, in the order of x.
 *
 * @internal
 */
export function concordance(x: Float64Array, y: Float64Array): Concordance {
  const n = x.length;
  const byY = argsort(y);
  const ordered = new Float64Array(n);
  for (let k = 0; k < n; k++) ordered[k] = x[byY[k]];
  const byX = argsort(ordered);
  const groupsY = groupSizes(y, byY);
  const levelAt = levels(groupsY, n);

  const tree = new Uint32Array(groupsY.length + 1);
  /** Observations of each level of y that have entered. */
  const entered = new Uint32Array(groupsY.length);
  const below = runningTotals(groupsY);
  const excess = new Float64Array(n);
  const sizeX = new Uint32Array(n);
  const sizeY = new Uint32Array(n);
  const groupsX = groupSizes(ordered, byX);
  let concordant = 0;
  let discordant = 0;
  let start = 0;
  for (const size of groupsX) {
    const end = start + size;
    // Equal x came in the order of y, so that equal y stand side by side.
    for (let first = start; first < end;) {
      const level = levelAt[byX[first]];
      let next = first + 1;
      while (next < end && levelAt[byX[next]] === level) next++;
      const less = totalBelow(tree, level);
      const greater = start - less - entered[level];
      const lessLater = below[level] - less - (first - start);
      const greaterLater = n - below[level] - groupsY[level] - greater - (end - next);
      const own = less - greater + greaterLater - lessLater;
      for (let k = first; k < next; k++) {
        excess[k] = own;
        sizeX[k] = size;
        sizeY[k] = groupsY[level];
      }
      concordant += (next - first) * less;
      discordant += (next - first) * greater;
      first = next;
    }
    for (let k = start; k < end; k++) {
      const level = levelAt[byX[k]];
      entered[level]++;
      enter(tree, level);
    }
    start = end;
  }
  return { concordant, discordant, groupsX, groupsY, excess, sizeX, sizeY };
}

/** Sizes of the runs of equal values in sorted order. */
function groupSizes(values: Float64Array, order: Uint32Array): Uint32Array {
  const n = order.length;
  const sizes = new Uint32Array(n);
  let groups = 0;
  for (let k = 0; k < n; k++) {
    if (k > 0 && values[order[k]] !== values[order[k - 1]]) groups++;
    sizes[groups]++;
  }
  return sizes.subarray(0, groups + 1);
}

/** The number of the group of each place in sorted order. */
function levels(groups: Uint32Array, n: number): Uint32Array {
  const levelAt = new Uint32Array(n);
  let start = 0;
  groups.forEach((size, level) => {
    levelAt.fill(level, start, start + size);
    start += size;
  });
  return levelAt;
}

function runningTotals(groups: Uint32Array): Uint32Array {
  const totals = new Uint32Array(groups.length);
  for (let level = 1; level < groups.length; level++) {
    totals[level] = totals[level - 1] + groups[level - 1];
  }
  return totals;
}

function totalBelow(tree: Uint32Array, level: number): number {
  let sum = 0;
  for (let node = level; node > 0; node &= node - 1) sum += tree[node];
  return sum;
}

function enter(tree: Uint32Array, level: number): void {
  for (let node = level + 1; node < tree.length; node += node & -node) tree[node]++;
}
