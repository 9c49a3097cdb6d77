import { SteatosisError } from '@steatosis/core';

/** Water–fat separation was given echoes of which only the magnitude is known. */
export class PhaseMissingError extends SteatosisError {
  readonly code = 'PHASE_MISSING';

  constructor() {
    super(
      'These echoes hold magnitudes only; separateWaterFat fits complex echoes. Export the phase ' +
        'images (or the real and imaginary images) of the same series and read them together.',
    );
  }
}

/** The echoes cannot be separated as they are: too few, of unequal shape, empty or not finite. */
export class UnusableEchoesError extends SteatosisError {
  readonly code = 'UNUSABLE_ECHOES';
}
