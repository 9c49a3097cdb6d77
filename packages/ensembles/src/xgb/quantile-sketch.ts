import { argsortFloat32 } from '../sort/argsort.js';
import { combine, prune, Summary } from './summary.js';

/** Summaries keep this many times more entries than there will be bins. */
export const SKETCH_FACTOR = 8;

/**
 * Weighted quantiles of one column in one pass, as XGBoost's `hist` makes them.
 *
 * Values gather in a queue; a full queue becomes a summary, which is merged upwards through levels like the
 * carry of a binary number. With few distinct values everything is exact.
 */
export class QuantileSketch {
  readonly #limit: number;
  readonly #values: Float32Array;
  readonly #weights: Float32Array;
  #queued = 0;
  /** Level 1 stands at index 0; undefined is an empty level. */
  readonly #levels: (Summary | undefined)[] = [];

  /** @param count number of values that will come, ≥ 1 */
  constructor(count: number, maxBin: number) {
    this.#limit = summaryLimit(count, maxBin);
    const capacity = this.#limit * 2;
    this.#values = new Float32Array(capacity);
    this.#weights = new Float32Array(capacity);
  }

  push(value: number, weight: number): void {
    if (weight === 0) return;
    if (this.#queued === this.#values.length) this.#flush();
    const last = this.#queued - 1;
    if (last >= 0 && this.#values[last] === value) {
      this.#weights[last] += weight;
    } else {
      // −0 becomes 0: which of the two an unstable sort would keep is nobody's intention.
      this.#values[this.#queued] = value + 0;
      this.#weights[this.#queued++] = weight;
    }
  }

  /** The summary of everything pushed, of at most the sketch's own limit of entries. */
  finish(): Summary {
    const rest = this.#summariseQueue();
    let result = prune(rest, this.#limit);
    for (const level of this.#levels) {
      if (level === undefined) continue;
      result = result.size === 0 ? level : prune(combine(result, level), this.#limit);
    }
    return result;
  }

  #flush(): void {
    let carry = this.#summariseQueue();
    this.#queued = 0;
    for (let level = 0; ; level++) {
      const present = this.#levels[level];
      if (present === undefined) {
        this.#levels[level] = prune(carry, this.#limit);
        return;
      }
      carry = combine(prune(carry, this.#limit), present);
      if (carry.size <= this.#limit) {
        this.#levels[level] = carry;
        return;
      }
      this.#levels[level] = undefined;
    }
  }

  #summariseQueue(): Summary {
    const count = this.#queued;
    const order = argsortFloat32(this.#values, count);
    const summary = new Summary(count);
    let below = 0;
    for (let i = 0; i < count;) {
      const value = this.#values[order[i]];
      let weight = this.#weights[order[i]];
      for (i++; i < count && this.#values[order[i]] === value; i++) {
        weight = Math.fround(weight + this.#weights[order[i]]);
      }
      const upTo = Math.fround(below + weight);
      summary.push(below, upTo, weight, value);
      below = upTo;
    }
    return summary;
  }
}

/** Entries a summary may keep, so that the error over all levels stays below 1 / (8 bins). */
function summaryLimit(count: number, maxBin: number): number {
  const bins = Math.max(1, Math.min(maxBin, count));
  const error = 1 / (bins * SKETCH_FACTOR);
  for (let levels = 1; ; levels++) {
    const limit = Math.min(count, Math.ceil(levels / error) + 1);
    if (2 ** levels * limit >= count) return limit;
  }
}
