import { InvalidArgumentError } from '@steatosis/core';
import type { FeatureInput } from '../data/matrix.js';
import { checkNames } from '../data/parameters.js';
import type { NumericVector } from '../data/targets.js';
import type { FoldContext } from './cross-validate.js';
import type { Estimator } from './estimator.js';
import {
  searchOptionNames,
  type SearchOptions,
  type SearchResult,
  tryCandidates,
} from './search.js';
import { gridPoints, type ParameterGrid } from './search-space.js';

/** One choice from each list of a grid. */
export type GridPoint<Grid extends ParameterGrid> = { [Name in keyof Grid]: Grid[Name][number] };

/**
 * Try every combination of parameters by cross-validation and keep the best.
 *
 * The order of candidates, their ranks and the choice of the best are those of scikit-learn's `GridSearchCV`. The best
 * mean score is the best of many and so looks better than it is: judge the model on rows that the search has not seen,
 * or cross-validate the whole search with a {@link TunedModel}.
 *
 * @param makeModel makes an unfitted estimator with the parameters of a candidate
 * @param grid the values of each parameter, or several grids one after the other
 * @param x features, rows × columns
 * @param y one label or outcome per row
 * @throws InvalidArgumentError for grids or options that cannot be meant
 * @throws InvalidDataError when data cannot be learned from
 * @throws AbortedError when `signal` fires; progress counts fits
 * @example
 * ```ts
 * import { gridSearch, XGBClassifier } from '@steatosis/ensembles';
 *
 * const groups = Array.from({ length: 40 }, (_, row) => row >> 1); // two regions of each patient
 * const x = groups.map((patient, row) => [(patient * 7) % 20, row % 3]);
 * const y = x.map(([a]) => Number(a > 9));
 * const { best } = await gridSearch(
 *   (parameters) => new XGBClassifier({ nEstimators: 5, ...parameters }),
 *   { maxDepth: [1, 3], gamma: [1000, 0] },
 *   x,
 *   y,
 *   { groups, splits: 4, scoring: 'roc_auc' },
 * );
 * console.log(best.parameters); // { gamma: 0, maxDepth: 1 }
 * ```
 */
export async function gridSearch<const Grid extends ParameterGrid>(
  makeModel: (parameters: GridPoint<Grid>, context: FoldContext) => Estimator,
  grid: Grid | readonly Grid[],
  x: FeatureInput,
  y: NumericVector,
  options: SearchOptions = {},
): Promise<SearchResult<GridPoint<Grid>>> {
  checkNames('gridSearch', options, searchOptionNames, []);
  const grids = Array.isArray(grid) ? (grid as readonly Grid[]) : [grid as Grid];
  if (grids.length === 0) throw new InvalidArgumentError('grid', grid, 'at least one grid');
  const points = grids.flatMap(gridPoints) as GridPoint<Grid>[];
  return await tryCandidates(makeModel, points, x, y, options);
}
