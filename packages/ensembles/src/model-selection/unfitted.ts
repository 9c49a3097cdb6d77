import { InvalidArgumentError } from '@steatosis/core';

/** What can be made again without what it has learned. */
interface Renewable {
  readonly parameters?: object;
  /** Objects whose constructor takes more than parameters bring their own way. */
  unfitted?(changes: object): unknown;
}

/**
 * A copy with the same parameters, those of `changes` replaced, that knows nothing yet. What has neither `parameters`
 * nor `unfitted` cannot be copied and is returned itself, if nothing is to be changed.
 */
export function unfittedCopy<T extends object>(model: T, changes: object = {}): T {
  const renewable: Renewable = model;
  if (renewable.unfitted) return renewable.unfitted(changes) as T;
  const { parameters } = renewable;
  const [unknown] = Object.entries(changes);
  if (unknown && Object.keys(parameters ?? {}).length === 0) {
    const [name, value] = unknown;
    throw new InvalidArgumentError(
      `${model.constructor.name}'s ${name}`,
      value,
      'nothing: it has no parameters',
    );
  }
  if (!parameters) return model;
  const Model = model.constructor as new (parameters: object) => T;
  return new Model({ ...parameters, ...changes });
}
