import { InvalidArgumentError } from '@steatosis/core';
import type { NdArray } from 'ndarray';

/** One feature of a {@link shapSummary}. */
export interface ShapFeatureSummary {
  /** Column of the feature. */
  feature: number;
  name: string;
  /** Mean over the rows, and the outputs, of the values' sizes; in the unit of the model's raw output. */
  meanAbsolute: number;
  /** Mean of the values themselves, one for each output. */
  means: Float64Array;
}

/**
 * Features by the size of their SHAP values, the greatest first; the lower column first where two are equal.
 *
 * @param values what {@link shapValues} gives: [rows, features + 1] or [rows, outputs, features + 1]
 * @param featureNames one name per feature; default `f0`, `f1`, …
 * @throws InvalidArgumentError when shape or names do not fit
 *
 * @example
 * ```ts
 * import { shapSummary, shapValues, XGBRegressor } from '@steatosis/ensembles';
 *
 * const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
 * const model = new XGBRegressor({ nEstimators: 1, learningRate: 1, lambda: 0 });
 * model.fit(x, [0, 1, 2, 5]);
 * const [first] = shapSummary(shapValues(model, x), ['pdff', 'entropy']);
 * console.log(first.name, first.meanAbsolute); // pdff 1.5
 * ```
 */
export function shapSummary(
  values: NdArray,
  featureNames?: readonly string[],
): ShapFeatureSummary[] {
  const shape = values?.shape ?? [];
  const columns = shape.at(-1) ?? 0;
  if ((shape.length !== 2 && shape.length !== 3) || columns < 2) {
    throw new InvalidArgumentError(
      'values',
      shape,
      'the shape [rows, features + 1] or [rows, outputs, features + 1]',
    );
  }
  const features = columns - 1;
  if (featureNames && featureNames.length !== features) {
    throw new InvalidArgumentError('featureNames', featureNames, `${features} names`);
  }
  const outputs = shape.length === 3 ? shape[1] : 1;
  const rows = shape[0];

  const all = Array.from({ length: features }, (_, feature) => {
    const means = new Float64Array(outputs);
    let size = 0;
    for (let i = 0; i < rows * outputs; i++) {
      const value =
        shape.length === 2
          ? values.get(i, feature)
          : values.get(Math.floor(i / outputs), i % outputs, feature);
      size += Math.abs(value);
      means[i % outputs] += value / rows;
    }
    const name = featureNames?.[feature] ?? `f${feature}`;
    return { feature, name, meanAbsolute: size / (rows * outputs), means };
  });
  return all.sort((a, b) => b.meanAbsolute - a.meanAbsolute);
}
