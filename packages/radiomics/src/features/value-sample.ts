import { valuesAtRanks } from './order-statistics.js';
import type { ValueStatistics } from './value-distribution.js';

/** The percentiles that first-order features ask for: their ranks are found together. */
const USUAL_PERCENTILES = [10, 25, 50, 75, 90];

/**
 * The statistics of values that hardly repeat, such as those of a filtered image. They stay in any order:
 * a few passes over them cost less than to sort them.
 */
export class ValueSample implements ValueStatistics {
  readonly #values: Float64Array;
  readonly minimum: number;
  readonly maximum: number;
  readonly count: number;
  readonly mean: number;
  readonly #energies = new Map<number, number>();
  readonly #atRank = new Map<number, number>();
  #moments: Record<2 | 3 | 4, number> | undefined;

  /** @param values finite, at least one */
  constructor(values: Float64Array, minimum: number, maximum: number) {
    this.#values = values;
    this.minimum = minimum;
    this.maximum = maximum;
    this.count = values.length;
    // The rounding of a sum would give a flat region a skewness of ±1.
    this.mean = minimum === maximum ? minimum : sumOf(values) / values.length;
  }

  moment(power: 2 | 3 | 4): number {
    this.#moments ??= centralMoments(this.#values, this.mean);
    return this.#moments[power];
  }

  energy(shift: number): number {
    let energy = this.#energies.get(shift);
    if (energy === undefined) {
      energy = sumOfSquares(this.#values, shift);
      this.#energies.set(shift, energy);
    }
    return energy;
  }

  percentile(percent: number): number {
    const rank = (percent / 100) * (this.count - 1);
    const below = Math.floor(rank);
    const fraction = rank - below;
    if (!this.#atRank.has(below)) this.#findRanks([...USUAL_PERCENTILES, percent]);
    const lower = this.#atRank.get(below)!;
    return fraction === 0 ? lower : lower + fraction * (this.#atRank.get(below + 1)! - lower);
  }

  meanAbsoluteDeviation(low = -Infinity, high = Infinity): number {
    const all = low <= this.minimum && high >= this.maximum;
    const values = all ? this.#values : valuesWithin(this.#values, low, high);
    const mean = all ? this.mean : sumOf(values) / values.length;
    return sumOfDeviations(values, mean) / values.length;
  }

  #findRanks(percents: readonly number[]): void {
    const ranks = percents.flatMap((percent) => {
      const below = Math.floor((percent / 100) * (this.count - 1));
      return [below, Math.min(below + 1, this.count - 1)];
    });
    const found = valuesAtRanks(this.#values, this.minimum, this.maximum, ranks);
    ranks.forEach((rank, k) => this.#atRank.set(rank, found[k]));
  }
}

function valuesWithin(values: Float64Array, low: number, high: number): Float64Array {
  const within = new Float64Array(values.length);
  let count = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    // Written always and kept by the count: nothing to predict for the processor.
    within[count] = value;
    count += value >= low && value <= high ? 1 : 0;
  }
  return within.subarray(0, count);
}

// Two sums at a time: each addition waits for the one before it. Theirs may differ from one sum in rounding.

function sumOf(values: Float64Array): number {
  const even = values.length & ~1;
  let a = 0;
  let b = 0;
  for (let k = 0; k < even; k += 2) {
    a += values[k];
    b += values[k + 1];
  }
  if (even < values.length) a += values[even];
  return a + b;
}

function sumOfSquares(values: Float64Array, shift: number): number {
  const even = values.length & ~1;
  let a = 0;
  let b = 0;
  for (let k = 0; k < even; k += 2) {
    const first = values[k] + shift;
    const second = values[k + 1] + shift;
    a += first * first;
    b += second * second;
  }
  if (even < values.length) a += (values[even] + shift) * (values[even] + shift);
  return a + b;
}

function sumOfDeviations(values: Float64Array, mean: number): number {
  const even = values.length & ~1;
  let a = 0;
  let b = 0;
  for (let k = 0; k < even; k += 2) {
    a += Math.abs(values[k] - mean);
    b += Math.abs(values[k + 1] - mean);
  }
  if (even < values.length) a += Math.abs(values[even] - mean);
  return a + b;
}

function centralMoments(values: Float64Array, mean: number): Record<2 | 3 | 4, number> {
  const n = values.length;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let k = 0; k < n; k++) {
    const d = values[k] - mean;
    const squared = d * d;
    second += squared;
    third += squared * d;
    fourth += squared * squared;
  }
  return { 2: second / n, 3: third / n, 4: fourth / n };
}
