/**
 * What a model file holds, the same for JSON and UBJSON. A bare number is an integer; floats stand in a
 * Float32Array, because XGBoost refuses integers where it expects floats. The kind of a typed array decides
 * its type in UBJSON.
 */
export type DocumentValue =
  | string
  | number
  | Float32Array
  | Int32Array
  | Uint8Array
  | BigInt64Array
  | readonly DocumentValue[]
  | DocumentObject;

/** Keys in the order in which they are written; XGBoost sorts them by their bytes. */
export interface DocumentObject {
  readonly [key: string]: DocumentValue;
}

/** Levels that documents may be nested: XGBoost's models need nine. */
export const MOST_LEVELS = 64;

/** A place in a document, e.g. `learner.gradient_booster.model.trees[3].left_children`; empty steps do not show. */
export function pathText(steps: readonly (string | number)[]): string {
  let text = '';
  for (const step of steps) {
    if (step === '') continue;
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text === '' ? 'model' : text;
}
