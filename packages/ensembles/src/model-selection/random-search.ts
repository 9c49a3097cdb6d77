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
import { type Distribution, drawCandidates, type ParameterSpace } from './search-space.js';

/** Options of {@link randomSearch}. */
export interface RandomSearchOptions extends SearchOptions {
  /** How many sets of parameters are tried, ≥ 1; default 10. */
  candidates?: number | undefined;
}

/** What a distribution yields. */
export type Drawn<D extends Distribution> = D extends readonly (infer Value)[] ? Value : number;

/** One draw from each distribution. */
export type SpacePoint<Space extends ParameterSpace> = {
  [Name in keyof Space]: Drawn<Space[Name]>;
};

/**
 * Try parameters drawn by chance by cross-validation and keep the best: with many parameters, of which few matter,
 * better than a grid (Bergstra and Bengio 2012). Of the best score the same holds as for {@link gridSearch}.
 *
 * From lists alone no combination is drawn twice. The same seed draws the same candidates.
 *
 * @param makeModel makes an unfitted estimator with the parameters of a candidate
 * @param space for each parameter a list of values, or `{ uniform }`, `{ logUniform }` or `{ integer }` with two ends
 * @param x features, rows × columns
 * @param y one label or outcome per row
 * @throws InvalidArgumentError for distributions or options that cannot be meant
 * @throws InvalidDataError when data cannot be learned from
 * @throws AbortedError when `signal` fires; progress counts fits
 * @example
 * ```ts
 * import { randomSearch, XGBClassifier } from '@steatosis/ensembles';
 *
 * const groups = Array.from({ length: 40 }, (_, row) => row >> 1); // two regions of each patient
 * const x = groups.map((patient, row) => [(patient * 7) % 20, row % 3]);
 * const y = x.map(([a]) => Number(a > 9));
 * const { candidates } = await randomSearch(
 *   (parameters) => new XGBClassifier({ nEstimators: 5, ...parameters }),
 *   { maxDepth: { integer: [1, 4] }, learningRate: { logUniform: [0.01, 0.5] } },
 *   x,
 *   y,
 *   { groups, splits: 4, scoring: 'roc_auc', candidates: 3, seed: 1 },
 * );
 * console.log(candidates.length); // 3
 * ```
 */
export async function randomSearch<const Space extends ParameterSpace>(
  makeModel: (parameters: SpacePoint<Space>, context: FoldContext) => Estimator,
  space: Space,
  x: FeatureInput,
  y: NumericVector,
  options: RandomSearchOptions = {},
): Promise<SearchResult<SpacePoint<Space>>> {
  checkNames('randomSearch', options, [...searchOptionNames, 'candidates'], []);
  const { candidates = 10, ...search } = options;
  if (!Number.isInteger(candidates) || candidates < 1) {
    throw new InvalidArgumentError('candidates', candidates, 'an integer ≥ 1');
  }
  const drawn = drawCandidates(space, candidates, options.seed ?? 0) as SpacePoint<Space>[];
  return await tryCandidates(makeModel, drawn, x, y, search);
}
