import type { HistogramCuts } from './cuts.js';

/**
 * The training features as bin numbers, in the memory that the training kernels share.
 *
 * Features stand in tiles of four. Tile t holds the features 4t … 4t + 3 of all rows and begins at
 * `bins + t · tileBytes`; the bins of a row lie side by side, so that one load gives four of them. The bin of row r in
 * feature f is at `bins + (f >> 2) · tileBytes + (4r + (f & 3)) · binBytes`. Lanes of the last tile that stand for no
 * feature hold 0.
 */
export interface BinnedMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Number of tiles, ⌈columns / 4⌉. */
  readonly tiles: number;
  /** Address of the first tile. */
  readonly bins: number;
  /** Bytes of a bin: 1 if no feature has more than 256 slots, otherwise 2. */
  readonly binBytes: 1 | 2;
  /** Bytes of a tile: rows · 4 · binBytes. */
  readonly tileBytes: number;
  /**
   * First histogram slot of each feature; columns + 1 numbers. Feature f has one slot per bin and, if the matrix has
   * missing values, one more, its last, where they gather: that keeps the loops over rows free of branches.
   */
  readonly slots: Int32Array;
  /** Address of the same numbers as i32. */
  readonly slotTable: number;
  /** Whether any value of the matrix is missing. */
  readonly hasMissing: boolean;
  readonly cuts: HistogramCuts;
}

/** Number of bins of a feature, the slot of missing values not counted: missing values have this bin. */
export function binCount({ cuts }: BinnedMatrix, feature: number): number {
  return cuts.pointers[feature + 1] - cuts.pointers[feature];
}

/**
 * What a numeric value must be less than to lie in the bins 0 … `bin`: the threshold of a split after that bin. A
 * number below every value for bin −1, which separates the missing values alone.
 */
export function cutAfter({ cuts }: BinnedMatrix, feature: number, bin: number): number {
  return bin < 0 ? cuts.minimums[feature] : cuts.values[cuts.pointers[feature] + bin];
}
