import type { AxisFilters } from '../separable/axis-filters.js';

/** A one-axis filter: out[i] = Σ_j taps[j] · in[i + ahead − j]. */
export interface AxisFilter {
  taps: Float64Array;
  ahead: number;
}

/** A filter that is symmetric in shape, centred. */
export function centredFilter(taps: Float64Array): AxisFilter {
  return { taps, ahead: (taps.length - 1) / 2 };
}

/** The filter for an image that is mirrored along its axis. */
export function mirroredFilter({ taps, ahead }: AxisFilter): AxisFilter {
  return { taps: taps.slice().reverse(), ahead: taps.length - 1 - ahead };
}

/** The mean of a filter and its mirror image. */
export function symmetricPart(filter: AxisFilter): AxisFilter {
  const { taps, ahead } = filter;
  const reach = Math.max(ahead, taps.length - 1 - ahead);
  const sum = new Float64Array(2 * reach + 1);
  for (const each of [filter, mirroredFilter(filter)]) {
    each.taps.forEach((tap, j) => (sum[reach - each.ahead + j] += tap / 2));
  }
  return centredFilter(sum);
}

/** First one filter, then another whose taps lie `dilation` samples apart, as one filter. */
export function inSequence(first: AxisFilter, then: AxisFilter, dilation: number): AxisFilter {
  const taps = new Float64Array(first.taps.length + (then.taps.length - 1) * dilation);
  first.taps.forEach((a, i) => then.taps.forEach((b, j) => (taps[i + j * dilation] += a * b)));
  return { taps, ahead: first.ahead + then.ahead * dilation };
}

/** The passes that apply filters to the axes x, y and, where there is a third, z. */
export function passesAlong(filters: readonly AxisFilter[]): AxisFilters[] {
  return filters.map(({ taps, ahead }, axis) => ({
    axis: axis as 0 | 1 | 2,
    taps: [taps],
    ahead,
    dilation: 1,
  }));
}
