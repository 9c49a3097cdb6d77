import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import type { DenseMatrix, Estimator, NumericVector } from '../../src/index.js';

/** Scores by distance from the class means, the estimator of the fixtures' generator: an estimator from outside. */
export class Centres implements Estimator {
  readonly estimatorType = 'classifier';
  readonly parameters: { factor: number; shift: number };
  classes: number[] = [];
  means: number[][] = [];

  constructor(parameters: { factor?: number; shift?: number } = {}) {
    this.parameters = { factor: 1, shift: 0, ...parameters };
  }

  fit(x: DenseMatrix, y: NumericVector): this {
    this.classes = [...new Set(y)].sort((a, b) => a - b);
    this.means = this.classes.map((label) => {
      const rows = Array.from(y.keys()).filter((row) => y[row] === label);
      return Array.from(
        { length: x.columns },
        (_, column) =>
          rows.reduce((sum, row) => sum + x.data[row * x.columns + column], 0) / rows.length,
      );
    });
    return this;
  }

  decisionFunction(x: DenseMatrix): NdArray<Float64Array> {
    const { factor, shift } = this.parameters;
    const k = this.classes.length;
    const scores = Float64Array.from({ length: x.rows * k }, (_, i) => {
      const row = x.data.subarray(Math.floor(i / k) * x.columns);
      const mean = this.means[i % k];
      return -factor * mean.reduce((sum, value, column) => sum + (row[column] - value) ** 2, 0);
    });
    if (k > 2) return ndarray(scores, [x.rows, k]);
    const margins = Float64Array.from(
      { length: x.rows },
      (_, row) => scores[2 * row + 1] - scores[2 * row] - shift,
    );
    return ndarray(margins, [x.rows]);
  }

  predict(x: DenseMatrix): Float64Array {
    const { data } = this.decisionFunction(x);
    const k = this.classes.length;
    return Float64Array.from({ length: x.rows }, (_, row) => {
      if (k === 2) return this.classes[data[row] > 0 ? 1 : 0];
      const own = [...data.subarray(row * k, (row + 1) * k)];
      return this.classes[own.indexOf(Math.max(...own))];
    });
  }
}
