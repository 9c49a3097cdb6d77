/**
 * What the features of a matrix of gray level against size need; see `features/level-size-measures.ts`.
 * A matrix is a table of counts (u32) or weights (f64), and a list of the cells with larger sizes.
 */
import { EPSILON_PER_CELL, entropyOfCounts, nLog2n, prepareLogarithms } from './logarithms.as';

/** A listed cell: row and size as u32, count as f64. */
const CELL: usize = 16;

let results: usize = 0;
let logs: f64 = 0;
let occupied: f64 = 0;

function put(index: usize, value: f64): void {
  store<f64>(results + (index << 3), value);
}

function add(index: usize, value: f64): void {
  const place = results + (index << 3);
  store<f64>(place, load<f64>(place) + value);
}

/** What the cells of one size add, from Σ count, Σ count·i² and Σ count/i² over its levels. */
function addSize(size: f64, total: f64, high: f64, low: f64): void {
  const square = size * size;
  add(0, total);
  add(1, total * size);
  add(2, low / square);
  add(3, high / square);
  add(4, low * square);
  add(5, high * square);
}

/** The cells of a table, of one size after the other. */
function addTable<T>(
  table: usize,
  n: u32,
  width: u32,
  rowStep: usize,
  columnStep: usize,
  squares: usize,
  byLevel: usize,
  bySize: usize,
): void {
  for (let column: usize = 0; column < <usize>width; column++) {
    let total: f64 = 0;
    let high: f64 = 0;
    let low: f64 = 0;
    let cell = table + column * columnStep;
    for (let row: usize = 0; row < (<usize>n) << 3; row += 8) {
      const found = load<T>(cell);
      cell += rowStep;
      if (found === <T>0) continue;
      const count = <f64>found;
      const square = load<f64>(squares + row);
      total += count;
      high += count * square;
      low += count / square;
      logs += nLog2n(count);
      occupied++;
      store<f64>(byLevel + row, load<f64>(byLevel + row) + count);
    }
    store<f64>(bySize + (column << 3), total);
    if (total > 0) addSize(<f64>(column + 1), total, high, low);
  }
}

/**
 * @param table cell of row and column at `row·rowStep + column·columnStep` bytes; column 0 is size 1
 * @param weights whether the cells are f64; else they are u32
 * @param listed cells with other sizes than those of the table, ascending by size; see {@link CELL}
 * @param levels gray level of each row, f64
 * @param scratch room for `2·n + width` f64 and one for each listed cell twice
 * @param out room for the results
 */
export function measureLevelSizes(
  table: usize,
  weights: bool,
  n: u32,
  width: u32,
  rowStep: usize,
  columnStep: usize,
  listed: usize,
  listedEnd: usize,
  levels: usize,
  scratch: usize,
  out: usize,
): void {
  prepareLogarithms();
  results = out;
  logs = 0;
  occupied = 0;
  memory.fill(out, 0, 15 << 3);
  const bytes = (<usize>n) << 3;
  const squares = scratch;
  const byLevel = squares + bytes;
  const bySize = byLevel + bytes;
  for (let row: usize = 0; row < bytes; row += 8) {
    const level = load<f64>(levels + row);
    store<f64>(squares + row, level * level);
  }
  memory.fill(byLevel, 0, bytes);
  if (weights) addTable<f64>(table, n, width, rowStep, columnStep, squares, byLevel, bySize);
  else addTable<u32>(table, n, width, rowStep, columnStep, squares, byLevel, bySize);
  // The sizes of listed cells, and their totals, follow on those of the table.
  const sizes = bySize + ((<usize>width) << 3);
  let otherSizes: usize = 0;
  for (let cell = listed; cell < listedEnd;) {
    const size = load<u32>(cell, 4);
    let total: f64 = 0;
    let high: f64 = 0;
    let low: f64 = 0;
    while (cell < listedEnd && load<u32>(cell, 4) === size) {
      const row = (<usize>load<u32>(cell)) << 3;
      const count = load<f64>(cell, 8);
      const square = load<f64>(squares + row);
      total += count;
      high += count * square;
      low += count / square;
      logs += nLog2n(count);
      occupied++;
      store<f64>(byLevel + row, load<f64>(byLevel + row) + count);
      cell += CELL;
    }
    addSize(<f64>size, total, high, low);
    store<f64>(sizes + (otherSizes << 4), <f64>size);
    store<f64>(sizes + (otherSizes << 4), total, 8);
    otherSizes++;
  }
  const total = load<f64>(out);
  if (total === 0) return;
  put(6, entropyOfCounts(total, logs, occupied) - occupied * EPSILON_PER_CELL);
  measureLevels(levels, byLevel, bytes, total);
  measureSizes(bySize, width, sizes, otherSizes, total);
}

/** Σ count², Σ count·i², Σ count/i², and the variance of i. */
function measureLevels(levels: usize, byLevel: usize, bytes: usize, total: f64): void {
  let mean: f64 = 0;
  for (let row: usize = 0; row < bytes; row += 8) {
    const level = load<f64>(levels + row);
    const count = load<f64>(byLevel + row);
    add(7, count * count);
    add(8, count * level * level);
    add(9, count / (level * level));
    mean += (count / total) * level;
  }
  for (let row: usize = 0; row < bytes; row += 8) {
    const d = load<f64>(levels + row) - mean;
    add(10, (load<f64>(byLevel + row) / total) * d * d);
  }
}

/** The same of sizes. */
function measureSizes(
  bySize: usize,
  width: u32,
  sizes: usize,
  otherSizes: usize,
  total: f64,
): void {
  const end = sizes + (otherSizes << 4);
  const mean = load<f64>(results + 8) / total;
  for (let column: usize = 0; column < <usize>width; column++) {
    const count = load<f64>(bySize + (column << 3));
    if (count > 0) addSizeMoments(<f64>(column + 1), count, mean, total);
  }
  for (let other = sizes; other < end; other += 16) {
    addSizeMoments(load<f64>(other), load<f64>(other, 8), mean, total);
  }
}

function addSizeMoments(size: f64, count: f64, mean: f64, total: f64): void {
  const d = size - mean;
  add(11, count * count);
  add(12, count * size * size);
  add(13, count / (size * size));
  add(14, (count / total) * d * d);
}
