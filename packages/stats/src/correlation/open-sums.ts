import { type Choices, eachChoice, type Level } from './choices.js';

/**
 * For each choice of levels, the sums over the first values from which the rest can still fall on either side of the threshold:
 * `width` of them from `least` on. Smaller ones cannot reach it any more, greater ones reach it surely.
 *
 * @internal
 */
export interface OpenSums {
  least: Float64Array;
  width: Uint32Array;
  /** Where a choice's sums begin among those of all choices of its size. */
  offset: Uint32Array;
  /** Sums of all choices of each size. */
  cells: number[];
  /** Additions that going from size to size takes. */
  steps: number;
}

/** @internal */
export function openSums(
  values: readonly number[],
  levels: readonly Level[],
  choices: Choices,
  threshold: number,
): OpenSums {
  const least = new Float64Array(choices.count);
  const width = new Uint32Array(choices.count);
  const offset = new Uint32Array(choices.count);
  const cells = Array.from({ length: values.length + 1 }, () => 0);
  let steps = 0;
  const sums = runningSums(values);
  const rest = new Uint16Array(levels.length);
  eachChoice(levels, (choice, taken) => {
    const size = choices.sizes[choice];
    for (let j = 0; j < rest.length; j++) rest[j] = levels[j].size - taken[j];
    const from = Math.max(
      smallestSum(sums, levels, taken, 0),
      threshold - largestSum(sums, levels, rest, size),
    );
    const to = Math.min(
      largestSum(sums, levels, taken, 0) + 1,
      threshold - smallestSum(sums, levels, rest, size),
    );
    least[choice] = from;
    width[choice] = Math.max(0, to - from);
    offset[choice] = cells[size];
    cells[size] += width[choice];
    steps += width[choice] * levels.length;
  });
  return { least, width, offset, cells, steps };
}

function runningSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i] + values[i];
  return sums;
}

/** Small levels beside small values, from the value at `first` on (the rearrangement inequality). */
function largestSum(
  sums: Float64Array,
  levels: readonly Level[],
  taken: Uint16Array,
  first: number,
): number {
  let sum = 0;
  let place = first;
  for (let j = 0; j < levels.length; j++) {
    const next = place + taken[j];
    sum += levels[j].value * (sums[next] - sums[place]);
    place = next;
  }
  return sum;
}

/** Small levels beside large values. */
function smallestSum(
  sums: Float64Array,
  levels: readonly Level[],
  taken: Uint16Array,
  first: number,
): number {
  let sum = 0;
  let place = first;
  for (let j = levels.length - 1; j >= 0; j--) {
    const next = place + taken[j];
    sum += levels[j].value * (sums[next] - sums[place]);
    place = next;
  }
  return sum;
}
