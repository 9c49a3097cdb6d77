import { SteatosisError } from '@steatosis/core';

/** A fit that needs phases was asked for echoes of which only the magnitude is known. */
export class PhaseMissingError extends SteatosisError {
  readonly code = 'PHASE_MISSING';
  /** The fit that was asked for. */
  readonly fit: 'complex' | 'mixed';

  constructor(fit: 'complex' | 'mixed') {
    super(
      `fit: '${fit}' needs complex echoes; these hold magnitudes only. Export the phase images (or the ` +
        'real and imaginary images) of the same series and read them together, or leave fit out: then ' +
        'the magnitudes are fitted, within the limits that the report states.',
    );
    this.fit = fit;
  }
}

/** The echoes cannot be separated as they are: too few, of unequal shape, empty or not finite. */
export class UnusableEchoesError extends SteatosisError {
  readonly code = 'UNUSABLE_ECHOES';
}
