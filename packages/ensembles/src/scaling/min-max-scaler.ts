import { type DenseMatrix, type FeatureInput, float64Matrix } from '../data/matrix.js';
import { NotFittedError } from '../errors.js';
import { columnRanges } from './columns.js';
import { readScaler, type SerialisedScaler, storeScaler, transformColumns } from './linear.js';

/**
 * Brings each feature to the range 0 … 1 of the rows it is fitted to: fit it to training rows only. Other rows
 * may fall outside.
 *
 * A constant feature becomes 0. NaN stays NaN and does not count.
 *
 * @example
 * ```ts
 * import { MinMaxScaler } from '@steatosis/ensembles';
 *
 * const scaler = new MinMaxScaler().fit([[1, 5], [3, 5]]);
 * console.log([...scaler.transform([[2, 5], [4, 5]]).data]); // [ 0.5, 0, 1.5, 0 ]
 * ```
 */
export class MinMaxScaler {
  /** It has none. */
  readonly parameters: Readonly<Record<string, never>> = {};
  #fitted: { offsets: Float64Array; scales: Float64Array } | undefined;

  /**
   * Measure each column of `x`. An earlier fit is forgotten.
   *
   * @throws InvalidDataError for infinite values, and where a spread overflows
   */
  fit(x: FeatureInput): this {
    const { minimums, ranges } = columnRanges(float64Matrix(x, { missing: 'allow' }));
    this.#fitted = { offsets: minimums, scales: ranges };
    return this;
  }

  /** Minimum of each feature. */
  get minimums(): Float64Array {
    return this.#get('minimums').offsets.slice();
  }

  /** Maximum minus minimum of each feature, 1 for a constant one. */
  get ranges(): Float64Array {
    return this.#get('ranges').scales.slice();
  }

  /** The scaled features, a new matrix. */
  transform(x: FeatureInput): DenseMatrix<Float64Array> {
    const { offsets, scales } = this.#get('scale');
    return transformColumns('MinMaxScaler', x, offsets, scales);
  }

  /** A plain object that `JSON.stringify` keeps to the last bit. */
  toJSON(): SerialisedScaler {
    const { offsets, scales } = this.#get('toJSON');
    return storeScaler('MinMaxScaler', offsets, scales);
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): MinMaxScaler {
    const scaler = new MinMaxScaler();
    scaler.#fitted = readScaler('MinMaxScaler', json);
    return scaler;
  }

  #get(wanted: string): { offsets: Float64Array; scales: Float64Array } {
    if (!this.#fitted) throw new NotFittedError('MinMaxScaler', wanted);
    return this.#fitted;
  }
}
