import { InvalidArgumentError } from '@steatosis/core';
import { InvalidDataError } from '../errors.js';
import type { Field } from './json-fields.js';

/** Labels, outcomes, weights or group numbers: an array or any typed array of numbers. */
export type NumericVector =
  | readonly number[]
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Labels turned into class numbers. */
export interface EncodedLabels {
  /** The distinct labels, ascending. */
  classes: number[];
  /** For each row the index of its label in `classes`. */
  codes: Int32Array;
}

/**
 * Find the classes and number them.
 *
 * @throws InvalidDataError when a label is no finite number or when there are fewer than two classes
 */
export function encodeLabels(y: NumericVector, rows: number): EncodedLabels {
  checkVector('y', y, rows);
  const classes = distinct(y).sort((a, b) => a - b);
  if (classes.length < 2) {
    throw new InvalidDataError(
      'y',
      `all ${rows} labels are ${classes[0]}; a classifier needs at least two classes.`,
    );
  }
  const codes = new Int32Array(rows);
  if (classes.length <= FEW) {
    for (let row = 0; row < rows; row++) codes[row] = classes.indexOf(y[row]);
  } else {
    const codeOf = new Map(classes.map((label, code) => [label, code]));
    for (let row = 0; row < rows; row++) codes[row] = codeOf.get(y[row])!;
  }
  return { classes, codes };
}

/** So many classes are found faster one by one than by a hash. */
const FEW = 16;

/** The values that occur. */
function distinct(y: NumericVector): number[] {
  const found: number[] = [];
  for (let row = 0; row < y.length; row++) {
    if (found.includes(y[row])) continue;
    if (found.push(y[row]) > FEW) return [...new Set(y)];
  }
  return found;
}

/**
 * Outcomes of a regression as float64.
 *
 * @throws InvalidDataError when one is no finite number, or when their squares sum to more than a float64 holds
 */
export function outcomes(y: NumericVector, rows: number): Float64Array {
  checkVector('y', y, rows);
  let squares = 0;
  for (let row = 0; row < rows; row++) squares += y[row] * y[row];
  if (squares === Infinity) {
    throw new InvalidDataError(
      'y',
      'the squares of the outcomes sum to more than a number can hold; give the outcomes in a greater unit.',
    );
  }
  return Float64Array.from(y);
}

/**
 * Outcomes or weights as float32, in which XGBoost computes.
 *
 * @throws InvalidDataError when one is too large for float32, or when all are 0 there though not here
 */
export function asFloat32(input: 'y' | 'sampleWeight', values: Float64Array): Float32Array {
  const row = values.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (row !== -1) {
    throw new InvalidDataError(input, `${values[row]} is too large for float32.`, { row });
  }
  const rounded = Float32Array.from(values);
  if (rounded.every((value) => value === 0) && values.some((value) => value !== 0)) {
    throw new InvalidDataError(input, 'all values are so small that they are 0 in float32.');
  }
  return rounded;
}

/**
 * Case weights as float64, or undefined if none are given.
 *
 * @throws InvalidDataError when one is negative or no finite number, or when the sum is 0 or not finite
 */
export function caseWeights(
  weights: NumericVector | undefined,
  rows: number,
): Float64Array | undefined {
  if (weights === undefined) return undefined;
  checkVector('sampleWeight', weights, rows);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    if (weights[row] < 0) {
      throw new InvalidDataError(
        'sampleWeight',
        `the weight is ${weights[row]}; weights are ≥ 0.`,
        {
          row,
        },
      );
    }
    sum += weights[row];
  }
  if (sum === 0) {
    throw new InvalidDataError('sampleWeight', 'all weights are 0; at least one row has to count.');
  }
  if (sum === Infinity) {
    throw new InvalidDataError(
      'sampleWeight',
      'the weights sum to more than a number can hold; only their ratios matter, so divide them all by one number.',
    );
  }
  return Float64Array.from(weights);
}

/** Throw if only rows of one class have a weight above 0: their log odds would be infinite. */
export function checkWeighedClasses(codes: Int32Array, weights: Float64Array | undefined): void {
  if (!weights) return;
  const weighed = new Set(codes.filter((_, row) => weights[row] > 0));
  if (weighed.size < 2) {
    throw new InvalidDataError(
      'sampleWeight',
      'all rows with a weight above 0 are of one class; a classifier needs at least two classes.',
    );
  }
}

/** Throw unless `values` are `rows` finite numbers. */
function checkVector(input: string, values: NumericVector, rows: number): void {
  if (!Array.isArray(values) && !(ArrayBuffer.isView(values) && 'length' in values)) {
    throw new InvalidArgumentError(input, values, 'an array or typed array of numbers');
  }
  if (values.length !== rows) {
    throw new InvalidDataError(
      input,
      `it has ${values.length} values; x has ${rows} rows, and each needs one.`,
    );
  }
  for (let row = 0; row < rows; row++) {
    if (!Number.isFinite(values[row])) {
      throw new InvalidDataError(input, `found ${values[row]}; a finite number is needed.`, {
        row,
      });
    }
  }
}

/** Labels of a stored model: at least two, ascending. */
export function readClasses(field: Field): number[] {
  const classes = field.items().map((item) => item.number());
  if (classes.length < 2 || classes.some((label, i) => i > 0 && !(label > classes[i - 1]))) {
    field.fail('two or more labels in ascending order are expected');
  }
  return classes;
}
