import { SeriesError } from '../errors.js';

/** More turns than an echo makes: 24 of them are 800 Hz off resonance at an echo time of 30 ms. */
const MOST_RADIANS = 150;

/**
 * Check that phases are radians, wrapped or not.
 *
 * @param source name of the image for the message
 * @throws SeriesError when they reach so far that they must be something else: degrees, mrad, stored integers
 */
export function requireRadians(phases: ArrayLike<number>, source: string): void {
  let largest = 0;
  for (let i = 0; i < phases.length; i++) {
    const size = Math.abs(phases[i]);
    if (size > largest) largest = size;
  }
  if (largest <= MOST_RADIANS) return;
  throw new SeriesError(
    'missing-attribute',
    `${source} is a phase image whose values reach ${Number(largest.toPrecision(6))}: these are no radians. Convert it to radians (−π … π for one turn), or give real and imaginary images instead.`,
    [source],
  );
}
