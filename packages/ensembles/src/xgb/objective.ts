const { fround } = Math;

/** Least hessian of a row, float32 of 1e-16. */
const LEAST_HESSIAN = 1.0000000168623835e-16;

/** What is minimised. All numbers are float32, the order of operations is XGBoost's. */
export interface Objective {
  readonly name: ObjectiveName;
  /** XGBoost's name of the metric that goes with it. */
  readonly metric: 'logloss' | 'rmse';
  /** Write gradient and hessian of each row as pairs into `target`. */
  gradients(
    margins: Float32Array,
    labels: Float32Array,
    weights: Float32Array | undefined,
    target: Float32Array,
  ): void;
  /** From margin to prediction. */
  transform(margin: number): number;
  /** From a base score in the space of predictions to a margin. */
  marginOf(baseScore: number): number;
  /** Whether `baseScore` can be a prediction. */
  isPrediction(baseScore: number): boolean;
}

/** XGBoost's names of the supported objectives. */
type ObjectiveName = 'binary:logistic' | 'reg:squarederror';

/** Log loss of two classes. */
export const logistic: Objective = {
  name: 'binary:logistic',
  metric: 'logloss',
  gradients(margins, labels, weights, target) {
    for (let row = 0; row < margins.length; row++) {
      const p = sigmoid(margins[row]);
      const weight = weights ? weights[row] : 1;
      const hessian = fround(p * fround(1 - p));
      target[2 * row] = fround(p - labels[row]) * weight;
      target[2 * row + 1] = (hessian > LEAST_HESSIAN ? hessian : LEAST_HESSIAN) * weight;
    }
  },
  transform: sigmoid,
  marginOf(baseScore) {
    const least = fround(1e-6);
    const p = Math.min(Math.max(fround(baseScore), least), fround(1 - least));
    return fround(-Math.log(fround(fround(1 / p) - 1))) + 0;
  },
  isPrediction: (baseScore) => baseScore > 0 && baseScore < 1,
};

/** Half the squared error. */
export const squaredError: Objective = {
  name: 'reg:squarederror',
  metric: 'rmse',
  gradients(margins, labels, weights, target) {
    for (let row = 0; row < margins.length; row++) {
      const weight = weights ? weights[row] : 1;
      target[2 * row] = fround(margins[row] - labels[row]) * weight;
      target[2 * row + 1] = weight;
    }
  },
  transform: (margin) => margin,
  marginOf: (baseScore) => fround(baseScore),
  isPrediction: (baseScore) => Number.isFinite(fround(baseScore)),
};

/** The objective of that name, or undefined. */
export function objectiveNamed(name: string): Objective | undefined {
  return name === logistic.name ? logistic : name === squaredError.name ? squaredError : undefined;
}

/** 1 / (e^−x + 1 + 10⁻¹⁶) in float32, the exponent held below overflow. */
function sigmoid(x: number): number {
  const power = fround(Math.exp(Math.min(-x, fround(88.7))));
  return fround(1 / fround(fround(power + 1) + LEAST_HESSIAN));
}
