import type { DenseMatrix } from '../../data/matrix.js';
import { type Forest, type PackedTrees, packTrees } from './pack-trees.js';
import { PredictionMemory } from './prediction-memory.js';

/** Bytes of a block of rows: the rows stay in the nearest cache while the trees pass by. */
const BLOCK_BYTES = 24576;
/** Rows that the kernels take side by side. */
const SIDE_BY_SIDE = 8;

/** Packed forms of a forest, made when they are first needed. */
interface Packed {
  plain?: PackedTrees[];
  /** For rows that hold their values twice because some are missing. */
  spread?: PackedTrees[];
}

/** A block of rows in memory beside some trees; places are addresses. */
interface Block {
  /** First row of the block in the matrix. */
  row: number;
  rows: number;
  values: number;
  /** Bytes from one row to the next. */
  stride: number;
  forest: number;
  /** Trees to walk, counted from the first one in memory. */
  begin: number;
  end: number;
  /** The first of them, counted from the first one asked for. */
  offset: number;
  /** Room for the results, those of the rows included that fill up the last group. */
  out: number;
}

/** What to do with blocks of rows. */
export interface BlockWork {
  /** 32-bit numbers that the results of a row take when so many trees are walked. */
  width(trees: number): number;
  run(memory: PredictionMemory, block: Block): void;
}

/** Where things stand in memory. */
interface Layout {
  /** Rows of a block. */
  most: number;
  raw: number;
  values: number;
  stride: number;
  out: number;
  forest: number;
}

let cache: WeakMap<Forest, Packed> | undefined;
let onlyMemory: PredictionMemory | undefined;

/**
 * Take all rows, a block at a time, past the trees `begin` … `end − 1` of a forest.
 *
 * Trees are packed once for a forest, and stay in memory from call to call. With more trees than the memory holds at
 * a time the rows pass by again for each part of them.
 */
export function walkRows(
  forest: Forest,
  matrix: DenseMatrix<Float32Array>,
  begin: number,
  end: number,
  work: BlockWork,
): void {
  cache ??= new WeakMap();
  const memory = (onlyMemory ??= new PredictionMemory());
  let packed = cache.get(forest);
  if (packed === undefined) cache.set(forest, (packed = {}));
  const { columns } = matrix;
  let hasMissing = false;
  for (let tree = begin; tree < end;) {
    const plain = (packed.plain ??= packTrees(forest, columns, false));
    const at = plain.findIndex(({ first, count }) => tree < first + count);
    const { first, count } = plain[at];
    const to = Math.min(end, first + count);
    const trees = { begin: tree - first, end: to - first, offset: tree - begin };
    const width = work.width(to - tree);
    let row = 0;
    if (!hasMissing) {
      row = walkPlain(memory, matrix, plain[at], width, trees, work);
      hasMissing = row < matrix.rows;
    }
    if (hasMissing) {
      const spread = (packed.spread ??= packTrees(forest, columns, true));
      walkSpread(memory, matrix, row, spread[at], width, trees, work);
    }
    tree = to;
  }
}

type Trees = Pick<Block, 'begin' | 'end' | 'offset'>;

/** Walk blocks up to the first one with missing values. @returns its first row, or the number of rows */
function walkPlain(
  memory: PredictionMemory,
  { data, rows, columns }: DenseMatrix<Float32Array>,
  part: PackedTrees,
  width: number,
  trees: Trees,
  work: BlockWork,
): number {
  const { most, raw, stride, out, forest } = layOut(memory, columns, false, width);
  memory.load(part, forest);
  for (let row = 0; row < rows; row += most) {
    const n = Math.min(most, rows - row);
    copyRows(memory, data, row, n, columns, raw);
    if (memory.kernels.anyMissing(raw, n * columns) !== 0) return row;
    work.run(memory, { row, rows: n, values: raw, stride, forest, ...trees, out });
  }
  return rows;
}

/** Walk all rows from `from` on. */
function walkSpread(
  memory: PredictionMemory,
  { data, rows, columns }: DenseMatrix<Float32Array>,
  from: number,
  part: PackedTrees,
  width: number,
  trees: Trees,
  work: BlockWork,
): void {
  const { most, raw, values, stride, out, forest } = layOut(memory, columns, true, width);
  memory.load(part, forest);
  for (let row = from; row < rows; row += most) {
    const n = Math.min(most, rows - row);
    copyRows(memory, data, row, n, columns, raw);
    memory.kernels.spread(raw, n, columns, values);
    work.run(memory, { row, rows: n, values, stride, forest, ...trees, out });
  }
}

function copyRows(
  { f32 }: PredictionMemory,
  data: Float32Array,
  row: number,
  rows: number,
  columns: number,
  to: number,
): void {
  const end = to / 4 + rows * columns;
  f32.set(data.subarray(row * columns, (row + rows) * columns), to / 4);
  // Values are looked at four at a time.
  f32.fill(0, end, end + 3);
}

function layOut(
  memory: PredictionMemory,
  columns: number,
  isSpread: boolean,
  width: number,
): Layout {
  const stride = columns * (isSpread ? 8 : 4);
  const groups = Math.max(1, Math.floor(BLOCK_BYTES / (stride * SIDE_BY_SIDE)));
  const most = groups * SIDE_BY_SIDE;
  const raw = memory.bottom;
  const afterRaw = aligned(raw + most * columns * 4 + 16);
  const values = isSpread ? afterRaw : raw;
  const out = isSpread ? aligned(afterRaw + most * stride + 16) : afterRaw;
  const forest = aligned(out + most * width * 4);
  return { most, raw, values, stride, out, forest };
}

function aligned(address: number): number {
  return Math.ceil(address / 64) * 64;
}
