/** Targets of the training rows with their weights. */
export interface WeighedTargets {
  /** Outcomes, or classes 0 … K − 1. */
  y: Float64Array;
  /** Undefined: all 1. */
  weights: Float64Array | undefined;
}

/**
 * A loss as scikit-learn's gradient boosting uses it. Raw predictions are rows × outputs; each output gets a tree in every
 * round.
 */
export interface Loss {
  readonly outputs: number;
  /** Raw prediction of all rows before the first tree, one per output. */
  initial(targets: WeighedTargets): Float64Array;
  /** Told of the raw predictions at the start of every round. */
  prepare?(targets: WeighedTargets, raw: Float64Array): void;
  /** Negative gradient of the loss by one output, written into `target`: what its next tree is fitted to. */
  residuals(y: Float64Array, raw: Float64Array, output: number, target: Float64Array): void;
  /** Loss of one row; its weighted mean is the training score. */
  of(y: Float64Array, raw: Float64Array, row: number): number;
  readonly step: LeafStep;
}

/** How leaves get their values: by the mean residual, by a Newton step or by a value that fits their rows best. */
type LeafStep = 'mean' | NewtonStep | LocationStep;

/** factor · Σ w r / Σ w h over the leaf's rows, r being residuals. */
export interface NewtonStep {
  kind: 'newton';
  factor: number;
  /** h of a row from its target in 0 … K − 1 and its residual. */
  curvature(y: number, residual: number, output: number): number;
}

/** The best constant for the differences of target and raw prediction in a leaf. */
export interface LocationStep {
  kind: 'location';
  of(differences: Float64Array, weights: Float64Array | undefined): number;
}

/** Mean of the values by the weights. */
export function weightedMean(values: Float64Array, weights: Float64Array | undefined): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights ? weights[row] : 1;
    sum += weight * values[row];
    total += weight;
  }
  return sum / total;
}
