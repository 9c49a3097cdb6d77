import { SteatosisError } from '@steatosis/core';

/** Data that a model cannot be fitted to or asked about: empty, ragged, infinite, missing, of one class. */
export class InvalidDataError extends SteatosisError {
  readonly code = 'INVALID_DATA';
  /** Which input is meant: `x`, `y`, `sampleWeight`, `groups`. */
  readonly input: string;
  /** Zero-based row of the first offending value, where one is to blame. */
  readonly row?: number;
  /** Zero-based column of the first offending value, where one is to blame. */
  readonly column?: number;

  constructor(input: string, message: string, place: { row?: number; column?: number } = {}) {
    super(`${input}${at(place)}: ${message}`);
    this.input = input;
    if (place.row !== undefined) this.row = place.row;
    if (place.column !== undefined) this.column = place.column;
  }
}

/** A model was asked for something that only `fit` or `fromJSON` gives it. */
export class NotFittedError extends SteatosisError {
  readonly code = 'NOT_FITTED';
  /** Name of the model's class. */
  readonly model: string;

  constructor(model: string, wanted: string) {
    super(`${model} is not fitted, so it has no ${wanted}; call fit(x, y) or fromJSON first.`);
    this.model = model;
  }
}

/** A parameter or option, or a value of one, that the reference program knows and that is not supported here yet. */
export class UnsupportedParameterError extends SteatosisError {
  readonly code = 'UNSUPPORTED_PARAMETER';
  /** Name of the parameter. */
  readonly parameter: string;

  /** The value that is not supported; absent if the parameter is not supported with any value. */
  readonly value?: unknown;

  constructor(parameter: string, message: string, value?: unknown) {
    super(message);
    this.parameter = parameter;
    if (value !== undefined) this.value = value;
  }
}

/** A stored model that is truncated, contradicts itself, or is of a kind that is not supported. */
export class ModelFormatError extends SteatosisError {
  readonly code = 'MODEL_FORMAT';
  /** Where in the document, e.g. `learner.gradient_booster.model.trees[3].left_children`. */
  readonly path: string;

  constructor(path: string, message: string, options?: { cause?: unknown }) {
    super(`${path}: ${message}`, options);
    this.path = path;
  }
}

function at({ row, column }: { row?: number; column?: number }): string {
  const parts = [];
  if (row !== undefined) parts.push(`row ${row}`);
  if (column !== undefined) parts.push(`column ${column}`);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}
