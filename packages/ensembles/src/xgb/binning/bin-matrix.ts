import type { DenseMatrix } from '../../data/matrix.js';
import type { EngineMemory } from '../../engine/memory.js';
import type { Steps, Team } from '../../engine/team.js';
import { findCuts } from '../cuts.js';
import type { BinnedMatrix } from './binned-matrix.js';

/** What is binned beside the features themselves. */
export interface BinningOptions {
  /** Greatest number of bins of a numeric feature, 2 … 65535. */
  maxBin: number;
  /** Weight of each row, float32; the ranks of the sketch count them. Absent: all 1. */
  weights?: Float32Array | undefined;
  /** 'c' for a categorical feature, whose values are codes 0, 1, 2, …; anything else is numeric. Absent: all numeric. */
  featureTypes?: readonly string[] | undefined;
}

/** The steps that {@link binMatrix} asks a team for; every member makes them over its own view of the same values. */
export function binningSteps(_engine: EngineMemory, _x: DenseMatrix<Float32Array>): Steps {
  return {};
}

/**
 * Sketch the columns and replace every value by its bin.
 *
 * @param team whose steps include {@link binningSteps} of the same `x`
 */
export function binMatrix(
  engine: EngineMemory,
  _team: Team,
  x: DenseMatrix<Float32Array>,
  { maxBin, weights, featureTypes = [] }: BinningOptions,
): BinnedMatrix {
  const { data, rows, columns } = x;
  const found = findCuts(x, weights, maxBin);
  const values: number[] = [];
  const pointers = new Uint32Array(columns + 1);
  const categorical = Uint8Array.from({ length: columns }, (_, f) =>
    Number(featureTypes[f] === 'c'),
  );
  const hasMissing = data.some(Number.isNaN);
  for (let f = 0; f < columns; f++) {
    if (categorical[f] === 1) {
      let most = 0;
      for (let row = 0; row < rows; row++) most = Math.max(most, data[row * columns + f] || 0);
      for (let code = 0; code <= most; code++) values.push(code);
    } else {
      values.push(...found.values.subarray(found.pointers[f], found.pointers[f + 1]));
    }
    pointers[f + 1] = values.length;
  }
  const slots = Int32Array.from(pointers, (pointer, f) => pointer + (hasMissing ? f : 0));
  let widest = 0;
  for (let f = 0; f < columns; f++) widest = Math.max(widest, slots[f + 1] - slots[f]);
  const binBytes = widest <= 256 ? 1 : 2;
  const tiles = Math.ceil(columns / 4);
  const tileBytes = rows * 4 * binBytes;
  const bins = engine.reserveZeroed(tiles * tileBytes);
  const slotTable = engine.reserve(slots.byteLength);
  engine.i32At(slotTable, slots.length).set(slots);
  const to = binBytes === 1 ? engine.u8 : new Uint16Array(engine.memory.buffer);
  const minimums = found.minimums.map((minimum, f) => (categorical[f] ? 0 : minimum));
  const cuts = { pointers, values: Float32Array.from(values), minimums, categorical };
  for (let f = 0; f < columns; f++) {
    for (let row = 0; row < rows; row++) {
      const value = data[row * columns + f];
      let bin = 0;
      if (Number.isNaN(value)) bin = pointers[f + 1] - pointers[f];
      else if (categorical[f]) bin = value;
      else
        while (bin < pointers[f + 1] - pointers[f] - 1 && cuts.values[pointers[f] + bin] <= value)
          bin++;
      to[(bins + (f >> 2) * tileBytes) / binBytes + 4 * row + (f & 3)] = bin;
    }
  }
  return { rows, columns, tiles, bins, binBytes, tileBytes, slots, slotTable, hasMissing, cuts };
}
