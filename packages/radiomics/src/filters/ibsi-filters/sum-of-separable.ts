import { type Volume, volumeLike } from '@steatosis/core';
import { convolveSeparable } from '../separable/convolve.js';
import { wantedBox, type WithinOptions } from '../wanted-box.js';
import { type AxisFilter, passesAlong } from './axis-filter.js';
import { type Boundary, boundedSamples } from './boundary.js';

/** Options that all of IBSI's filters have. */
export interface FilterOptions extends WithinOptions {
  /** How the image goes on beyond its ends. Default `'mirror'`. */
  boundary?: Boundary;
  /** Filter every slice along z by itself, with the filter of two dimensions. Default false. */
  planar?: boolean;
}

/**
 * The sum of the responses to separable filters, each given by its filters along x, y (and z), times a scale. Double
 * precision.
 */
export function sumOfSeparable(
  image: Volume,
  filters: readonly (readonly AxisFilter[])[],
  scale: number,
  { boundary = 'mirror', within }: FilterOptions,
): Volume<Float64Array> {
  const { box, like } = wantedBox(image, within);
  const samples = boundedSamples(image, boundary);
  const [total, ...others] = filters.map(
    (along) => convolveSeparable(samples, box, passesAlong(along), false)[0] as Float64Array,
  );
  for (const other of others) for (let i = 0; i < total.length; i++) total[i] += other[i];
  if (scale !== 1) for (let i = 0; i < total.length; i++) total[i] *= scale;
  return volumeLike(like, total);
}
