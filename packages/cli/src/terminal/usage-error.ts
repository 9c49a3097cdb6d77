import { SteatosisError } from '@steatosis/core';

/** The command line itself is wrong: exit status 2. */
export class UsageError extends SteatosisError {
  readonly code = 'WRONG_USAGE';
  /** The command whose help shows how it is done right; undefined before one is known. */
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

/** An output that is already there and would have to be overwritten. */
export class OutputExistsError extends SteatosisError {
  readonly code = 'OUTPUT_EXISTS';
  readonly path: string;

  /** @param canForce whether `--force` would help */
  constructor(path: string, found: string, canForce: boolean) {
    const way = canForce ? ', or allow overwriting by --force' : '';
    super(`${path} ${found}. Choose another output${way}.`);
    this.path = path;
  }
}
