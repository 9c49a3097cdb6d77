/** Marks our errors across copies of the package: `Symbol.for` is shared by the whole process. */
const BRAND: unique symbol = Symbol.for('@steatosis/error') as never;

/**
 * Every error that a steatosis package throws on purpose is a `SteatosisError`.
 *
 * `code` is stable and meant for programs; the message is meant for people and says what was found,
 * what was expected and what to do; further facts stand as fields of the concrete class.
 *
 * @example
 * ```ts
 * import { createVolume, GridMismatchError, sameGridOrThrow } from '@steatosis/core';
 *
 * const image = createVolume(new Float32Array(8), [2, 2, 2]);
 * const mask = createVolume(new Uint8Array(8), [2, 2, 2], { spacing: [2, 2, 2] });
 * try {
 *   sameGridOrThrow(image, mask, 'image', 'mask');
 * } catch (error) {
 *   if (!(error instanceof GridMismatchError)) throw error;
 *   console.log(error.code, error.second.spacing); // GRID_MISMATCH [2, 2, 2]
 * }
 * ```
 */
export abstract class SteatosisError extends Error {
  /** Stable identifier of the kind of error, in capitals. */
  abstract readonly code: string;

  readonly [BRAND] = true;

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** An option or argument that is of the wrong type, out of range or contradicts another one. */
export class InvalidArgumentError extends SteatosisError {
  readonly code = 'INVALID_ARGUMENT';
  /** Name of the argument or option. */
  readonly argument: string;
  /** What was given. */
  readonly found: unknown;

  constructor(argument: string, found: unknown, expected: string, options?: { cause?: unknown }) {
    super(`${argument} is ${show(found)}; expected ${expected}`, options);
    this.argument = argument;
    this.found = found;
  }
}

/** The JavaScript engine lacks WebAssembly or its SIMD instructions. */
export class WasmSimdMissingError extends SteatosisError {
  readonly code = 'WASM_SIMD_MISSING';

  constructor() {
    super(
      'This JavaScript engine has no WebAssembly SIMD, which the kernels need. Node 20 or newer ' +
        'and all browsers since 2023 have it; check that WebAssembly is not switched off (--jitless, ' +
        'lockdown mode, a content security policy without wasm-unsafe-eval).',
    );
  }
}

/** The work was stopped through an `AbortSignal`. `cause` is the signal's reason. */
export class AbortedError extends SteatosisError {
  readonly code = 'ABORTED';

  constructor(reason?: unknown) {
    super('The work was stopped before it had finished.', { cause: reason });
  }
}

/**
 * Narrow an unknown error to a `SteatosisError`, optionally of one code. Also recognises errors of
 * another copy of the package.
 */
export function isSteatosisError<C extends string = string>(
  error: unknown,
  code?: C,
): error is SteatosisError & { readonly code: C } {
  return (
    error instanceof Error &&
    BRAND in error &&
    (code === undefined || (error as SteatosisError).code === code)
  );
}

/** Throw an {@link AbortedError} if the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AbortedError(signal.reason);
}

/** A short, one-line rendering of any value for a message; also of values that refer to themselves. */
function show(value: unknown): string {
  const text = rendered(value, 3);
  return text.length > LONGEST_SHOWN ? text.slice(0, LONGEST_SHOWN - 1) + '…' : text;
}

const LONGEST_SHOWN = 120;
const MOST_ENTRIES = 16;

/** As JSON where that is possible; of long lists and deep objects only the beginning is looked at. */
function rendered(value: unknown, depth: number): string {
  if (typeof value === 'string') {
    return JSON.stringify(
      value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value,
    );
  }
  if (typeof value === 'function') return 'a function';
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} of ${value.byteLength} bytes`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth === 0) return '…';
  const next = (entry: unknown): string => rendered(entry, depth - 1);
  const rest = (count: number): string => (count > MOST_ENTRIES ? ',…' : '');
  if (Array.isArray(value)) {
    return `[${value.slice(0, MOST_ENTRIES).map(next).join(',')}${rest(value.length)}]`;
  }
  const keys = Object.keys(value);
  const entries = keys
    .slice(0, MOST_ENTRIES)
    .map((key) => `${JSON.stringify(key)}:${next((value as Record<string, unknown>)[key])}`);
  return `{${entries.join(',')}${rest(keys.length)}}`;
}
