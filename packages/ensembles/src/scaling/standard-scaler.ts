import { type DenseMatrix, type FeatureInput, float64Matrix } from '../data/matrix.js';
import { NotFittedError } from '../errors.js';
import { columnMoments } from './columns.js';
import { readScaler, type SerialisedScaler, storeScaler, transformColumns } from './linear.js';

/**
 * Brings each feature to mean 0 and standard deviation 1, as measured on the rows it is fitted to: fit it to
 * training rows only.
 *
 * The standard deviation is that of the population (divisor n), as in scikit-learn. A constant feature becomes 0.
 * NaN stays NaN and does not count.
 *
 * @example
 * ```ts
 * import { StandardScaler } from '@steatosis/ensembles';
 *
 * const scaler = new StandardScaler().fit([[1, 5], [3, 5], [5, 5]]);
 * console.log([...scaler.transform([[3, 5], [7, 5]]).data].map((z) => z.toFixed(3))); // [ '0.000', '0.000', '2.449', '0.000' ]
 * ```
 */
export class StandardScaler {
  /** It has none. */
  readonly parameters: Readonly<Record<string, never>> = {};
  #fitted: { offsets: Float64Array; scales: Float64Array } | undefined;

  /**
   * Measure each column of `x`. An earlier fit is forgotten.
   *
   * @throws InvalidDataError for infinite values, and where a spread overflows
   */
  fit(x: FeatureInput): this {
    const { means, deviations } = columnMoments(float64Matrix(x, { missing: 'allow' }));
    this.#fitted = { offsets: means, scales: deviations };
    return this;
  }

  /** Mean of each feature. */
  get means(): Float64Array {
    return this.#get('means').offsets.slice();
  }

  /** Standard deviation of each feature, 1 for a constant one. */
  get deviations(): Float64Array {
    return this.#get('deviations').scales.slice();
  }

  /** The scaled features, a new matrix. */
  transform(x: FeatureInput): DenseMatrix<Float64Array> {
    const { offsets, scales } = this.#get('scale');
    return transformColumns('StandardScaler', x, offsets, scales);
  }

  /** A plain object that `JSON.stringify` keeps to the last bit. */
  toJSON(): SerialisedScaler {
    const { offsets, scales } = this.#get('toJSON');
    return storeScaler('StandardScaler', offsets, scales);
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): StandardScaler {
    const scaler = new StandardScaler();
    scaler.#fitted = readScaler('StandardScaler', json);
    return scaler;
  }

  #get(wanted: string): { offsets: Float64Array; scales: Float64Array } {
    if (!this.#fitted) throw new NotFittedError('StandardScaler', wanted);
    return this.#fitted;
  }
}
