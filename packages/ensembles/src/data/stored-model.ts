import { isSteatosisError } from '@steatosis/core';
import { ModelFormatError } from '../errors.js';
import { Field } from './json-fields.js';

/** Version of the stored form; raised when an older reader would misread it. */
export const FORMAT_VERSION = 1;

/** How every stored model begins. */
export interface StoredHeader {
  /** Class that wrote it. */
  model: string;
  formatVersion: number;
}

/** The document as a field, after a check that `owner` of this version wrote it. */
export function openStored(owner: string, json: unknown): Field {
  const document = new Field(json, '');
  const name = document.get('model').string();
  if (name !== owner) {
    document.get('model').fail(`it holds a ${name}; ${owner}.fromJSON is asked to read it`);
  }
  document.get('formatVersion').integer(FORMAT_VERSION, FORMAT_VERSION);
  return document;
}

/** Run a constructor on stored parameters; what it refuses is a fault of the document. */
export function withStoredParameters<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!isSteatosisError(error)) throw error;
    throw new ModelFormatError('parameters', error.message, { cause: error });
  }
}
