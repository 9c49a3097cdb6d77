import { SteatosisError } from '@steatosis/core';

/** A patient that cannot be measured; `cause` says what is wrong with the files. */
export class PatientError extends SteatosisError {
  readonly code = 'BAD_PATIENT';
  readonly participant: string;

  constructor(participant: string, problem: string, cause?: unknown) {
    super(`${participant}: ${problem}`, { cause });
    this.participant = participant;
  }
}
