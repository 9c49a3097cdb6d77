import { InvalidArgumentError } from '@steatosis/core';
import { type DenseMatrix, type FeatureInput, float64Matrix } from '../data/matrix.js';
import { completeParameters, type NumberRule } from '../data/parameters.js';
import {
  FORMAT_VERSION,
  openStored,
  type StoredHeader,
  withStoredParameters,
} from '../data/stored-model.js';
import { NotFittedError } from '../errors.js';
import { type CorrelationMethod, correlationOf, prepareColumns } from './correlation.js';
import { filterColumns, type KeptColumns, readKept } from './kept-columns.js';

/** Parameters of {@link CorrelationFilter}. */
export interface CorrelationFilterParameters {
  /** A column goes if its |correlation| with one that stays is greater than this, 0 … 1; default 0.95. */
  threshold?: number | undefined;
  /** `pearson` (default) for straight lines, `spearman` for any monotone relation. */
  method?: CorrelationMethod | undefined;
}

interface CompleteParameters {
  threshold: number;
  method: CorrelationMethod;
}

/** What {@link CorrelationFilter.toJSON} gives. */
export interface SerialisedCorrelationFilter extends StoredHeader {
  model: 'CorrelationFilter';
  parameters: CompleteParameters;
  features: number;
  kept: number[];
}

const share: NumberRule = {
  test: (value) => value >= 0 && value <= 1,
  expected: 'a number 0 … 1',
};

/**
 * Leaves out features that say what another one says already, as measured on the rows it is fitted to: fit it to
 * training rows only.
 *
 * Columns are looked at from the first to the last; one stays unless its |correlation| with a column that stays is
 * above the threshold. So of two alike the first stays, and a column is never dropped for the sake of one that was
 * dropped itself. Labels have no influence. Correlations are over the rows where both columns have a value; a
 * column that is constant there correlates with nothing and stays (a {@link VarianceFilter} before takes it out).
 *
 * @example
 * ```ts
 * import { CorrelationFilter } from '@steatosis/ensembles';
 *
 * const x = [[1, 2, 9], [2, 4, 1], [3, 6.1, 4], [4, 8, 3]];
 * const filter = new CorrelationFilter({ threshold: 0.9 }).fit(x);
 * console.log(filter.kept); // Int32Array(2) [ 0, 2 ]
 * console.log([...filter.transform([[7, 8, 9]]).data]); // [ 7, 9 ]
 * ```
 */
export class CorrelationFilter {
  readonly parameters: Readonly<CompleteParameters>;
  #fitted: KeptColumns | undefined;

  /** @throws InvalidArgumentError for parameters that cannot be meant */
  constructor(parameters: CorrelationFilterParameters = {}) {
    this.parameters = completeParameters<CompleteParameters>(
      'CorrelationFilter',
      parameters,
      { threshold: 0.95, method: 'pearson' },
      { threshold: share, method: undefined },
      [],
    );
    const { method } = this.parameters;
    if (method !== 'pearson' && method !== 'spearman') {
      throw new InvalidArgumentError(
        "CorrelationFilter's method",
        method,
        "'pearson' or 'spearman'",
      );
    }
  }

  /**
   * Correlate the columns of `x`. An earlier fit is forgotten.
   *
   * @throws InvalidDataError for infinite values
   */
  fit(x: FeatureInput): this {
    const { threshold, method } = this.parameters;
    const matrix = float64Matrix(x, { missing: 'allow' });
    const columns = prepareColumns(matrix, method);
    const kept: number[] = [];
    columns.forEach((column, index) => {
      const isAlike = (other: number): boolean =>
        Math.abs(correlationOf(columns[other], column, method)) > threshold;
      if (!kept.some(isAlike)) kept.push(index);
    });
    this.#fitted = { features: matrix.columns, kept: Int32Array.from(kept) };
    return this;
  }

  /** Which columns stay, ascending. */
  get kept(): Int32Array {
    return this.#get('kept').kept.slice();
  }

  /** The columns that stay, a new matrix; float32 stays float32. */
  transform(x: FeatureInput): DenseMatrix {
    return filterColumns('CorrelationFilter', x, this.#get('columns'));
  }

  /** A plain object that `JSON.stringify` keeps to the last bit. */
  toJSON(): SerialisedCorrelationFilter {
    const { features, kept } = this.#get('toJSON');
    return {
      model: 'CorrelationFilter',
      formatVersion: FORMAT_VERSION,
      parameters: { ...this.parameters },
      features,
      kept: [...kept],
    };
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): CorrelationFilter {
    const document = openStored('CorrelationFilter', json);
    const parameters = document.get('parameters').record();
    const filter = withStoredParameters(() => new CorrelationFilter(parameters));
    filter.#fitted = readKept(document);
    return filter;
  }

  #get(wanted: string): KeptColumns {
    if (!this.#fitted) throw new NotFittedError('CorrelationFilter', wanted);
    return this.#fitted;
  }
}
