import { InvalidArgumentError } from '@steatosis/core';
import { Field } from '../../data/json-fields.js';
import { ModelFormatError } from '../../errors.js';
import type { BoosterParts } from '../booster.js';
import { refuseForeignBytes, refuseForeignText } from './foreign.js';
import { parseJsonText } from './json-parser.js';
import { jsonText } from './json-writer.js';
import { type ModelContent, modelDocument } from './model-document.js';
import { modelParts } from './model-reader.js';
import { parseUbjson } from './ubjson-parser.js';
import { ubjsonBytes } from './ubjson-writer.js';

/**
 * A model file of XGBoost: JSON as text or as bytes in UTF-8, or the bytes of UBJSON; the contents tell which.
 *
 * @throws ModelFormatError when it is truncated, contradicts itself, or is of another kind
 * @throws InvalidArgumentError when `source` is neither text nor bytes
 */
export function readModelFile(source: string | Uint8Array): BoosterParts {
  if (typeof source === 'string') return readText(source);
  if (!(source instanceof Uint8Array)) {
    throw new InvalidArgumentError(
      'source',
      source,
      'the text of a model file, or its bytes as a Uint8Array',
    );
  }
  refuseForeignBytes(source);
  if (isUbjson(source)) return modelParts(new Field(parseUbjson(source), ''));
  return readText(decoded(source));
}

/** The model as XGBoost's JSON. */
export function modelJson(model: ModelContent): string {
  return jsonText(modelDocument(model));
}

/** The model as XGBoost's UBJSON. */
export function modelUbjson(model: ModelContent): Uint8Array {
  return ubjsonBytes(modelDocument(model));
}

function readText(text: string): BoosterParts {
  refuseForeignText(text);
  return modelParts(new Field(parseJsonText(text), ''));
}

/** Both kinds begin with a brace; JSON goes on with a quote or white space, UBJSON with the type of a key's length. */
function isUbjson(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x7b && bytes.length > 1 && '#$CHILNSUil'.includes(String.fromCharCode(bytes[1]))
  );
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ModelFormatError(
      'model',
      'neither JSON in UTF-8 nor UBJSON is found; save the model with save_model and a name that ends in .json or .ubj.',
      { cause: error },
    );
  }
}
