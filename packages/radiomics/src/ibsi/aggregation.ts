/**
 * How the matrices of slices and directions are brought together.
 *
 * `2D`: a matrix per slice, features averaged over the slices. `2_5D`: the slices' matrices added up.
 * `3D`: one matrix of the volume. Families with a matrix per direction (co-occurrence and run length) have
 * two of each: `_avg` averages the features over the directions, `_comb` adds up the directions' matrices
 * first. Slices are planes of constant z.
 */
export type IbsiAggregation =
  '2D_avg' | '2D_comb' | '2_5D_avg' | '2_5D_comb' | '3D_avg' | '3D_comb' | '2D' | '2_5D' | '3D';

/** How far a matrix extends: over a slice, over all slices one by one, over the volume. */
export type Extent = '2D' | '2_5D' | '3D';

export const EXTENTS = ['2D', '2_5D', '3D'] as const;

export const AGGREGATIONS = [
  '2D_avg',
  '2D_comb',
  '2_5D_avg',
  '2_5D_comb',
  '3D_avg',
  '3D_comb',
  '2D',
  '2_5D',
  '3D',
] as const satisfies readonly IbsiAggregation[];
