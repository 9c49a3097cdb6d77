import { createRandom, InvalidArgumentError } from '@steatosis/core';
import type { FeatureInput } from '../data/matrix.js';
import { checkNames } from '../data/parameters.js';
import type { Fold, KFoldOptions } from './folds.js';
import type { GroupVector } from './groups.js';
import type { Splitter } from './splitter.js';

/** Options of {@link RepeatedSplits}. */
export interface RepeatedSplitsOptions extends Omit<KFoldOptions, 'shuffle'> {
  /** How often the rows are divided anew, ≥ 1; default 10. */
  repeats?: number | undefined;
}

/**
 * A splitter applied several times, shuffled with another seed each time, so that the scores do not hang on one
 * division. Every row is tested once per repeat.
 *
 * @example
 * ```ts
 * import { RepeatedSplits, StratifiedGroupKFold } from '@steatosis/ensembles';
 *
 * const patients = ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd'];
 * const steatosis = [0, 0, 1, 1, 0, 0, 1, 1];
 * const splitter = new RepeatedSplits(StratifiedGroupKFold, { splits: 2, repeats: 3, seed: 1 });
 * console.log(splitter.split(patients.map(() => [0]), steatosis, patients).length); // 6
 * ```
 */
export class RepeatedSplits {
  readonly repeats: number;
  readonly #make: (repeat: number) => Splitter;

  /**
   * @param Splits class of the splitter: `KFold`, `StratifiedKFold`, `GroupKFold` or `StratifiedGroupKFold`
   * @throws InvalidArgumentError for options that cannot be meant
   */
  constructor(
    Splits: new (options: KFoldOptions) => Splitter,
    options: RepeatedSplitsOptions = {},
  ) {
    checkNames('RepeatedSplits', options, ['splits', 'repeats', 'seed', 'onWarning'], []);
    const { repeats = 10, seed = 0, ...rest } = options;
    if (!Number.isInteger(repeats) || repeats < 1) {
      throw new InvalidArgumentError("RepeatedSplits's repeats", repeats, 'an integer ≥ 1');
    }
    const random = createRandom(seed);
    this.repeats = repeats;
    this.#make = (repeat) =>
      new Splits({ ...rest, shuffle: true, seed: random.split(repeat).uint32() });
    this.#make(0);
  }

  /**
   * Divide the rows: the folds of the first repeat, then those of the second, and so on.
   *
   * @param x features; only their number of rows matters
   * @param y labels or outcomes
   * @param groups one group per row, where the splitter takes groups
   */
  split(x: FeatureInput, y: GroupVector, groups?: GroupVector): Fold[] {
    return Array.from({ length: this.repeats }, (_, repeat) =>
      Array.from(this.#make(repeat).split(x, y, groups)),
    ).flat();
  }
}
