import { pearson } from '@steatosis/stats';
import type { HeldOut } from './evaluation.js';

/** How far predicted values are from those observed, in the unit of the outcome. */
export interface ValuesResult {
  n: number;
  rootMeanSquaredError: number;
  meanAbsoluteError: number;
  /** Mean of predicted minus observed. */
  bias: number;
  /** 1 − squared errors / squared deviations from the mean; null where all outcomes are equal. */
  r2: number | null;
  pearson: number | null;
  /** 95 %, Fisher's z. */
  pearsonInterval: [number, number] | null;
}

/** Judge predicted values. */
export function evaluateValues({ y, predictions }: HeldOut): ValuesResult {
  const n = y.length;
  const mean = y.reduce((sum, value) => sum + value, 0) / n;
  const sums = { square: 0, absolute: 0, bias: 0, spread: 0 };
  y.forEach((value, row) => {
    const error = predictions[row]! - value;
    sums.square += error * error;
    sums.absolute += Math.abs(error);
    sums.bias += error;
    sums.spread += (value - mean) ** 2;
  });
  const { coefficient, interval } =
    n > 1
      ? pearson(y, predictions)
      : { coefficient: Number.NaN, interval: [Number.NaN, Number.NaN] };
  const known = interval.every(Number.isFinite);
  return {
    n,
    rootMeanSquaredError: Math.sqrt(sums.square / n),
    meanAbsoluteError: sums.absolute / n,
    bias: sums.bias / n,
    r2: sums.spread > 0 ? 1 - sums.square / sums.spread : null,
    pearson: Number.isFinite(coefficient) ? coefficient : null,
    pearsonInterval: known ? [interval[0], interval[1]] : null,
  };
}
