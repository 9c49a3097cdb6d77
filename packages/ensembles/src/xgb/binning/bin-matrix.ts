import type { DenseMatrix } from '../../data/matrix.js';
import type { EngineMemory } from '../../engine/memory.js';
import type { Team } from '../../engine/team.js';
import { InvalidDataError } from '../../errors.js';
import type { BinnedMatrix } from './binned-matrix.js';
import type { HistogramCuts } from './cuts.js';
import { BAD_ROW, BINS, CUTS, IS_CATEGORICAL, TABLE_WIDTH } from './feature-table.js';
import type { BinningKernels } from './kernels.js';
import { MOST_CATEGORY, workBytes } from './steps.js';

/** What is binned beside the features themselves. */
export interface BinningOptions {
  /** Greatest number of bins of a numeric feature, 2 … 65535. */
  maxBin: number;
  /** Weight of each row, float32; the ranks of the sketch count them. Absent: all 1. */
  weights?: Float32Array | undefined;
  /** 'c' for a categorical feature, whose values are codes 0, 1, 2, …; anything else is numeric. Absent: all numeric. */
  featureTypes?: readonly string[] | undefined;
}

/**
 * Sketch the columns and replace every value by its bin.
 *
 * @param team whose steps include `binningSteps` of the same `x`
 * @throws InvalidDataError when a value of a categorical feature is no code 0 … 65534
 */
export function binMatrix(
  engine: EngineMemory,
  team: Team,
  x: DenseMatrix<Float32Array>,
  { maxBin, weights, featureTypes = [] }: BinningOptions,
): BinnedMatrix {
  const { rows, columns } = x;
  const counts = engine.reserveZeroed(4 * columns * team.size);
  team.run('countMissing', counts);
  const hasMissing = presentCounts(engine.i32At(counts, columns * team.size), rows, columns);
  // Kept for as long as the memory is, as the bins are; a small part of their size.
  const table = reserveTable(engine, x, maxBin, featureTypes);
  const itsWeights = weights === undefined ? 0 : engine.reserve(4 * rows);
  if (weights !== undefined) engine.f32.set(weights, itsWeights / 4);
  const bytes = workBytes(engine.kernels as unknown as BinningKernels, x, maxBin);
  const work = engine.reserve(bytes * team.size);
  team.run('sketchColumns', table, counts, itsWeights, work, bytes, maxBin);
  const entries = engine.u32At(table, columns * TABLE_WIDTH);
  checkCategories(entries, x);

  const cuts = readCuts(engine, entries, columns);
  const slots = Int32Array.from(cuts.pointers, (pointer, f) => pointer + (hasMissing ? f : 0));
  let widest = 0;
  for (let f = 0; f < columns; f++) widest = Math.max(widest, slots[f + 1] - slots[f]);
  const binBytes = widest <= 256 ? 1 : 2;
  const tiles = Math.ceil(columns / 4);
  const tileBytes = rows * 4 * binBytes;
  const bins = engine.reserve(tiles * tileBytes);
  // The last tile's lanes without a feature are read like the others.
  if (columns % 4 !== 0)
    engine.u8.fill(0, bins + (tiles - 1) * tileBytes, bins + tiles * tileBytes);
  team.run('binRows', table, bins, tileBytes, binBytes, work, bytes);
  const slotTable = engine.reserve(slots.byteLength);
  engine.i32At(slotTable, slots.length).set(slots);
  return { rows, columns, tiles, bins, binBytes, tileBytes, slots, slotTable, hasMissing, cuts };
}

/** Turn the members' counts of missing values into the number of present ones of each column. */
function presentCounts(counts: Int32Array, rows: number, columns: number): boolean {
  let hasMissing = false;
  for (let f = 0; f < columns; f++) {
    let missing = 0;
    for (let at = f; at < counts.length; at += columns) missing += counts[at];
    if (missing > 0) hasMissing = true;
    counts[f] = rows - missing;
  }
  return hasMissing;
}

function reserveTable(
  engine: EngineMemory,
  { rows, columns }: { rows: number; columns: number },
  maxBin: number,
  featureTypes: readonly string[],
): number {
  const table = engine.reserveZeroed(columns * TABLE_WIDTH * 4);
  // One number below all values, then as many cuts as there can be.
  const stride = 4 * (Math.min(rows, maxBin) + 2);
  const cuts = engine.reserve(columns * stride);
  const entries = engine.u32At(table, columns * TABLE_WIDTH);
  for (let f = 0; f < columns; f++) {
    entries[f * TABLE_WIDTH + CUTS] = cuts + f * stride + 4;
    entries[f * TABLE_WIDTH + IS_CATEGORICAL] = Number(featureTypes[f] === 'c');
  }
  return table;
}

function checkCategories(entries: Uint32Array, { data, columns }: DenseMatrix<Float32Array>): void {
  for (let column = 0; column < columns; column++) {
    const row = entries[column * TABLE_WIDTH + BAD_ROW] - 1;
    if (row < 0) continue;
    throw new InvalidDataError(
      'x',
      `the value is ${data[row * columns + column]}; the feature is categorical, so its values are codes: integers ` +
        `0 … ${MOST_CATEGORY}, or NaN where missing. Number the categories 0, 1, 2, …`,
      { row, column },
    );
  }
}

function readCuts(engine: EngineMemory, entries: Uint32Array, columns: number): HistogramCuts {
  const pointers = new Uint32Array(columns + 1);
  for (let f = 0; f < columns; f++) {
    pointers[f + 1] = pointers[f] + entries[f * TABLE_WIDTH + BINS];
  }
  const values = new Float32Array(pointers[columns]);
  const minimums = new Float32Array(columns);
  const categorical = new Uint8Array(columns);
  for (let f = 0; f < columns; f++) {
    const from = pointers[f];
    const bins = pointers[f + 1] - from;
    if (entries[f * TABLE_WIDTH + IS_CATEGORICAL] === 1) {
      categorical[f] = 1;
      for (let code = 0; code < bins; code++) values[from + code] = code;
    } else {
      const found = engine.f32At(entries[f * TABLE_WIDTH + CUTS] - 4, bins + 1);
      minimums[f] = found[0]!;
      values.set(found.subarray(1), from);
    }
  }
  return { pointers, values, minimums, categorical };
}
