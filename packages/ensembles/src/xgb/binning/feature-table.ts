/**
 * What the kernels and the team know of each feature: a few u32 numbers side by side, by feature.
 *
 * The first three are read by `search.as.ts`.
 */
export const TABLE_WIDTH = 4;
/** Address of the feature's cuts; the number before them lies below every value. */
export const CUTS = 0;
export const BINS = 1;
/** 1 for a categorical feature. */
export const IS_CATEGORICAL = 2;
/** 1 + the first row whose value is no category, 0 if all are. */
export const BAD_ROW = 3;
