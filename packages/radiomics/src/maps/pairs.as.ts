/** Co-occurrence matrices of one small neighbourhood, boiled down to what the features need. */
import { addTo } from '../kernels/accumulator.as';
import { CELL } from '../kernels/glcm-cells.as';
import { measurePairs } from '../kernels/glcm-measures.as';
import { correlationScratch, maximalCorrelation } from '../kernels/maximal-correlation.as';
import { isSingularValueRepeated } from './repeated-value.as';

/** Memory from here on belongs to the caller. */
export const heapBase: usize = __heap_base;

/** Numbers of one matrix: the results of `measurePairs`, then the maximal correlation. */
const RESULTS: usize = 31;
const SLOT: usize = 16;
/** Up to so many levels pairs are counted in a table of all of them, above it in a hash table. */
const MOST_TABLE_LEVELS: u32 = 512;
/** Up to this gray level sums and differences of levels are added up in tables, above it in hash tables. */
const LONGEST_TABLE: u32 = 128;
/** Pairs are named by the first rank times this, plus the second. */
const KEY_SHIFT: u64 = 24;
const KEY_MASK: u64 = (1 << 24) - 1;

function aligned(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

/** Slots of a hash table for so many keys, at most half full. */
function slotsFor(keys: usize): usize {
  let slots: usize = 16;
  while (slots < 2 * keys) slots <<= 1;
  return slots;
}

/** Bytes of the counts, and their slots less 1 or 0 for a table: the same for all neighbourhoods. */
let countsBytes: usize = 0;
let countsMask: usize = 0;
/** Bytes of the list of cells. */
let listBytes: usize = 0;

/**
 * Get ready for neighbourhoods of at most so many levels and so many pairs in one matrix.
 *
 * @returns bytes of scratch that {@link measureNeighbourhood} needs, 0 before its first call
 */
export function prepareNeighbourhoods(n: u32, highest: u32, pairs: u32): usize {
  const inTable = n <= MOST_TABLE_LEVELS;
  countsMask = inTable ? 0 : slotsFor(pairs) - 1;
  countsBytes = inTable ? aligned((<usize>n * <usize>n) << 3) : slotsFor(pairs) * SLOT;
  listBytes = aligned(<usize>pairs * CELL);
  const slots = slotsFor(pairs) * SLOT;
  const few = min<u32>(n, 2 * pairs);
  const rowOf = aligned((<usize>n + 1) << 2) + aligned((<usize>few) << 2);
  const marginals: usize = 2 * aligned((<usize>few) << 3);
  const sums = highest <= LONGEST_TABLE ? aligned((3 * <usize>highest + 1) << 3) : 2 * slots;
  const kinds = slots + ((2 * <usize>min<u32>(highest, LONGEST_TABLE) + 2) << 4);
  const correlation = max<usize>(correlationScratch(few, pairs), (2 * <usize>few + 2) << 2);
  return countsBytes + listBytes + rowOf + marginals + max<usize>(sums + kinds, correlation) + 256;
}

/** Cells of the matrix that is being listed. */
let listed: usize = 0;

/**
 * Measure the co-occurrence matrices of a neighbourhood: one per direction that has pairs, or one in all
 * where there are weights.
 *
 * @param ranks padded box, u32, 0 outside
 * @param members the `count` places in it that count, u32
 * @param steps of the directions, i32
 * @param weights f64 of each direction; 0 for none
 * @param levels gray level of each rank, rank 1 first, u32
 * @param correlate whether the maximal correlation is wanted
 * @param out 31 f64 for each matrix
 * @returns the number of matrices
 */
export function measureNeighbourhood(
  ranks: usize,
  members: usize,
  count: u32,
  steps: usize,
  directions: u32,
  weights: usize,
  symmetric: bool,
  levels: usize,
  n: u32,
  highest: u32,
  correlate: bool,
  out: usize,
  scratch: usize,
): u32 {
  let matrices: u32 = 0;
  const list = scratch + countsBytes;
  const rest = list + listBytes;
  const mask = countsMask;
  listed = list;
  for (let d: usize = 0; d < <usize>directions; d++) {
    const weight = weights > 0 ? load<f64>(weights + (d << 3)) : 1;
    const step = (<isize>load<i32>(steps + (d << 2))) << 2;
    if (mask === 0) addToTable(ranks, members, count, step, weight, symmetric, n, scratch);
    else addToSlots(ranks, members, count, step, weight, symmetric, scratch, mask);
    if (weights > 0 || listed === list) continue;
    takeCounts(list, n, scratch, mask);
    measure(list, symmetric, levels, n, highest, correlate, out, rest);
    out += RESULTS << 3;
    matrices++;
    listed = list;
  }
  if (weights > 0 && listed > list) {
    takeCounts(list, n, scratch, mask);
    measure(list, symmetric, levels, n, highest, correlate, out, rest);
    matrices++;
  }
  return matrices;
}

/** Add the pairs of one direction to the counts, n×n f64, and list those that are new. */
function addToTable(
  ranks: usize,
  members: usize,
  count: u32,
  step: isize,
  weight: f64,
  symmetric: bool,
  n: u32,
  counts: usize,
): void {
  let end = listed;
  for (let k: usize = 0; k < <usize>count; k++) {
    const place = ranks + ((<usize>load<u32>(members + (k << 2))) << 2);
    const b = load<u32>(place + step);
    if (b === 0) continue;
    const a = load<u32>(place);
    const first = symmetric ? min<u32>(a, b) : a;
    const second = symmetric ? max<u32>(a, b) : b;
    const cell = counts + ((<usize>((first - 1) * n + second - 1)) << 3);
    const before = load<f64>(cell);
    // The transpose adds to a cell beside the diagonal once, to one on it a second time.
    store<f64>(cell, before + (symmetric && a === b ? 2 * weight : weight));
    if (before !== 0) continue;
    store<u32>(end, first);
    store<u32>(end, second, 4);
    end += CELL;
  }
  listed = end;
}

/** The same with a hash table. */
function addToSlots(
  ranks: usize,
  members: usize,
  count: u32,
  step: isize,
  weight: f64,
  symmetric: bool,
  slots: usize,
  mask: usize,
): void {
  for (let k: usize = 0; k < <usize>count; k++) {
    const place = ranks + ((<usize>load<u32>(members + (k << 2))) << 2);
    const b = load<u32>(place + step);
    if (b === 0) continue;
    const a = load<u32>(place);
    const first = symmetric ? min<u32>(a, b) : a;
    const second = symmetric ? max<u32>(a, b) : b;
    const added = symmetric && a === b ? 2 * weight : weight;
    const key = ((<u64>first) << KEY_SHIFT) | (<u64>second);
    if (addTo(slots, mask, key, added) === 0) continue;
    store<u32>(listed, first);
    store<u32>(listed, second, 4);
    listed += CELL;
  }
}

/** Put the counts into the list and leave 0 where they were. */
function takeCounts(list: usize, n: u32, counts: usize, mask: usize): void {
  if (mask === 0) {
    for (let cell = list; cell < listed; cell += CELL) {
      const row = load<u32>(cell) - 1;
      const place = counts + ((<usize>(row * n + load<u32>(cell, 4) - 1)) << 3);
      store<f64>(cell, load<f64>(place), 8);
      store<f64>(place, 0);
    }
    return;
  }
  let cell = list;
  for (let slot = counts; slot <= counts + mask * SLOT; slot += SLOT) {
    const key = load<u64>(slot);
    if (key === 0) continue;
    store<u32>(cell, <u32>(key >> KEY_SHIFT));
    store<u32>(cell, <u32>(key & KEY_MASK), 4);
    store<f64>(cell, load<f64>(slot, 8), 8);
    cell += CELL;
  }
  memory.fill(counts, 0, (mask + 1) * SLOT);
}

function measure(
  list: usize,
  symmetric: bool,
  levels: usize,
  n: u32,
  highest: u32,
  correlate: bool,
  out: usize,
  scratch: usize,
): void {
  const cells = <u32>((listed - list) / CELL);
  const rowLevels = scratch + aligned((<usize>n + 1) << 2);
  const px = rowLevels + aligned((<usize>min<u32>(n, 2 * cells)) << 2);
  const rows = numberRows(list, symmetric, levels, n, scratch, rowLevels);
  const py = symmetric ? px : px + aligned((<usize>rows) << 3);
  const sums = py + aligned((<usize>rows) << 3);
  const slots: usize = highest <= LONGEST_TABLE ? 0 : slotsFor(cells);
  const slotBytes: usize = slots * SLOT;
  const differences = sums + (slots > 0 ? slotBytes : (2 * <usize>highest + 1) << 3);
  const kinds = aligned(differences + (slots > 0 ? slotBytes : (<usize>highest) << 3));
  const mask: usize = slots > 0 ? slots - 1 : 0;
  measurePairs(list, listed, rowLevels, rows, highest, px, py, sums, differences, mask, kinds, out);
  if (!correlate) return;
  const value = isSingularValueRepeated(list, listed, rows, symmetric, sums)
    ? 1
    : maximalCorrelation(list, listed, rows, px, py, load<f64>(out), sums);
  store<f64>(out + ((RESULTS - 1) << 3), value);
}

/**
 * Turn the ranks of the cells into rows and columns from 0. Only levels that have pairs become rows: most
 * directions of a small neighbourhood have few.
 *
 * @returns the number of rows
 */
function numberRows(
  list: usize,
  symmetric: bool,
  levels: usize,
  n: u32,
  rowOf: usize,
  rowLevels: usize,
): u32 {
  memory.fill(rowOf, 0, (<usize>n + 1) << 2);
  let rows: u32 = 0;
  for (let cell = list; cell < listed; cell += CELL) {
    const i = rowFor(rowOf, rowLevels, levels, load<u32>(cell), rows);
    if (i === rows) rows++;
    const j = rowFor(rowOf, rowLevels, levels, load<u32>(cell, 4), rows);
    if (j === rows) rows++;
    store<u32>(cell, symmetric ? min<u32>(i, j) : i);
    store<u32>(cell, symmetric ? max<u32>(i, j) : j, 4);
  }
  return rows;
}

/** The row of a level; a new one, whose number is `rows`, where it has none. */
function rowFor(rowOf: usize, rowLevels: usize, levels: usize, rank: u32, rows: u32): u32 {
  const place = rowOf + ((<usize>rank) << 2);
  const known = load<u32>(place);
  if (known > 0) return known - 1;
  store<u32>(place, rows + 1);
  store<u32>(rowLevels + ((<usize>rows) << 2), load<u32>(levels + ((<usize>(rank - 1)) << 2)));
  return rows;
}
