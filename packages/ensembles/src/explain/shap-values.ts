import type { NdArray } from 'ndarray';
import type { FeatureInput } from '../data/matrix.js';
import { runExplanation } from './run-explanation.js';
import {
  type ShapOptions,
  shapTask,
  type WithoutWorkers,
  type WithWorkers,
} from './shap-options.js';
import type { TreeModel } from './tree-ensemble.js';

/**
 * SHAP values: how much each feature of each row moves the model's raw output away from its mean.
 *
 * For one output (two classes, a regression) the result is [rows, features + 1], for several [rows, outputs, features +
 * 1]. The last column is the bias, the output without knowledge of the row; a row's numbers sum to its raw output:
 * margin or log odds for boosted trees, the outcome for regressions, the vote that `decisionFunction` gives for
 * AdaBoost. The values are exact Shapley values; those of XGBoost's `pred_contribs` and LightGBM's `pred_contrib` differ
 * by their rounding only.
 *
 * Shapley 1953, “A value for n-person games”; Lundberg and Lee 2017, arXiv:1705.07874; Lundberg et al. 2020,
 * doi:10.1038/s42256-019-0138-9.
 *
 * @param model a fitted XGBClassifier, XGBRegressor, Booster, LightGBMModel, GradientBoosting… or AdaBoostClassifier
 * @param x rows × features, as the model takes them
 * @throws InvalidArgumentError or InvalidDataError when model, rows or options cannot be meant
 *
 * @example
 * ```ts
 * import { shapValues, XGBRegressor } from '@steatosis/ensembles';
 *
 * const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
 * const model = new XGBRegressor({ nEstimators: 1, learningRate: 1, lambda: 0 });
 * model.fit(x, [0, 1, 2, 5]);
 * const values = shapValues(model, [[1, 1]]);
 * console.log(values.shape); // [ 1, 3 ]
 * console.log(Array.from(values.data)); // [ 1.75, 1.25, 2 ]: 5 is 1.75 by the first feature, 1.25 by the second, and 2 on average
 * ```
 */
export function shapValues(
  model: TreeModel,
  x: FeatureInput,
  options: ShapOptions & WithWorkers,
): Promise<NdArray<Float64Array>>;
export function shapValues(
  model: TreeModel,
  x: FeatureInput,
  options?: ShapOptions & WithoutWorkers,
): NdArray<Float64Array>;
export function shapValues(
  model: TreeModel,
  x: FeatureInput,
  options: ShapOptions & (WithWorkers | WithoutWorkers) = {},
): NdArray<Float64Array> | Promise<NdArray<Float64Array>> {
  const task = shapTask('shapValues', model, x, options);
  const kind = options.approximate === true ? 'approximate' : 'values';
  return runExplanation(kind, task, options);
}
