import { entropyOf, nLog2n } from '../kernels/logarithms.js';

/**
 * A matrix P(i, j) of gray level i against a size j (run length, zone size or dependence) boiled down
 * to what the features of its family need.
 */
export class LevelSizeMeasures {
  /** Σ P: runs, zones or voxels. */
  total = 0;
  /** Σ P·j: voxels of the region, for runs and zones. */
  voxels = 0;
  /** Σ_j P per gray level and Σ_i P per size, as (value, count). */
  readonly byLevel = new Marginal();
  readonly bySize = new Marginal();
  /** Σ P/(i²j²), Σ P·i²/j², Σ P·j²/i², Σ P·i²j². */
  smallLow = 0;
  smallHigh = 0;
  largeLow = 0;
  largeHigh = 0;
  #logs = 0;
  #cells = 0;

  clear(): void {
    this.total = 0;
    this.voxels = 0;
    this.byLevel.clear();
    this.bySize.clear();
    this.smallLow = 0;
    this.smallHigh = 0;
    this.largeLow = 0;
    this.largeHigh = 0;
    this.#logs = 0;
    this.#cells = 0;
  }

  /** Add a cell that is not empty. */
  add(level: number, size: number, count: number): void {
    const i2 = level * level;
    const j2 = size * size;
    this.total += count;
    this.voxels += count * size;
    this.smallLow += count / (i2 * j2);
    this.smallHigh += (count * i2) / j2;
    this.largeLow += (count * j2) / i2;
    this.largeHigh += count * i2 * j2;
    this.#logs += nLog2n(count);
    this.#cells++;
  }

  /** −Σ p·log₂(p + ε) over the cells, bits. */
  entropy(): number {
    return entropyOf(this.total, this.#logs, this.#cells);
  }
}

/** Counts by gray level or by size. */
class Marginal {
  // Plain arrays, because most have a few entries and a typed array costs more to make than to fill.
  readonly #values: number[] = [];
  readonly #counts: number[] = [];
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  push(value: number, count: number): void {
    this.#values[this.#length] = value;
    this.#counts[this.#length++] = count;
  }

  /** Σ count². */
  squares(): number {
    let sum = 0;
    for (let k = 0; k < this.#length; k++) sum += this.#counts[k] ** 2;
    return sum;
  }

  /** Σ count·value². */
  emphasis(): number {
    let sum = 0;
    for (let k = 0; k < this.#length; k++) sum += this.#counts[k] * this.#values[k] ** 2;
    return sum;
  }

  /** Σ count/value². */
  inverseEmphasis(): number {
    let sum = 0;
    for (let k = 0; k < this.#length; k++) sum += this.#counts[k] / this.#values[k] ** 2;
    return sum;
  }

  /** Variance of the value, with the counts divided by `total` as probabilities. */
  variance(total: number): number {
    let mean = 0;
    for (let k = 0; k < this.#length; k++) mean += (this.#counts[k] / total) * this.#values[k];
    let sum = 0;
    for (let k = 0; k < this.#length; k++) {
      sum += (this.#counts[k] / total) * (this.#values[k] - mean) ** 2;
    }
    return sum;
  }
}
