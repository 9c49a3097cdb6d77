import { type DenseMatrix, type FeatureInput, float64Matrix } from '../data/matrix.js';
import { completeParameters, type NumberRule } from '../data/parameters.js';
import {
  FORMAT_VERSION,
  openStored,
  type StoredHeader,
  withStoredParameters,
} from '../data/stored-model.js';
import { InvalidDataError, NotFittedError } from '../errors.js';
import { columnMoments } from '../scaling/columns.js';
import { filterColumns, type KeptColumns, readKept } from './kept-columns.js';

/** Parameters of {@link VarianceFilter}. */
export interface VarianceFilterParameters {
  /**
   * A column stays if its variance (divisor n) is greater than this, in the squared unit of the feature, ≥ 0;
   * default 0: only constant columns go.
   */
  threshold?: number | undefined;
}

/** What {@link VarianceFilter.toJSON} gives. */
export interface SerialisedVarianceFilter extends StoredHeader {
  model: 'VarianceFilter';
  parameters: { threshold: number };
  features: number;
  kept: number[];
  variances: number[];
}

/** As variances and thresholds are: finite and not negative. */
const notNegative: NumberRule = {
  test: (value) => Number.isFinite(value) && value >= 0,
  expected: 'a finite number ≥ 0',
};

/**
 * Leaves out features that (nearly) do not vary in the rows it is fitted to: fit it to training rows only.
 *
 * scikit-learn's `VarianceThreshold`. NaN does not count; a column without values varies not at all. A column that is
 * constant up to the rounding of its mean has variance 0 here.
 *
 * @example
 * ```ts
 * import { VarianceFilter } from '@steatosis/ensembles';
 *
 * const filter = new VarianceFilter().fit([[1, 5, 2], [3, 5, 2.5]]);
 * console.log(filter.kept, filter.variances); // Int32Array(2) [ 0, 2 ] Float64Array(3) [ 1, 0, 0.0625 ]
 * console.log([...filter.transform([[7, 8, 9]]).data]); // [ 7, 9 ]
 * ```
 */
export class VarianceFilter {
  readonly parameters: Readonly<{ threshold: number }>;
  #fitted: (KeptColumns & { variances: Float64Array }) | undefined;

  /** @throws InvalidArgumentError for parameters that cannot be meant */
  constructor(parameters: VarianceFilterParameters = {}) {
    this.parameters = completeParameters<{ threshold: number }>(
      'VarianceFilter',
      parameters,
      { threshold: 0 },
      { threshold: notNegative },
      [],
    );
  }

  /**
   * Measure each column of `x`. An earlier fit is forgotten.
   *
   * @throws InvalidDataError for infinite values, and when no column varies enough
   */
  fit(x: FeatureInput): this {
    const matrix = float64Matrix(x, { missing: 'allow' });
    const { variances } = columnMoments(matrix);
    const { threshold } = this.parameters;
    const kept = Int32Array.from(variances.keys()).filter(
      (column) => variances[column] > threshold,
    );
    if (kept.length === 0) {
      throw new InvalidDataError(
        'x',
        `no feature has a variance greater than ${threshold}; the greatest is ${variances.reduce((most, value) => Math.max(most, value), 0)}.`,
      );
    }
    this.#fitted = { features: matrix.columns, kept, variances };
    return this;
  }

  /** Which columns stay, ascending. */
  get kept(): Int32Array {
    return this.#get('kept').kept.slice();
  }

  /** Variance of each column it was fitted to. */
  get variances(): Float64Array {
    return this.#get('variances').variances.slice();
  }

  /** The columns that stay, a new matrix; float32 stays float32. */
  transform(x: FeatureInput): DenseMatrix {
    return filterColumns('VarianceFilter', x, this.#get('columns'));
  }

  /** A plain object that `JSON.stringify` keeps to the last bit. */
  toJSON(): SerialisedVarianceFilter {
    const { features, kept, variances } = this.#get('toJSON');
    return {
      model: 'VarianceFilter',
      formatVersion: FORMAT_VERSION,
      parameters: { ...this.parameters },
      features,
      kept: [...kept],
      variances: [...variances],
    };
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): VarianceFilter {
    const document = openStored('VarianceFilter', json);
    const parameters = document.get('parameters').record();
    const filter = withStoredParameters(() => new VarianceFilter(parameters));
    const columns = readKept(document);
    const variances = document.get('variances').doubles(columns.features);
    filter.#fitted = { ...columns, variances };
    return filter;
  }

  #get(wanted: string): KeptColumns & { variances: Float64Array } {
    if (!this.#fitted) throw new NotFittedError('VarianceFilter', wanted);
    return this.#fitted;
  }
}
