import { createRandom } from '@steatosis/core';
import { drawUnits } from './draw.js';
import { observationsOf, type ResamplingUnits, unitCount } from './units.js';

/** A statistic of the observations with these numbers, which may be the same ones several times. */
export type StatisticOfObservations = (observations: Uint32Array) => number;

/**
 * Replicates have a stream of random numbers for each block of so many, so that they do not depend on who computes which
 * block.
 */
export const BLOCK = 50;

/** Blocks for so many replicates; the last may be shorter. */
export function blockCount(replicates: number): number {
  return Math.ceil(replicates / BLOCK);
}

/** How many replicates a block has. */
export function sizeOfBlock(block: number, replicates: number): number {
  return Math.min(BLOCK, replicates - block * BLOCK);
}

/**
 * The statistic of so many resamples.
 *
 * @internal
 */
export function replicatesOfBlock(
  statistic: StatisticOfObservations,
  units: ResamplingUnits,
  { seed, block, count }: { seed: number; block: number; count: number },
): Float64Array {
  const random = createRandom(seed).split(block);
  const drawn = new Uint32Array(unitCount(units));
  return Float64Array.from({ length: count }, () => {
    drawUnits(units, random, drawn);
    return statistic(observationsOf(units, drawn));
  });
}

/** All of them, on the calling thread and at once. */
export function replicatesAtOnce(
  statistic: StatisticOfObservations,
  units: ResamplingUnits,
  { seed, replicates }: { seed: number; replicates: number },
): Float64Array {
  const values = new Float64Array(replicates);
  for (let block = 0; block < blockCount(replicates); block++) {
    const count = sizeOfBlock(block, replicates);
    values.set(replicatesOfBlock(statistic, units, { seed, block, count }), block * BLOCK);
  }
  return values;
}
