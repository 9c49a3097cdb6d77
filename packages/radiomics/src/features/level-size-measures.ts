import { type TextureArena, textureArena } from '../kernels/arena.js';
import { LISTED_BYTES, type ListedSizes } from '../kernels/listed-sizes.js';

/** Cells of a matrix with one row per level and columns for the sizes 1, 2, …, row by row. */
export interface LevelSizeTable {
  cells: Uint32Array | Float64Array;
  width: number;
  /** Gray level of each row. */
  levels: Float64Array;
}

/** A matrix of gray level against size that lies in the arena; cells of sizes beyond the table are listed. */
export interface PlacedLevelSizes extends ListedSizes {
  /** Counts of 32 bits or, where `weighted`, weights as float64. */
  readonly address: number;
  readonly weighted: boolean;
  /** Sizes 1 … width. */
  readonly width: number;
  /** Bytes to the next level and to the next size. */
  readonly rowStep: number;
  readonly columnStep: number;
}

interface LevelSizeKernels {
  measureLevelSizes(
    table: number,
    weights: boolean,
    n: number,
    width: number,
    rowStep: number,
    columnStep: number,
    listed: number,
    listedEnd: number,
    levels: number,
    scratch: number,
    out: number,
  ): void;
}

const RESULTS = 15;

/**
 * A matrix P(i, j) of gray level i against a size j (run length, zone size or dependence) boiled down
 * to what the features of its family need. One object is filled again and again.
 */
export class LevelSizeMeasures {
  /** Σ P: runs, zones or voxels. */
  total = 0;
  /** Σ P·j: voxels of the region, for runs and zones. */
  voxels = 0;
  /** Σ_j P per gray level and Σ_i P per size. */
  readonly byLevel = new Marginal();
  readonly bySize = new Marginal();
  /** Σ P/(i²j²), Σ P·i²/j², Σ P·j²/i², Σ P·i²j². */
  smallLow = 0;
  smallHigh = 0;
  largeLow = 0;
  largeHigh = 0;
  #entropy = 0;
  readonly #arena: TextureArena;

  constructor(arena = textureArena()) {
    this.#arena = arena;
  }

  /** −Σ p·log₂(p + ε) over the cells, bits. */
  entropy(): number {
    return this.#entropy;
  }

  /** Take in a matrix, in place of the one before. */
  load({ cells, width, levels }: LevelSizeTable): void {
    const arena = this.#arena;
    const weighted = cells instanceof Float64Array;
    const bytes = weighted ? 8 : 4;
    const mark = arena.mark();
    const address = arena.reserve(bytes * cells.length);
    if (weighted) arena.doubles.set(cells, address >> 3);
    else arena.words.set(cells, address >> 2);
    this.loadPlaced(
      {
        address,
        weighted,
        width,
        rowStep: bytes * width,
        columnStep: bytes,
        listed: 0,
        listedEnd: 0,
      },
      levels,
    );
    arena.release(mark);
  }

  /**
   * The same with a matrix that lies in the arena.
   *
   * @param levels gray level of each row
   */
  loadPlaced(table: PlacedLevelSizes, levels: Float64Array): void {
    const arena = this.#arena;
    const n = levels.length;
    const { width, listed, listedEnd } = table;
    const mark = arena.mark();
    const out = arena.reserve(8 * RESULTS);
    const levelsAddress = arena.reserve(8 * n);
    const others = (listedEnd - listed) / LISTED_BYTES;
    const scratch = arena.reserve(8 * (2 * n + width + 2 * others));
    arena.doubles.set(levels, levelsAddress >> 3);
    (arena.exports as unknown as LevelSizeKernels).measureLevelSizes(
      table.address,
      table.weighted,
      n,
      width,
      table.rowStep,
      table.columnStep,
      listed,
      listedEnd,
      levelsAddress,
      scratch,
      out,
    );
    arena.release(mark);
    this.#read(arena.doubles, out >> 3);
  }

  #read(from: Float64Array, at: number): void {
    this.total = from[at];
    this.voxels = from[at + 1];
    this.smallLow = from[at + 2];
    this.smallHigh = from[at + 3];
    this.largeLow = from[at + 4];
    this.largeHigh = from[at + 5];
    this.#entropy = from[at + 6];
    this.byLevel.read(from, at + 7);
    this.bySize.read(from, at + 11);
  }
}

/** Counts by gray level or by size. */
class Marginal {
  /** Σ count², Σ count·value², Σ count/value². */
  squares = 0;
  emphasis = 0;
  inverseEmphasis = 0;
  /** Variance of the value. */
  variance = 0;

  read(from: Float64Array, at: number): void {
    this.squares = from[at];
    this.emphasis = from[at + 1];
    this.inverseEmphasis = from[at + 2];
    this.variance = from[at + 3];
  }
}
