import { InvalidArgumentError } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import type { FeatureInput } from '../data/matrix.js';
import type { NumericVector } from '../data/targets.js';
import { NotFittedError } from '../errors.js';
import type { Estimator, GroupedFitOptions } from './estimator.js';
import type { Candidate } from './search-space.js';
import type { SearchResult } from './search.js';

/** The rows to search on, with the options that cross-validation hands to a fold's `fit`. */
export type SearchRun = (
  x: FeatureInput,
  y: NumericVector,
  options: GroupedFitOptions,
) => Promise<SearchResult<Candidate>>;

/**
 * A model that chooses its parameters whenever it is fitted, from the rows it is fitted to: cross-validated, it tells
 * what search and model together are worth (nested cross-validation).
 *
 * It is fitted on the calling thread; the search may use workers.
 *
 * @example
 * ```ts
 * import { crossValidate, gridSearch, TunedModel, XGBClassifier } from '@steatosis/ensembles';
 *
 * const groups = Array.from({ length: 40 }, (_, row) => row >> 1); // two regions of each patient
 * const x = groups.map((patient, row) => [(patient * 7) % 20, row % 3]);
 * const y = x.map(([a]) => Number(a > 9));
 * const makeModel = () =>
 *   new TunedModel('classifier', (x, y, options) =>
 *     gridSearch(
 *       (parameters) => new XGBClassifier({ nEstimators: 5, ...parameters }),
 *       { maxDepth: [1, 2] },
 *       x,
 *       y,
 *       { ...options, splits: 3, scoring: 'log_loss' },
 *     ),
 *   );
 * const { scores } = await crossValidate(makeModel, x, y, { groups, splits: 4 });
 * console.log(scores['accuracy']?.values.length); // 4
 * ```
 */
export class TunedModel implements Estimator {
  readonly estimatorType: 'classifier' | 'regressor';
  readonly takesGroups = true;
  readonly #search: SearchRun;
  #found: (SearchResult<Candidate> & { bestModel: Estimator }) | undefined;

  /**
   * @param estimatorType what the models are
   * @param search a search over the rows given; `options` holds their groups, weights and the signal
   */
  constructor(estimatorType: 'classifier' | 'regressor', search: SearchRun) {
    if (estimatorType !== 'classifier' && estimatorType !== 'regressor') {
      throw new InvalidArgumentError('estimatorType', estimatorType, "'classifier' or 'regressor'");
    }
    this.estimatorType = estimatorType;
    this.#search = search;
  }

  /** Search, and keep the model with the best parameters. An earlier fit is forgotten. */
  async fit(x: FeatureInput, y: NumericVector, options: GroupedFitOptions = {}): Promise<this> {
    const found = await this.#search(x, y, options);
    if (!found.bestModel) {
      throw new InvalidArgumentError(
        'search',
        'a search without a model',
        'one whose refit is true',
      );
    }
    this.#found = { ...found, bestModel: found.bestModel };
    return this;
  }

  /** What the search found. */
  get search(): SearchResult<Candidate> {
    return this.#get('search');
  }

  /** The fitted model with the best parameters. */
  get model(): Estimator {
    return this.#get('model').bestModel;
  }

  /** The labels, ascending; empty for a regressor. */
  get classes(): readonly number[] {
    return this.model.classes ?? [];
  }

  /** Label or outcome of each row. */
  predict(x: FeatureInput): ArrayLike<number> {
    return this.model.predict(x);
  }

  /**
   * Probabilities, [rows, classes].
   *
   * @throws InvalidArgumentError when the model gives none
   */
  predictProba(x: FeatureInput): NdArray {
    const { model } = this;
    if (!model.predictProba) {
      throw new InvalidArgumentError('model', model.constructor.name, 'one with predictProba');
    }
    return model.predictProba(x);
  }

  /** The stored form of the model with the best parameters. */
  toJSON(): unknown {
    return this.model.toJSON?.();
  }

  #get(wanted: string): SearchResult<Candidate> & { bestModel: Estimator } {
    if (!this.#found) throw new NotFittedError('TunedModel', wanted);
    return this.#found;
  }
}
