import type { Feature } from '../features/family.js';

/**
 * Means of features over the directions of one neighbourhood after the other. As everywhere a direction
 * whose value is NaN does not count, and the mean of none is NaN.
 */
export class FeatureMeans<Measured> {
  readonly #features: readonly Feature<Measured>[];
  readonly #sums: Float64Array;
  readonly #counts: Uint32Array;

  constructor(features: readonly Feature<Measured>[]) {
    this.#features = features;
    this.#sums = new Float64Array(features.length);
    this.#counts = new Uint32Array(features.length);
  }

  begin(): void {
    this.#sums.fill(0);
    this.#counts.fill(0);
  }

  add(measured: Measured): void {
    const features = this.#features;
    for (let f = 0; f < features.length; f++) {
      const value = features[f](measured);
      if (value !== value) continue;
      this.#sums[f] += value;
      this.#counts[f]++;
    }
  }

  /** Write the means into place k of the maps from `first` on. */
  write(maps: readonly Float64Array[], first: number, k: number): void {
    for (let f = 0; f < this.#sums.length; f++) {
      maps[first + f][k] = this.#sums[f] / this.#counts[f];
    }
  }
}
