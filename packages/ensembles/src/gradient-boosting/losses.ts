/** A loss of one raw prediction per row, as scikit-learn's gradient boosting uses it. */
export interface Loss {
  /** Raw prediction of all rows before the first tree, from the weighted mean of the targets. */
  initial(mean: number): number;
  /** Negative gradient of the loss, written into `target`: what the next tree is fitted to. */
  residuals(y: Float64Array, raw: Float64Array, target: Float64Array): void;
  /** Loss of one row; its weighted mean is the training score. */
  of(y: number, raw: number): number;
  /**
   * Whether leaves take a Newton step Σr / Σh instead of the mean residual. `curvature` gives h from the target
   * and the residual.
   */
  readonly curvature: ((y: number, residual: number) => number) | undefined;
}

/** Binomial deviance −2 · log likelihood; y is 0 or 1 and the raw prediction is the log odds. */
export const binomialDeviance: Loss = {
  initial(mean) {
    const p = Math.min(Math.max(mean, Number.EPSILON), 1 - Number.EPSILON);
    return Math.log(p / (1 - p));
  },
  residuals(y, raw, target) {
    for (let row = 0; row < y.length; row++) {
      // e^−raw would overflow, and p is e^raw to the last bit there.
      if (raw[row] > -37) {
        const power = Math.exp(-raw[row]);
        target[row] = -((1 - y[row] - y[row] * power) / (1 + power));
      } else {
        target[row] = -(Math.exp(raw[row]) - y[row]);
      }
    }
  },
  of: (y, raw) => 2 * (Math.max(raw, 0) + Math.log1p(Math.exp(-Math.abs(raw))) - y * raw),
  curvature(y, residual) {
    const p = y - residual;
    return p * (1 - p);
  },
};

/** Squared error; the raw prediction is the outcome. */
export const squaredLoss: Loss = {
  initial: (mean) => mean,
  residuals(y, raw, target) {
    for (let row = 0; row < y.length; row++) target[row] = y[row] - raw[row];
  },
  of: (y, raw) => (y - raw) ** 2,
  curvature: undefined,
};
