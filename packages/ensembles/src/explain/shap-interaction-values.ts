import type { NdArray } from 'ndarray';
import type { FeatureInput } from '../data/matrix.js';
import { runExplanation } from './run-explanation.js';
import {
  type ShapInteractionOptions,
  shapTask,
  type WithoutWorkers,
  type WithWorkers,
} from './shap-options.js';
import type { TreeModel } from './tree-ensemble.js';

/**
 * SHAP interaction values: each SHAP value divided into what the feature does alone (the diagonal) and together with
 * every other one.
 *
 * The result is [rows, features + 1, features + 1], for several outputs [rows, outputs, features + 1, features + 1].
 * Each square is symmetric: the two cells of a pair hold half of the pair's Shapley interaction index each. Rows of a
 * square sum to the SHAP values of {@link shapValues}, the bias stands in the last cell.
 *
 * Lundberg et al. 2020, doi:10.1038/s42256-019-0138-9, equations 3–6; Fujimoto et al. 2006,
 * doi:10.1016/j.geb.2005.03.002.
 *
 * @param model as in {@link shapValues}
 * @param x rows × features; a row takes (features + 1)² numbers per output
 * @throws InvalidArgumentError or InvalidDataError when model, rows or options cannot be meant
 *
 * @example
 * ```ts
 * import { shapInteractionValues, XGBRegressor } from '@steatosis/ensembles';
 *
 * const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
 * const model = new XGBRegressor({ nEstimators: 1, learningRate: 1, lambda: 0 });
 * model.fit(x, [0, 1, 2, 5]);
 * const square = shapInteractionValues(model, [[1, 1]]).pick(0, null, null);
 * console.log(square.get(0, 0), square.get(1, 1), square.get(0, 1)); // 1.5 1 0.25
 * ```
 */
export function shapInteractionValues(
  model: TreeModel,
  x: FeatureInput,
  options: ShapInteractionOptions & WithWorkers,
): Promise<NdArray<Float64Array>>;
export function shapInteractionValues(
  model: TreeModel,
  x: FeatureInput,
  options?: ShapInteractionOptions & WithoutWorkers,
): NdArray<Float64Array>;
export function shapInteractionValues(
  model: TreeModel,
  x: FeatureInput,
  options: ShapInteractionOptions & (WithWorkers | WithoutWorkers) = {},
): NdArray<Float64Array> | Promise<NdArray<Float64Array>> {
  const task = shapTask('shapInteractionValues', model, x, options);
  return runExplanation('interactions', task, options);
}
