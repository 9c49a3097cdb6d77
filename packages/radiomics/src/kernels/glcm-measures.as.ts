/** What the co-occurrence features need, from the cells of one matrix; see `features/glcm-measures.ts`. */
import { addTo, listSlots, listTable } from './accumulator.as';
import { CELL } from './glcm-cells.as';
import {
  entropyOfCounts,
  EPSILON,
  EPSILON_PER_CELL,
  nLog2n,
  prepareLogarithms,
} from './logarithms.as';

/** The results, f64 each, in the order of `features/glcm-measures.ts`. */
let results: usize = 0;

function put(index: usize, value: f64): void {
  store<f64>(results + (index << 3), value);
}

/**
 * @param cells the list, see `glcm-cells.as.ts`
 * @param levels gray level of each row and column, u32
 * @param highest Ng
 * @param rows room for n f64: p_x
 * @param columns the same for p_y; the place of the rows where the matrix is symmetric
 * @param sums room for the sums by i + j: 2·highest + 1 f64, or 16 bytes a slot of a hash table
 * @param differences the same for |i − j|: highest f64, or slots, whose key is |i − j| + 1
 * @param mask slots of the hash tables less 1; 0 for tables by key
 * @param list room for the non-empty ones of either, 16 bytes each
 * @returns 0 for an empty matrix, which has no features
 */
export function measurePairs(
  cells: usize,
  end: usize,
  levels: usize,
  n: u32,
  highest: u32,
  rows: usize,
  columns: usize,
  sums: usize,
  differences: usize,
  mask: usize,
  list: usize,
  out: usize,
): u32 {
  prepareLogarithms();
  results = out;
  const symmetric = rows === columns;
  memory.fill(rows, 0, (<usize>n) << 3);
  if (!symmetric) memory.fill(columns, 0, (<usize>n) << 3);
  memory.fill(sums, 0, mask > 0 ? (mask + 1) << 4 : (2 * <usize>highest + 1) << 3);
  memory.fill(differences, 0, mask > 0 ? (mask + 1) << 4 : (<usize>highest) << 3);
  let squares: f64 = 0;
  let logs: f64 = 0;
  let maximum: f64 = 0;
  let occupied: f64 = 0;
  let total: f64 = 0;
  for (let cell = cells; cell < end; cell += CELL) {
    const i = load<u32>(cell);
    const j = load<u32>(cell, 4);
    const count = load<f64>(cell, 8);
    const a = load<u32>(levels + ((<usize>i) << 2));
    const b = load<u32>(levels + ((<usize>j) << 2));
    // A cell off the diagonal of a symmetric matrix stands for two.
    const twice: f64 = symmetric && i !== j ? 2 : 1;
    const row = rows + ((<usize>i) << 3);
    store<f64>(row, load<f64>(row) + count);
    if (twice === 2 || !symmetric) {
      const column = columns + ((<usize>j) << 3);
      store<f64>(column, load<f64>(column) + count);
    }
    const both = twice * count;
    const sum = a + b;
    const difference = a > b ? a - b : b - a;
    if (mask === 0) {
      const s = sums + ((<usize>sum) << 3);
      store<f64>(s, load<f64>(s) + both);
      const d = differences + ((<usize>difference) << 3);
      store<f64>(d, load<f64>(d) + both);
    } else {
      addTo(sums, mask, sum, both);
      addTo(differences, mask, <u64>difference + 1, both);
    }
    total += both;
    squares += both * count;
    logs += twice * nLog2n(count);
    maximum = max<f64>(maximum, count);
    occupied += twice;
  }
  if (total === 0) return 0;
  put(0, total);
  put(1, squares / (total * total));
  put(2, maximum / total);
  put(3, entropyOfCounts(total, logs, occupied));
  put(4, occupied);
  measureMarginal(rows, levels, n, total, 5);
  if (symmetric) memory.copy(out + (9 << 3), out + (5 << 3), 4 << 3);
  else measureMarginal(columns, levels, n, total, 9);
  const centre = load<f64>(out + (7 << 3)) + load<f64>(out + (11 << 3));
  const sumsEnd =
    mask > 0 ? listSlots(sums, mask, list) : listTable(sums, 2 * <usize>highest + 1, list);
  measureSums(list, sumsEnd, total, centre);
  const differencesEnd =
    mask > 0 ? listSlots(differences, mask, list) : listTable(differences, highest, list);
  measureDifferences(list, differencesEnd, total, mask > 0 ? 1 : 0, highest);
  measureProducts(cells, end, levels, rows, columns, total);
  return 1;
}

/** Entropy, non-empty entries, mean and variance of a marginal, which becomes probabilities. */
function measureMarginal(p: usize, levels: usize, n: u32, total: f64, first: usize): void {
  let logs: f64 = 0;
  let occupied: f64 = 0;
  let mean: f64 = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const count = load<f64>(p + (i << 3));
    if (count === 0) continue;
    occupied++;
    logs += nLog2n(count);
    const share = count / total;
    mean += share * <f64>load<u32>(levels + (i << 2));
    store<f64>(p + (i << 3), share);
  }
  let variance: f64 = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const d = <f64>load<u32>(levels + (i << 2)) - mean;
    variance += load<f64>(p + (i << 3)) * d * d;
  }
  put(first, entropyOfCounts(total, logs, occupied));
  put(first + 1, occupied);
  put(first + 2, mean);
  put(first + 3, variance);
}

/** Mean, mean square and entropy of i + j, and its moments about the centre. */
function measureSums(list: usize, end: usize, total: f64, centre: f64): void {
  let mean: f64 = 0;
  let squares: f64 = 0;
  let second: f64 = 0;
  let third: f64 = 0;
  let fourth: f64 = 0;
  let logs: f64 = 0;
  for (let entry = list; entry < end; entry += 16) {
    const k = load<f64>(entry);
    const count = load<f64>(entry, 8);
    const p = count / total;
    const d = k - centre;
    const d2 = d * d;
    mean += p * k;
    squares += p * k * k;
    second += p * d2;
    third += p * d2 * d;
    fourth += p * d2 * d2;
    logs += nLog2n(count);
  }
  const cells = <f64>((end - list) >> 4);
  put(13, mean);
  put(14, squares);
  put(15, second);
  put(16, third);
  put(17, fourth);
  put(18, entropyOfCounts(total, logs, cells) - cells * EPSILON_PER_CELL);
}

/** Moments and inverse moments of |i − j|, which is the key less `offset`. */
function measureDifferences(list: usize, end: usize, total: f64, offset: f64, highest: u32): void {
  let mean: f64 = 0;
  let squares: f64 = 0;
  let id: f64 = 0;
  let idm: f64 = 0;
  let idn: f64 = 0;
  let idmn: f64 = 0;
  let inverseVariance: f64 = 0;
  let logs: f64 = 0;
  const ng = <f64>highest;
  for (let entry = list; entry < end; entry += 16) {
    const k = load<f64>(entry) - offset;
    const count = load<f64>(entry, 8);
    const p = count / total;
    const k2 = k * k;
    mean += p * k;
    squares += p * k2;
    id += p / (1 + k);
    idm += p / (1 + k2);
    idn += p / (1 + k / ng);
    idmn += p / (1 + k2 / (ng * ng));
    if (k > 0) inverseVariance += p / k2;
    logs += nLog2n(count);
  }
  let variance: f64 = 0;
  for (let entry = list; entry < end; entry += 16) {
    const d = load<f64>(entry) - offset - mean;
    variance += (load<f64>(entry, 8) / total) * d * d;
  }
  const cells = <f64>((end - list) >> 4);
  put(19, mean);
  put(20, squares);
  put(21, variance);
  put(22, entropyOfCounts(total, logs, cells) - cells * EPSILON_PER_CELL);
  put(23, id);
  put(24, idm);
  put(25, idn);
  put(26, idmn);
  put(27, inverseVariance);
}

/** What ε adds to Σ P·log₂(p_x·p_y + ε), and the covariance of i and j. */
function measureProducts(
  cells: usize,
  end: usize,
  levels: usize,
  rows: usize,
  columns: usize,
  total: f64,
): void {
  const symmetric = rows === columns;
  const rowMean = load<f64>(results + (7 << 3));
  const columnMean = load<f64>(results + (11 << 3));
  let added: f64 = 0;
  let covariance: f64 = 0;
  for (let cell = cells; cell < end; cell += CELL) {
    const i = <usize>load<u32>(cell);
    const j = <usize>load<u32>(cell, 4);
    const count = load<f64>(cell, 8);
    const both = symmetric && i !== j ? 2 * count : count;
    const product = load<f64>(rows + (i << 3)) * load<f64>(columns + (j << 3));
    // To first order it is ε/(p_x·p_y·ln 2); tiny weights need the logarithm itself.
    const each =
      product > 1e-9 ? EPSILON_PER_CELL / product : NativeMath.log2(1 + EPSILON / product);
    added += both * each;
    const a = <f64>load<u32>(levels + (i << 2)) - rowMean;
    const b = <f64>load<u32>(levels + (j << 2)) - columnMean;
    covariance += both * a * b;
  }
  put(28, added / total);
  put(29, covariance / total);
}
