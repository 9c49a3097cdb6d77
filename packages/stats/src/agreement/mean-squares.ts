import { centre } from '../numeric/centre.js';
import { compensatedSum } from '../numeric/sum.js';
import type { Ratings } from './ratings.js';

/** Mean squares of a table of ratings, subjects × raters. */
export interface MeanSquares {
  /** Between subjects. */
  subjects: number;
  /** Between raters. */
  raters: number;
  /** Residual of subjects and raters. */
  error: number;
  /** Within subjects, raters and error together. */
  within: number;
}

/** Share of the total that rounding leaves of a residual that is 0. */
const ROUNDING = 1e-30;

/**
 * The mean squares in units of a power of two squared, so that their ratios neither over- nor underflow.
 *
 * @internal
 */
export function meanSquares({ values, subjects, raters }: Ratings): {
  scaled: MeanSquares;
  unit: number;
} {
  const { deviations, scale } = centre(values);
  const rowMeans = new Float64Array(subjects);
  const columnMeans = new Float64Array(raters);
  for (let i = 0; i < subjects; i++) {
    rowMeans[i] = compensatedSum(deviations.subarray(i * raters, (i + 1) * raters)) / raters;
  }
  const column = new Float64Array(subjects);
  for (let j = 0; j < raters; j++) {
    for (let i = 0; i < subjects; i++) column[i] = deviations[i * raters + j];
    columnMeans[j] = compensatedSum(column) / subjects;
  }
  const sums = {
    total: compensatedSum(deviations.map((x) => x * x)),
    rows: raters * compensatedSum(rowMeans.map((mean) => mean * mean)),
    columns: subjects * compensatedSum(columnMeans.map((mean) => mean * mean)),
    error: compensatedSum(
      deviations.map(
        (x, at) => (x - rowMeans[Math.floor(at / raters)] - columnMeans[at % raters]) ** 2,
      ),
    ),
    within: compensatedSum(deviations.map((x, at) => (x - rowMeans[Math.floor(at / raters)]) ** 2)),
  };
  const clean = (sum: number) => (sum <= ROUNDING * sums.total ? 0 : sum);
  return {
    scaled: {
      subjects: clean(sums.rows) / (subjects - 1),
      raters: clean(sums.columns) / (raters - 1),
      error: clean(sums.error) / ((subjects - 1) * (raters - 1)),
      within: clean(sums.within) / (subjects * (raters - 1)),
    },
    unit: scale,
  };
}
