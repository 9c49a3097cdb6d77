import type { Vector3 } from '@steatosis/core';

/** A phase that varies linearly in space: `centreRad + Σ edgeRad[axis] · u[axis]`, u from −1 to 1 across the grid. */
export interface LinearPhase {
  /** At the centre of the grid. */
  centreRad: number;
  /** Change from the centre of the grid to the centre of its last voxel along x, y and z; 0 along an axis of one voxel. */
  edgeRad: Vector3;
}

/**
 * What the scanner adds to the echoes: counted from 1, echo n is multiplied by
 * `(1 ± bipolarAmplitude) · exp(± i·bipolarPhase)`, + for odd n and − for even n, and the first echo by
 * `exp(i·firstEchoPhase)` too. Where precession is −1 these are the phases of the conjugated echoes.
 */
export interface AcquisitionErrors {
  /** Readout gradients of alternating sign shift the echoes against each other. */
  bipolarPhase: LinearPhase;
  /** Such readouts also pass the receiver's filter in opposite directions. A share of the signal, e.g. 0.02. */
  bipolarAmplitude: number;
  /** Eddy currents that have died away by the second echo. */
  firstEchoPhase: LinearPhase;
}

/** The kinds of errors. */
export type ErrorKind = keyof AcquisitionErrors;

/** The kinds of errors, as {@link TERMS} counts them. */
export const ERROR_KINDS = [
  'bipolarPhase',
  'firstEchoPhase',
  'bipolarAmplitude',
] as const satisfies readonly ErrorKind[];

/**
 * Each term of the errors, as a fit sees them: a kind of error times a spatial function, 0 for the constant,
 * 1 … 3 for the coordinate along x, y, z.
 */
export const TERMS: readonly { kind: 0 | 1 | 2; space: 0 | 1 | 2 | 3 }[] = [
  { kind: 0, space: 0 },
  { kind: 0, space: 1 },
  { kind: 0, space: 2 },
  { kind: 0, space: 3 },
  { kind: 1, space: 0 },
  { kind: 1, space: 1 },
  { kind: 1, space: 2 },
  { kind: 1, space: 3 },
  { kind: 2, space: 0 },
];

/** The amounts of {@link TERMS} as a record. */
export function errorsOf(terms: ArrayLike<number>): AcquisitionErrors {
  return {
    bipolarPhase: { centreRad: terms[0], edgeRad: [terms[1], terms[2], terms[3]] },
    bipolarAmplitude: terms[8],
    firstEchoPhase: { centreRad: terms[4], edgeRad: [terms[5], terms[6], terms[7]] },
  };
}

/** Coordinate of an index along an axis of `size` voxels: −1 … 1, and 0 where there is one voxel. */
export function coordinate(index: number, size: number): number {
  return size > 1 ? (2 * index) / (size - 1) - 1 : 0;
}
