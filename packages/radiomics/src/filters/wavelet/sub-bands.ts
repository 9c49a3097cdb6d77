import { type Box, type Volume, volumeLike } from '@steatosis/core';
import type { DerivedImage } from '../image-type.js';
import type { AxisFilters } from '../separable/axis-filters.js';
import { convolveSeparable } from '../separable/convolve.js';
import type { FilterBank } from './filter-bank.js';
import {
  fieldOf,
  fieldWithin,
  partOf,
  type PeriodicField,
  reachedBox,
  samplesOfField,
} from './periodic-field.js';

/** What to decompose, and how. */
export interface Decomposition {
  /** Where the bands are wanted, and the grid that they get. */
  box: Box;
  like: Volume;
  bank: FilterBank;
  /** Axes to filter, ascending. */
  axes: readonly (0 | 1 | 2)[];
  /** Levels before the first that is given. */
  skipped: number;
  levels: number;
}

/**
 * The detail bands level by level, then the last approximation. A level is made in two halves, those with a
 * low-pass filter along the first axis and those with a high-pass filter, so half of the bands are held.
 */
export function* subBands(
  image: Volume,
  { box, like, bank, axes, skipped, levels }: Decomposition,
): Generator<DerivedImage, void, undefined> {
  const single = image.data.data instanceof Float32Array;
  const names = bandNames(axes.length);
  const half = names.length / 2;
  const steps = skipped + levels;
  const taps = bank.low.length;
  let field = fieldOf(image, axes);
  for (let step = 1; step <= steps; step++) {
    const samples = samplesOfField(field);
    const reached = reachedBox(box, field, axes, taps, steps - step);
    const lows = convolveSeparable(
      samples,
      reached,
      passesOf(field, axes, [bank.low], step > skipped ? [bank.low, bank.high] : [bank.low]),
      single,
    );
    const approximation = lows.shift()!;
    field = fieldWithin(field, approximation, reached);
    const number = step - skipped;
    const prefix = number > 1 ? `wavelet${number}` : 'wavelet';
    if (number >= 1) {
      for (const name of names.slice(1, half)) {
        const values = partOf(lows.shift()!, reached, box);
        yield { name: `${prefix}-${name}`, image: volumeLike(like, values) };
      }
      const passes = passesOf(field, axes, [bank.high], [bank.low, bank.high]);
      const highs = convolveSeparable(samples, box, passes, single);
      for (const name of names.slice(half)) {
        yield { name: `${prefix}-${name}`, image: volumeLike(like, highs.shift()!) };
      }
    }
    if (step === steps) {
      yield { name: `${prefix}-${names[0]}`, image: volumeLike(like, approximation) };
    }
  }
}

/** `LLL`, `LLH`, …: the last letter varies fastest. */
function bandNames(axes: number): string[] {
  let names = [''];
  for (let k = 0; k < axes; k++) names = names.flatMap((name) => [`${name}L`, `${name}H`]);
  return names;
}

function passesOf(
  { period }: PeriodicField,
  axes: readonly (0 | 1 | 2)[],
  first: AxisFilters['taps'],
  others: AxisFilters['taps'],
): AxisFilters[] {
  return axes.map((axis, k) => {
    const taps = k === 0 ? first : others;
    return { axis, taps, ahead: taps[0].length / 2, dilation: 1, period: period[axis] };
  });
}
