/** Where the bins of every feature end. */
export interface HistogramCuts {
  /** Bins of feature f are `pointers[f]` … `pointers[f + 1] − 1`; columns + 1 numbers. */
  readonly pointers: Uint32Array;
  /**
   * Upper bound of each bin, exclusive: a value belongs to the first bin whose bound exceeds it, or to the last one.
   * Of a categorical feature the categories themselves, 0 … greatest: bin and category are the same number.
   */
  readonly values: Float32Array;
  /** A number below every value of the feature, one per feature; 0 for a categorical one. */
  readonly minimums: Float32Array;
  /** 1 for a categorical feature, one per feature. */
  readonly categorical: Uint8Array;
}
