/** Co-occurrence matrices of one small neighbourhood, boiled down to what the features need. */
import { addTo, listSlots } from '../kernels/accumulator.as';
import { CELL } from '../kernels/glcm-cells.as';
import { measurePairs } from '../kernels/glcm-measures.as';
import { correlationScratch, maximalCorrelation } from '../kernels/maximal-correlation.as';
import { componentsOfPairs } from '../kernels/pair-components.as';

/** Memory from here on belongs to the caller. */
export const heapBase: usize = __heap_base;

/** Numbers of one matrix: the results of `measurePairs`, then the maximal correlation. */
const RESULTS: usize = 30;
const SLOT: usize = 16;
/** Up to this gray level sums and differences of levels are added up in tables, above it in hash tables. */
const LONGEST_TABLE: u32 = 128;

function aligned(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

/** Slots of a hash table for so many keys, at most half full. */
function slotsFor(keys: usize): usize {
  let slots: usize = 16;
  while (slots < 2 * keys) slots <<= 1;
  return slots;
}

/**
 * Bytes of scratch that {@link measureNeighbourhood} needs.
 *
 * @param n levels at most, @param pairs of one matrix at most
 */
export function neighbourhoodScratch(n: u32, highest: u32, pairs: u32): usize {
  const slots = slotsFor(pairs) * SLOT;
  const few = min<u32>(n, 2 * pairs);
  const tables = highest <= LONGEST_TABLE ? aligned((3 * <usize>highest + 1) << 3) : 2 * slots;
  const marginals = aligned((<usize>few) << 2) + 2 * aligned((<usize>few) << 3);
  const list = slots + ((2 * <usize>highest + 2) << 4);
  return (
    slots +
    aligned((<usize>n + 1) << 2) +
    <usize>pairs * CELL +
    marginals +
    tables +
    list +
    aligned(correlationScratch(few, pairs)) +
    aligned((2 * <usize>few + 2) << 2) +
    256
  );
}

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
 * @param out 30 f64 for each matrix
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
  const pairs: usize = weights > 0 ? <usize>count * <usize>directions : <usize>count;
  const slots = slotsFor(pairs);
  const rest = scratch + slots * SLOT;
  memory.fill(scratch, 0, slots * SLOT);
  let found: u32 = 0;
  for (let d: usize = 0; d < <usize>directions; d++) {
    const weight = weights > 0 ? load<f64>(weights + (d << 3)) : 1;
    const step = (<isize>load<i32>(steps + (d << 2))) << 2;
    found += addPairs(ranks, members, count, step, weight, symmetric, n, scratch, slots - 1);
    if (weights > 0 || found === 0) continue;
    measure(scratch, slots, found, symmetric, levels, n, highest, correlate, out, rest);
    out += RESULTS << 3;
    matrices++;
    found = 0;
    memory.fill(scratch, 0, slots * SLOT);
  }
  if (weights > 0 && found > 0) {
    measure(scratch, slots, found, symmetric, levels, n, highest, correlate, out, rest);
    matrices++;
  }
  return matrices;
}

/** @returns how many kinds of pairs are new */
function addPairs(
  ranks: usize,
  members: usize,
  count: u32,
  step: isize,
  weight: f64,
  symmetric: bool,
  n: u32,
  slots: usize,
  mask: usize,
): u32 {
  let fresh: usize = 0;
  for (let k: usize = 0; k < <usize>count; k++) {
    const place = ranks + ((<usize>load<u32>(members + (k << 2))) << 2);
    const b = load<u32>(place + step);
    if (b === 0) continue;
    const a = load<u32>(place);
    const first = symmetric ? min<u32>(a, b) : a;
    const second = symmetric ? max<u32>(a, b) : b;
    // The transpose adds to a cell beside the diagonal once, to one on it a second time.
    const added = symmetric && a === b ? 2 * weight : weight;
    fresh += addTo(slots, mask, <u64>first * <u64>(n + 1) + <u64>second, added);
  }
  return <u32>fresh;
}

function measure(
  slots: usize,
  slotCount: usize,
  cells: u32,
  symmetric: bool,
  levels: usize,
  n: u32,
  highest: u32,
  correlate: bool,
  out: usize,
  scratch: usize,
): void {
  // Only levels that have pairs become rows: most directions of a small neighbourhood have few.
  const rowOf = scratch;
  const few = min<u32>(n, 2 * cells);
  const rowLevels = rowOf + aligned((<usize>n + 1) << 2);
  const list = rowLevels + aligned((<usize>few) << 2);
  memory.fill(rowOf, 0, (<usize>n + 1) << 2);
  const listed = listSlots(slots, slotCount - 1, list);
  const width = <f64>(n + 1);
  let rows: u32 = 0;
  for (let cell = list; cell < listed; cell += CELL) {
    // A slot is turned into a cell in its own place: the key becomes row and column.
    const key = load<f64>(cell);
    const a = <u32>(key / width);
    const b = <u32>(key - <f64>a * width);
    const i = rowFor(rowOf, rowLevels, levels, a, rows);
    if (i === rows) rows++;
    const j = rowFor(rowOf, rowLevels, levels, b, rows);
    if (j === rows) rows++;
    store<u32>(cell, symmetric ? min<u32>(i, j) : i);
    store<u32>(cell, symmetric ? max<u32>(i, j) : j, 4);
  }
  const px = aligned(listed);
  const py = symmetric ? px : px + aligned((<usize>rows) << 3);
  const sums = py + aligned((<usize>rows) << 3);
  const mask = highest <= LONGEST_TABLE ? 0 : slotCount - 1;
  const differences = sums + (mask > 0 ? slotCount * SLOT : (2 * <usize>highest + 1) << 3);
  const kinds = aligned(differences + (mask > 0 ? slotCount * SLOT : (<usize>highest) << 3));
  measurePairs(list, listed, rowLevels, rows, highest, px, py, sums, differences, mask, kinds, out);
  if (!correlate) return;
  // Groups of levels that never meet repeat the singular value 1: most sparse matrices need no more.
  const repeated = componentsOfPairs(list, listed, rows, symmetric, sums) > 1;
  const value = repeated ? 1 : maximalCorrelation(list, listed, rows, px, py, load<f64>(out), sums);
  store<f64>(out + ((RESULTS - 1) << 3), value);
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
