import type { BinnedMatrix } from './binned-matrix.js';

/**
 * Gradient and hessian sums of every slot: `[2s]` and `[2s + 1]` for slot s.
 *
 * Sums are double and rows are added in ascending order, as XGBoost does with one thread: the last bit of a
 * sum can decide between two equally good splits.
 */
export type Histogram = Float64Array;

/** Sum up the rows `rows[start … end)`, which stand in ascending order, into `histogram`. */
export function buildHistogram(
  binned: BinnedMatrix,
  rows: Uint32Array,
  start: number,
  end: number,
  gradients: Float64Array,
  histogram: Histogram,
): void {
  histogram.fill(0);
  const { bins, columns, slots } = binned;
  const total = binned.rows;
  const count = end - start;
  for (let column = 0; column < columns; column++) {
    const base = column * total;
    const slot = slots[column]! * 2;
    for (let i = 0; i < count; i++) {
      const at = slot + 2 * bins[base + rows[start + i]!]!;
      histogram[at]! += gradients[2 * i]!;
      histogram[at + 1]! += gradients[2 * i + 1]!;
    }
  }
}

/** Turn the histogram of a node into that of one child, given the other child's. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let i = 0; i < parent.length; i++) parent[i]! -= child[i]!;
}

/** Histograms that are used again once a node is done, so that a tree allocates none. */
export class HistogramPool {
  readonly #free: Histogram[] = [];
  readonly #length: number;

  constructor(slots: number) {
    this.#length = slots * 2;
  }

  take(): Histogram {
    return this.#free.pop() ?? new Float64Array(this.#length);
  }

  release(histogram: Histogram): void {
    this.#free.push(histogram);
  }
}
