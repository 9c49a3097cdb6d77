import { InvalidArgumentError } from '@steatosis/core';
import type { SimulatedAcquisition } from './acquisition.js';

/** Longitudinal relaxation times that T1 weighting uses. */
export interface RelaxationTimes {
  /** T1 of water in ms. */
  waterMs: number;
  /** T1 of fat in ms. */
  fatMs: number;
}

/** Liver water and fat: 586/343 ms at 1.5 T, 809/382 ms at 3 T, linear between and beyond. */
export function defaultRelaxationTimes(fieldStrengthT: number): RelaxationTimes {
  const share = (fieldStrengthT - 1.5) / 1.5;
  return { waterMs: 586 + share * (809 - 586), fatMs: 343 + share * (382 - 343) };
}

/**
 * Steady-state signal of a spoiled gradient echo per unit of magnetisation (Ernst equation).
 *
 * @param t1Ms longitudinal relaxation time in ms
 */
export function spoiledGradientEchoSignal(
  t1Ms: number,
  flipAngleDeg: number,
  repetitionTimeMs: number,
): number {
  const angle = (flipAngleDeg * Math.PI) / 180;
  const recovery = Math.exp(-repetitionTimeMs / t1Ms);
  return (Math.sin(angle) * (1 - recovery)) / (1 - Math.cos(angle) * recovery);
}

/**
 * How much brighter than its proton density fat is, water being 1: the only part of T1 weighting
 * that moves a fat fraction. The common factor of water and fat is a matter of receiver gain.
 *
 * @throws InvalidArgumentError when flip angle, TR or a T1 is missing or impossible
 */
export function fatGain(acquisition: SimulatedAcquisition, t1: RelaxationTimes): number {
  const { flipAngleDeg, repetitionTimeMs } = acquisition;
  if (flipAngleDeg === undefined || repetitionTimeMs === undefined) {
    throw new InvalidArgumentError(
      't1Weighting',
      true,
      'an acquisition with flipAngleDeg and repetitionTimeMs, or t1Weighting: false',
    );
  }
  if (!(t1.waterMs > 0 && t1.waterMs < Infinity && t1.fatMs > 0 && t1.fatMs < Infinity)) {
    throw new InvalidArgumentError('t1Weighting', t1, 'waterMs and fatMs > 0');
  }
  return (
    spoiledGradientEchoSignal(t1.fatMs, flipAngleDeg, repetitionTimeMs) /
    spoiledGradientEchoSignal(t1.waterMs, flipAngleDeg, repetitionTimeMs)
  );
}
