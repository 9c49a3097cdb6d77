import type { Box, Vector3 } from '@steatosis/core';
import { type AxisFilters, reachOf } from './axis-filters.js';
import { convolveBlocks, LONGEST_ACROSS, type Results } from './convolve-blocks.js';
import type { Samples } from './samples.js';

/**
 * Convolve along one axis after the other, each pass with one filter or two; two double the number of
 * results. They come with the choice of the last pass varying fastest.
 *
 * The box is filtered block by block, and only the results are held whole, unless filters reach so far that blocks
 * would consist of what is around them: then one axis after the other is filtered whole.
 *
 * @param box the samples wanted of the result
 * @param single compute in single precision
 */
export function convolveSeparable(
  samples: Samples,
  box: Box,
  passes: readonly AxisFilters[],
  single: boolean,
): Results {
  const [pass, ...later] = passes;
  if (later.length === 0 || passes.every((filters) => reachOf(filters) <= LONGEST_ACROSS)) {
    return convolveBlocks(samples, box, passes, single);
  }
  const { from, wider } = beforeLater(samples, box, later);
  return convolveBlocks(from, wider, [pass], single).flatMap((result) =>
    convolveSeparable(samplesAfter(samples, result, wider, later), box, later, single),
  );
}

/** What a first pass has to give so that later ones find all stored samples that they reach. */
function beforeLater(
  samples: Samples,
  box: Box,
  later: readonly AxisFilters[],
): { from: Samples; wider: Box } {
  const start: Vector3 = [...box.start];
  const size: Vector3 = [...box.size];
  for (const filters of later) {
    const { axis, ahead } = filters;
    const first = box.start[axis] + ahead - reachOf(filters);
    let [least, most] = [Infinity, 0];
    for (let k = 0; k < box.size[axis] + reachOf(filters); k++) {
      const stored = samples.indexOf(axis, first + k);
      if (stored < 0) continue;
      least = Math.min(least, stored);
      most = Math.max(most, stored);
    }
    start[axis] = least;
    size[axis] = most - least + 1;
  }
  const stored = later.map(({ axis }) => axis as number);
  return {
    from: {
      ...samples,
      indexOf: (axis, coordinate) =>
        stored.includes(axis) ? coordinate : samples.indexOf(axis, coordinate),
    },
    wider: { start, size },
  };
}

/** The result of a first pass over stored samples, going on along the other axes as the samples do. */
function samplesAfter(
  samples: Samples,
  result: Float32Array | Float64Array,
  { start, size }: Box,
  later: readonly AxisFilters[],
): Samples {
  const stored = later.map(({ axis }) => axis as number);
  return {
    data: result,
    offset: 0,
    stride: [1, size[0], size[0] * size[1]],
    indexOf: (axis, coordinate) => {
      const index = stored.includes(axis) ? samples.indexOf(axis, coordinate) : coordinate;
      return index < 0 ? index : index - start[axis];
    },
  };
}
