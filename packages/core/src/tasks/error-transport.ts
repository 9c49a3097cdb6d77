import { isSteatosisError, SteatosisError } from '../errors.js';

/** An error as plain data: structured clone would drop the class, the code and the facts. */
export interface SerialisedError {
  name: string;
  message: string;
  stack: string | undefined;
  code: string | undefined;
  facts: Record<string, unknown>;
  cause: SerialisedError | undefined;
}

/**
 * A `SteatosisError` that was thrown in a worker: same `code`, `name`, message, stack, facts (as
 * fields) and cause as the one thrown there.
 */
class RemoteError extends SteatosisError {
  readonly code: string;

  constructor(data: SerialisedError, code: string) {
    super(data.message, { cause: data.cause && reviveError(data.cause) });
    this.code = code;
    restore(this, data);
  }
}

/**
 * Turn whatever was thrown into data that survives the way between threads, for tasks whose results hold
 * errors beside values. What a task throws is carried by the pool itself.
 */
export function serialiseError(thrown: unknown): SerialisedError {
  if (!(thrown instanceof Error)) {
    return {
      name: 'Error',
      message: String(thrown),
      stack: undefined,
      code: undefined,
      facts: {},
      cause: undefined,
    };
  }
  const facts: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(thrown)) {
    if (key === 'name' || key === 'code' || key === 'cause') continue;
    if (isCloneable(value)) facts[key] = value;
  }
  return {
    name: thrown.name,
    message: thrown.message,
    stack: thrown.stack,
    code: isSteatosisError(thrown) ? thrown.code : undefined,
    facts,
    cause: thrown.cause === undefined ? undefined : serialiseError(thrown.cause),
  };
}

/** The error again, on the caller's side: a `SteatosisError` with its code and facts, or a plain `Error`. */
export function reviveError(data: SerialisedError): Error {
  if (data.code !== undefined) return new RemoteError(data, data.code);
  const error = new Error(data.message, { cause: data.cause && reviveError(data.cause) });
  restore(error, data);
  return error;
}

function restore(error: Error, data: SerialisedError): void {
  error.name = data.name;
  if (data.stack !== undefined) error.stack = data.stack;
  Object.assign(error, data.facts);
}

function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
