import type { LoadedModel } from '../../models/load-model.js';
import type { ModelFeatures } from '../../models/model-features.js';
import type { DataTable } from '../../tables/data-table.js';

/** SHAP values of some rows: rows × outputs × (features + 1), the constant of the output last. */
export interface Explained {
  model: LoadedModel;
  table: DataTable;
  features: ModelFeatures;
  /** Rows of the table that are explained. */
  rows: Int32Array;
  outputs: number;
  values: Float64Array;
  /** What an output is called, for instance `log odds of fibrosis`. */
  outputNames: readonly string[];
}

/** What one feature adds to one output in every row. */
export function contributionsOf(
  { values, outputs, features, rows }: Explained,
  feature: number,
  output: number,
): Float64Array {
  const columns = features.names.length + 1;
  return Float64Array.from(rows, (_, r) => values[(r * outputs + output) * columns + feature]!);
}

/** A feature and the mean size of what it adds, for each output and in all. */
export interface FeatureSize {
  feature: number;
  name: string;
  meanAbsolute: number;
  byOutput: number[];
}

/** The features by the mean size of their SHAP values over rows and outputs, falling. */
export function featureSizes(explained: Explained): FeatureSize[] {
  const { features, outputs, rows } = explained;
  return features.names
    .map((name, feature): FeatureSize => {
      const byOutput = Array.from({ length: outputs }, (_, output) => {
        const contributions = contributionsOf(explained, feature, output);
        return contributions.reduce((sum, value) => sum + Math.abs(value), 0) / rows.length;
      });
      const meanAbsolute = byOutput.reduce((sum, value) => sum + value, 0) / outputs;
      return { feature, name, meanAbsolute, byOutput };
    })
    .toSorted((a, b) => b.meanAbsolute - a.meanAbsolute);
}
