/** One feature: a number from what was measured for its family. */
export type Feature<Measured> = (measured: Measured) => number;

/** The features of a family by PyRadiomics' names, in PyRadiomics' order. */
export type FeatureTable<Measured> = Readonly<Record<string, Feature<Measured>>>;

/**
 * Averages features over directions. A direction whose value is NaN does not count, and the mean of no
 * direction is NaN, as `numpy.nanmean` has it.
 */
export class DirectionMean<Measured> {
  readonly #features: readonly Feature<Measured>[];
  readonly #sums: number[];
  readonly #counts: number[];

  constructor(features: readonly Feature<Measured>[]) {
    this.#features = features;
    this.#sums = features.map(() => 0);
    this.#counts = features.map(() => 0);
  }

  add(measured: Measured): void {
    for (let f = 0; f < this.#features.length; f++) {
      const value = this.#features[f](measured);
      if (value !== value) continue;
      this.#sums[f] += value;
      this.#counts[f]++;
    }
  }

  means(): number[] {
    return this.#sums.map((sum, f) => sum / this.#counts[f]);
  }
}
