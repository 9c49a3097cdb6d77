import { type TextureArena, textureArena } from '../kernels/arena.js';
import { CELL_BYTES, type CellList, listMatrix } from '../kernels/glcm-cells.js';
import { PAIR_RESULTS, PairMeasures } from './pair-measures.js';

/** Sums and differences of levels are added up in tables while these are no longer than this … */
const SHORT_TABLE = 4096;
/** … or than this for each cell; else in hash tables. */
const TABLE_PER_CELL = 4;

interface MeasureKernels {
  measurePairs(
    cells: number,
    end: number,
    levels: number,
    n: number,
    highest: number,
    rows: number,
    columns: number,
    sums: number,
    differences: number,
    mask: number,
    list: number,
    out: number,
  ): number;
  correlationScratch(n: number, cells: number): number;
  maximalCorrelation(
    cells: number,
    end: number,
    n: number,
    rows: number,
    columns: number,
    total: number,
    scratch: number,
  ): number;
}

/** The measures of co-occurrence matrices over the levels of a region. */
export class GlcmMeasures extends PairMeasures {
  readonly #arena: TextureArena;
  readonly #kernels: MeasureKernels;
  readonly #symmetric: boolean;
  #cells: CellList = { address: 0, end: 0 };
  #rows = 0;
  #columns = 0;
  #scratch = 0;

  constructor(levels: Float64Array, highest: number, symmetric: boolean, arena = textureArena()) {
    super(levels, highest);
    this.#symmetric = symmetric;
    this.#arena = arena;
    this.#kernels = arena.exports as unknown as MeasureKernels;
  }

  /**
   * Take in a matrix of counts or weights, n×n, row-major, in place of the one before.
   *
   * @returns false for an empty matrix, which has no features
   */
  load(cells: Float64Array): boolean {
    const mark = this.#arena.mark();
    const list = listMatrix(this.#arena, cells, this.levels.length, this.#symmetric);
    const found = this.loadCells(list);
    this.#arena.release(mark);
    return found;
  }

  /**
   * The same with a list of cells. {@link maximalCorrelation} reads it again, so nothing may be reserved in
   * the arena in between.
   */
  loadCells(list: CellList): boolean {
    const arena = this.#arena;
    const n = this.levels.length;
    const cells = (list.end - list.address) / CELL_BYTES;
    const sumsLength = 2 * this.highest + 1;
    const inTables = sumsLength <= Math.max(SHORT_TABLE, TABLE_PER_CELL * cells);
    const slots = inTables ? 0 : 2 ** Math.ceil(Math.log2(2 * cells + 2));
    const mark = arena.mark();
    const out = arena.reserve(8 * PAIR_RESULTS);
    const levels = arena.reserve(4 * n);
    const rows = arena.reserve(8 * n);
    const columns = this.#symmetric ? rows : arena.reserve(8 * n);
    const afterMarginals = arena.mark();
    const sums = arena.reserve(inTables ? 8 * sumsLength : 16 * slots);
    const differences = arena.reserve(inTables ? 8 * this.highest : 16 * slots);
    const distinct = inTables ? Math.min(sumsLength, cells) : cells;
    const nonEmpty = arena.reserve(16 * distinct);
    // The scratch of the correlation takes the place of what only the measures need.
    arena.release(afterMarginals);
    const scratch = arena.reserve(this.#kernels.correlationScratch(n, cells));
    arena.words.set(this.levels, levels >> 2);
    const found = this.#kernels.measurePairs(
      list.address,
      list.end,
      levels,
      n,
      this.highest,
      rows,
      columns,
      sums,
      differences,
      inTables ? 0 : slots - 1,
      nonEmpty,
      out,
    );
    arena.release(mark);
    this.#cells = list;
    this.#rows = rows;
    this.#columns = columns;
    this.#scratch = scratch;
    if (found === 0) return false;
    this.read(arena.doubles, out >> 3);
    return true;
  }

  maximalCorrelation(): number {
    if (this.flat) return 1;
    return this.#kernels.maximalCorrelation(
      this.#cells.address,
      this.#cells.end,
      this.levels.length,
      this.#rows,
      this.#columns,
      this.total,
      this.#scratch,
    );
  }
}
