import { SteatosisError } from '@steatosis/core';

/** A table that cannot be read, or that lacks what is needed of it. */
export class TableError extends SteatosisError {
  readonly code = 'TABLE';
  readonly path: string;

  constructor(path: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.path = path;
  }
}
