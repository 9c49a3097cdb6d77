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
 * Counts pairs in n log n: observations enter counts of the levels of y in the order of x. Over blocks of levels stands a tree of
 * running totals (Fenwick 1994, Softw. Pract. Exper. 24:327), which is so small that it stays in the cache.
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

  const tree = new Uint32Array((groupsY.length >>> BLOCK_BITS) + 2);
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
      const less = totalBelow(tree, entered, level);
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
      enter(tree, level >>> BLOCK_BITS);
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
  let place = 0;
  for (let level = 0; level < groups.length; level++) {
    for (const end = place + groups[level]; place < end; place++) levelAt[place] = level;
  }
  return levelAt;
}

function runningTotals(groups: Uint32Array): Uint32Array {
  const totals = new Uint32Array(groups.length);
  for (let level = 1; level < groups.length; level++) {
    totals[level] = totals[level - 1] + groups[level - 1];
  }
  return totals;
}

/** Levels of a block: two cache lines of counts. */
const BLOCK_BITS = 5;

function totalBelow(tree: Uint32Array, entered: Uint32Array, level: number): number {
  const block = level >>> BLOCK_BITS;
  let sum = 0;
  for (let node = block; node > 0; node &= node - 1) sum += tree[node];
  for (let k = block << BLOCK_BITS; k < level; k++) sum += entered[k];
  return sum;
}

function enter(tree: Uint32Array, block: number): void {
  for (let node = block + 1; node < tree.length; node += node & -node) tree[node]++;
}
