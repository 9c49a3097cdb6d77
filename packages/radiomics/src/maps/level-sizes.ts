import type { LevelSizeMeasures } from '../features/level-size-measures.js';
import { entropyOf, nLog2n } from '../kernels/logarithms.js';

type MarginalOf<Key extends 'byLevel' | 'bySize'> = Omit<LevelSizeMeasures[Key], 'read'>;

/** What features of runs, zones and dependences read. */
type LevelSizeValues = Omit<LevelSizeMeasures, 'load' | 'loadPlaced' | 'byLevel' | 'bySize'> & {
  byLevel: MarginalOf<'byLevel'>;
  bySize: MarginalOf<'bySize'>;
};

/**
 * A small matrix P(i, j) of gray level i against a size j boiled down to what its features need. One object is
 * filled again and again: `begin`, then `add` for each cell or `addTable`, then `finish`.
 */
export class LevelSizes implements LevelSizeValues {
  total = 0;
  voxels = 0;
  smallLow = 0;
  smallHigh = 0;
  largeLow = 0;
  largeHigh = 0;
  readonly byLevel = new Marginal();
  readonly bySize = new Marginal();
  readonly #levelCounts: Float64Array;
  readonly #sizeCounts: Float64Array;
  readonly #sizes: Float64Array;
  #levels: Float64Array = new Float64Array();
  #present = 0;
  #logs = 0;
  #occupied = 0;

  /** Room for so many levels, and sizes up to `largest`. */
  constructor(levels: number, largest: number) {
    this.#levelCounts = new Float64Array(levels);
    this.#sizeCounts = new Float64Array(largest);
    this.#sizes = Float64Array.from({ length: largest }, (_, j) => j + 1);
  }

  /** −Σ p·log₂(p + ε) over the cells, bits. */
  entropy(): number {
    return entropyOf(this.total, this.#logs, this.#occupied);
  }

  /** @param levels gray level of each row, of which the first `present` are there */
  begin(levels: Float64Array, present: number): void {
    this.#levels = levels;
    this.#present = present;
    this.#levelCounts.fill(0, 0, present);
    this.#sizeCounts.fill(0);
    this.total = 0;
    this.voxels = 0;
    this.smallLow = 0;
    this.smallHigh = 0;
    this.largeLow = 0;
    this.largeHigh = 0;
    this.#logs = 0;
    this.#occupied = 0;
  }

  /** Add a cell that is not empty; rows from 0. */
  add(row: number, size: number, count: number): void {
    const level = this.#levels[row];
    const i2 = level * level;
    const j2 = size * size;
    this.#levelCounts[row] += count;
    this.#sizeCounts[size - 1] += count;
    this.total += count;
    this.voxels += count * size;
    this.smallLow += count / (i2 * j2);
    this.smallHigh += (count * i2) / j2;
    this.largeLow += (count * j2) / i2;
    this.largeHigh += count * i2 * j2;
    this.#logs += nLog2n(count);
    this.#occupied++;
  }

  /** Add a whole matrix, row by row; `width` sizes a row. */
  addTable(cells: Float64Array, width: number): void {
    for (let row = 0; row < this.#present; row++) {
      for (let column = 0; column < width; column++) {
        const count = cells[row * width + column];
        if (count !== 0) this.add(row, column + 1, count);
      }
    }
  }

  finish(): void {
    this.byLevel.measure(this.#levels, this.#levelCounts, this.#present, this.total);
    this.bySize.measure(this.#sizes, this.#sizeCounts, this.#sizes.length, this.total);
  }
}

/** Counts by gray level or by size. */
class Marginal implements MarginalOf<'byLevel'> {
  squares = 0;
  emphasis = 0;
  inverseEmphasis = 0;
  variance = 0;

  measure(values: Float64Array, counts: Float64Array, length: number, total: number): void {
    let squares = 0;
    let emphasis = 0;
    let inverseEmphasis = 0;
    let mean = 0;
    for (let k = 0; k < length; k++) {
      const count = counts[k];
      if (count === 0) continue;
      const value = values[k];
      squares += count * count;
      emphasis += count * value * value;
      inverseEmphasis += count / (value * value);
      mean += (count / total) * value;
    }
    let variance = 0;
    for (let k = 0; k < length; k++) {
      const d = values[k] - mean;
      variance += (counts[k] / total) * d * d;
    }
    this.squares = squares;
    this.emphasis = emphasis;
    this.inverseEmphasis = inverseEmphasis;
    this.variance = variance;
  }
}
