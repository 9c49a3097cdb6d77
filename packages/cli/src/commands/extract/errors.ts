import { SteatosisError } from '@steatosis/core';

/** The one case of a command line failed. */
export class CaseFailedError extends SteatosisError {
  readonly code = 'CASE_FAILED';
}

/** Some cases of a batch failed; the others are in the output. */
export class CasesFailedError extends SteatosisError {
  readonly code = 'CASES_FAILED';
  /** The table that says which and why. */
  readonly list: string;

  constructor(failed: number, cases: number, list: string) {
    super(
      `${failed} of ${cases} cases failed; ${list} says which and why. ` +
        'The others are in the output. To try only the failed ones again: --resume.',
    );
    this.list = list;
  }
}
