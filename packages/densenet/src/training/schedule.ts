import { InvalidArgumentError } from '@steatosis/core';

/** Where training is. */
export interface SchedulePosition {
  /** The step that comes, from 0. */
  step: number;
  /** All steps of this call of `fit`. */
  steps: number;
  /** The epoch of that step, from 0. */
  epoch: number;
  /** All epochs. */
  epochs: number;
}

/**
 * How the learning rate goes: `'constant'`; `'cosine'`, from the full rate down to 0 along half a cosine
 * over all steps; or a function that gives the factor of the learning rate at each step.
 */
export type Schedule = 'constant' | 'cosine' | ((position: SchedulePosition) => number);

/** The factor of the learning rate at a step. */
export function resolveSchedule(
  schedule: Schedule = 'constant',
): (position: SchedulePosition) => number {
  if (schedule === 'constant') return () => 1;
  if (schedule === 'cosine') {
    return ({ step, steps }) => (1 + Math.cos((Math.PI * step) / steps)) / 2;
  }
  if (typeof schedule !== 'function') {
    throw new InvalidArgumentError('schedule', schedule, '"constant", "cosine" or a function');
  }
  return (position) => {
    const factor = schedule(position);
    if (typeof factor !== 'number' || !(factor >= 0 && Number.isFinite(factor))) {
      throw new InvalidArgumentError(
        'schedule',
        factor,
        `a finite factor ≥ 0 at step ${position.step}`,
      );
    }
    return factor;
  };
}
