import type { DenseMatrix } from '../../data/matrix.js';
import type { EngineMemory } from '../../engine/memory.js';
import type { Steps } from '../../engine/team.js';
import { BAD_ROW, BINS, CUTS, IS_CATEGORICAL, TABLE_WIDTH } from './feature-table.js';
import type { BinningKernels } from './kernels.js';

/** Columns that are sketched in one pass over the rows: a cache line holds sixteen, a sketch takes up to 2 MB. */
const COLUMNS_AT_ONCE = 4;
/** Rows that are gathered before they are pushed. */
const ROWS_AT_ONCE = 4096;
/** Bytes of rows that are searched at a time: what stays in a processor's nearer caches. */
const BLOCK_BYTES = 49152;

/** Greatest category: with a slot for missing values its bins still fit in 16 bits. */
export const MOST_CATEGORY = 65534;

/** Bytes that each member works in. */
export function workBytes(
  kernels: BinningKernels,
  { rows, columns }: { rows: number; columns: number },
  maxBin: number,
): number {
  const sketching =
    COLUMNS_AT_ONCE * (kernels.sketchBytes(rows, maxBin) + 4 * ROWS_AT_ONCE) +
    kernels.sketchScratchBytes(rows, maxBin);
  return Math.max(sketching, blockRows(columns) * columns * 4) + 64;
}

function blockRows(columns: number): number {
  return Math.max(16, Math.floor(BLOCK_BYTES / (16 * columns)) * 4);
}

/**
 * The steps of binning. Every member makes them over its own view of the same values.
 *
 * - `countMissing`(counts): number of missing values of each column, i32[members][columns].
 * - `sketchColumns`(table, counts, weights, work, bytes of work, maxBin): cuts and bins of each feature.
 * - `binRows`(table, bins, bytes of a tile, bytes of a bin, work, bytes of work): the bins of all values.
 */
export function binningSteps(engine: EngineMemory, x: DenseMatrix<Float32Array>): Steps {
  const kernels = engine.kernels as unknown as BinningKernels;
  const { data, rows, columns } = x;
  return {
    countMissing(index, count, [counts]) {
      const begin = Math.floor((rows * index) / count) * columns;
      const end = Math.floor((rows * (index + 1)) / count) * columns;
      const missing = engine.i32At(counts + 4 * columns * index, columns);
      for (let i = begin; i < end; i++) {
        if (data[i] !== data[i]) missing[i % columns]++;
      }
    },
    sketchColumns(index, count, [table, counts, weights, work, bytes, maxBin]) {
      const first = index * COLUMNS_AT_ONCE;
      for (let from = first; from < columns; from += count * COLUMNS_AT_ONCE) {
        const to = Math.min(columns, from + COLUMNS_AT_ONCE);
        sketchGroup(engine, kernels, x, from, to, {
          table: table,
          counts: counts,
          weights: weights,
          work: work + index * bytes,
          maxBin: maxBin,
        });
      }
    },
    binRows(index, count, [table, bins, tileBytes, binBytes, work, bytes]) {
      const block = work + index * bytes;
      const most = blockRows(columns);
      const end = Math.floor((rows * (index + 1)) / count);
      const { f32 } = engine;
      for (let row = Math.floor((rows * index) / count); row < end; row += most) {
        const n = Math.min(most, end - row);
        f32.set(data.subarray(row * columns, (row + n) * columns), block / 4);
        const to = bins + row * 4 * binBytes;
        kernels.binRows(block, n, columns, table, to, tileBytes, binBytes);
      }
    },
  };
}

interface Group {
  table: number;
  counts: number;
  weights: number;
  work: number;
  maxBin: number;
}

/** Sketch the numeric ones of a few neighbouring columns, look for the greatest category of the others. */
function sketchGroup(
  engine: EngineMemory,
  kernels: BinningKernels,
  x: DenseMatrix<Float32Array>,
  from: number,
  to: number,
  { table, counts, weights, work, maxBin }: Group,
): void {
  const { data, rows, columns } = x;
  const entries = engine.u32At(table, columns * TABLE_WIDTH);
  const present = engine.i32At(counts, columns);
  const bytes = kernels.sketchBytes(rows, maxBin);
  const values = work + COLUMNS_AT_ONCE * bytes;
  const scratch = values + COLUMNS_AT_ONCE * ROWS_AT_ONCE * 4;
  const numeric: number[] = [];
  for (let f = from; f < to; f++) {
    if (entries[f * TABLE_WIDTH + IS_CATEGORICAL] === 1) {
      countCategories(x, f, entries.subarray(f * TABLE_WIDTH, (f + 1) * TABLE_WIDTH));
    } else {
      numeric.push(f);
      kernels.sketchBegin(work + (f - from) * bytes, present[f], maxBin);
    }
  }
  for (let row = 0; row < rows && numeric.length > 0; row += ROWS_AT_ONCE) {
    const n = Math.min(ROWS_AT_ONCE, rows - row);
    gather(data, row * columns + from, columns, n, to - from, engine.f32, values / 4);
    const itsWeights = weights === 0 ? 0 : weights + 4 * row;
    for (const f of numeric) {
      const column = values + (f - from) * ROWS_AT_ONCE * 4;
      kernels.sketchPush(work + (f - from) * bytes, column, itsWeights, n, scratch);
    }
  }
  for (const f of numeric) {
    const cuts = entries[f * TABLE_WIDTH + CUTS] - 4;
    entries[f * TABLE_WIDTH + BINS] = kernels.sketchCuts(
      work + (f - from) * bytes,
      maxBin,
      scratch,
      cuts,
    );
  }
}

/** Copy `count` neighbouring columns of n rows to places that are {@link ROWS_AT_ONCE} apart. */
function gather(
  data: Float32Array,
  first: number,
  columns: number,
  n: number,
  count: number,
  target: Float32Array,
  to: number,
): void {
  if (count === 4) {
    for (let i = 0, at = first; i < n; i++, at += columns) {
      target[to + i] = data[at]!;
      target[to + i + ROWS_AT_ONCE] = data[at + 1]!;
      target[to + i + 2 * ROWS_AT_ONCE] = data[at + 2]!;
      target[to + i + 3 * ROWS_AT_ONCE] = data[at + 3]!;
    }
    return;
  }
  for (let c = 0; c < count; c++) {
    for (let i = 0, at = first + c; i < n; i++, at += columns) {
      target[to + i + c * ROWS_AT_ONCE] = data[at]!;
    }
  }
}

/** A categorical feature has a bin for each code up to the greatest. */
function countCategories(
  { data, rows, columns }: DenseMatrix<Float32Array>,
  feature: number,
  entry: Uint32Array,
): void {
  let greatest = 0;
  for (let row = 0, at = feature; row < rows; row++, at += columns) {
    const value = data[at];
    if (value !== value) continue;
    if (!(value >= 0 && value <= MOST_CATEGORY && Math.floor(value) === value)) {
      entry[BAD_ROW] = row + 1;
      return;
    }
    if (value > greatest) greatest = value;
  }
  entry[BINS] = greatest + 1;
}
