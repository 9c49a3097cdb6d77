/** Weights of the rows while boosting: they sum to 1, and only rows that never counted have none. */
export class BoostingWeights {
  readonly values: Float64Array;
  readonly #given: Float64Array | undefined;

  constructor(rows: number, given: Float64Array | undefined) {
    this.#given = given;
    this.values = given?.slice() ?? new Float64Array(rows).fill(1);
    this.normalise();
  }

  /** Whether a row counts at all. */
  counts(row: number): boolean {
    return this.#given === undefined || this.#given[row] > 0;
  }

  /** Raise what is below 2⁻⁵² to that, as scikit-learn does before every tree. */
  keepFromVanishing(): void {
    const { values } = this;
    for (let row = 0; row < values.length; row++) {
      if (values[row] < Number.EPSILON && this.counts(row)) values[row] = Number.EPSILON;
    }
  }

  /** Divide by the sum; false if that is impossible. */
  normalise(): boolean {
    const { values } = this;
    let sum = 0;
    for (const weight of values) sum += weight;
    if (!(sum > 0) || sum === Infinity) return false;
    for (let row = 0; row < values.length; row++) values[row] /= sum;
    return true;
  }
}
