import { SteatosisError } from '@steatosis/core';

/** A method that the package names but does not compute yet; `supported` lists those it does. */
export class NotSupportedError extends SteatosisError {
  readonly code = 'NOT_SUPPORTED';
  /** The option. */
  readonly option: string;
  /** What was asked for. */
  readonly found: string;
  /** What the option may be today. */
  readonly supported: readonly string[];

  constructor(option: string, found: string, supported: readonly string[]) {
    super(
      `${option} ${JSON.stringify(found)} is not supported yet; choose ` +
        supported.map((name) => JSON.stringify(name)).join(' or ') +
        '.',
    );
    this.option = option;
    this.found = found;
    this.supported = supported;
  }
}
