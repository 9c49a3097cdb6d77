import type { Volume } from '@steatosis/core';

/** What both kinds of multi-echo acquisition know about how they were made. */
export interface MultiEchoAcquisition {
  /** Echo times in ms, ascending, one for each entry of the last axis. */
  echoTimesMs: readonly number[];
  fieldStrengthT: number;
  flipAngleDeg?: number | undefined;
  repetitionTimeMs?: number | undefined;
}

/** Complex echoes, as water–fat separation wants them. Both volumes are `[x, y, z, echo]`. */
export interface ComplexMultiEcho extends MultiEchoAcquisition {
  real: Volume<Float32Array>;
  imaginary: Volume<Float32Array>;
  magnitude?: undefined;
}

/** Echoes of which only the magnitude was kept: what most archives hold. `[x, y, z, echo]`. */
export interface MagnitudeMultiEcho extends MultiEchoAcquisition {
  magnitude: Volume<Float32Array>;
  real?: undefined;
  imaginary?: undefined;
}

/** A gradient-echo acquisition of the same slices at several echo times. */
export type MultiEcho = ComplexMultiEcho | MagnitudeMultiEcho;
